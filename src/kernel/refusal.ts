/**
 * A refusal is a rule's answer "no", as a value: a stable code of the problem
 * catalogue, and the facts that explain it. Pure code returns it; use cases throw it
 * wrapped in `Refused`, and one filter turns it into a problem document.
 */
export type Facts = Readonly<Record<string, unknown>>;

export interface Refusal {
  readonly code: string;
  /** What a person needs to mend it: dates, numbers, names. Never confidential content. */
  readonly facts: Facts;
}

export const refusal = (code: string, facts: Facts = {}): Refusal => ({ code, facts });
