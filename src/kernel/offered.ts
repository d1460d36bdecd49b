import type { Refusal } from './refusal.js';

/** One entry of a resource's `actions`: what can be done with it, or what stands against it. */
export interface Offered {
  readonly action: string;
  readonly allowed: boolean;
  /** The code with which it would be refused now. */
  readonly because: string | null;
  /** Until when it can be done, RFC 3339. */
  readonly deadline: string | null;
}

/** What stands against an act: a refusal, its code, or nothing. */
type Against = Refusal | string | null;

export function offered(action: string, against: Against, deadline: string | null = null): Offered {
  const because = typeof against === 'object' ? (against?.code ?? null) : against;
  return { action, allowed: because === null, because, deadline };
}

/** Each act with what stands against it, in their order. */
export const offeredAll = (
  acts: Readonly<Record<string, Against>>,
  deadline: string | null = null,
): Offered[] => Object.entries(acts).map(([action, against]) => offered(action, against, deadline));
