import type { Facts, Refusal } from '../kernel/refusal.js';

/** One fault of a body or parameter: where (a JSON pointer or a parameter's name) and what. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** A refusal on its way out of a use case. Only the problem filter catches it. */
export class Refused extends Error implements Refusal {
  readonly code: string;
  readonly facts: Facts;
  readonly faults: readonly Fault[];

  constructor(code: string, facts: Facts = {}, faults: readonly Fault[] = []) {
    super(code);
    this.code = code;
    this.facts = facts;
    this.faults = faults;
  }
}

/** Throws a rule's refusal, if there is one. */
export function raise(refusal: Refusal | null | undefined): void {
  if (refusal) throw new Refused(refusal.code, refusal.facts);
}

export const notFound = (): Refused => new Refused('not-found');

/** Hands the value on; the same "not found" stands for missing and invisible. */
export function found<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw notFound();
  return value;
}

/**
 * Checks `If-Match` against the row's version, after the row was found.
 *
 * @param given the parsed version, undefined when the header was not sent
 */
export function expectVersion(given: number | undefined, version: number): void {
  if (given === undefined) throw new Refused('version-required', { version });
  if (given !== version) throw new Refused('stale', { given, version });
}

/** The code with which a check refuses, or null. */
export function codeRefusing(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** The code of a refusal; anything else is thrown on. */
export function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.code;
  throw error;
}

/**
 * Does something for each item, in order. What is refused of one stops none: all refusals are told
 * at once.
 *
 * @param nameOf what an item is called in the refusal
 * @throws Refused `items-refused`, with the refusals by item
 */
export async function forEachOrRefuse<I>(
  items: readonly I[],
  nameOf: (item: I) => string,
  act: (item: I) => Promise<void> | void,
): Promise<void> {
  const refused: { id: string; code: string; facts: Refusal['facts'] }[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ id: nameOf(item), code: error.code, facts: error.facts });
    }
  }
  if (refused.length > 0) throw new Refused('items-refused', { items: refused });
}
