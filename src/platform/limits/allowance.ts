import type { PolicyName, Quota } from '../../config/rate-limits.js';

/** What has been taken of a quota in its window, and how long the window lasts (milliseconds). */
export interface Count {
  readonly taken: number;
  readonly ends: number;
}

/** Counts for all processes together: adds so many to a key, and answers the new count. */
export type Counter = (key: string, points: number) => Promise<Count>;

/** Whether one more is allowed, how many are left after it, and the seconds until all are again. */
export interface Taken {
  readonly allowed: boolean;
  readonly left: number;
  readonly seconds: number;
}

interface Lot {
  left: number;
  /** What others may still take, as far as was known when the lot was taken. */
  readonly rest: number;
  readonly ends: number;
}

/** A lot is this part of the quota. */
const PART = 30;
/** Keys remembered; beyond it what has ended is forgotten, then everything. */
const MOST = 50_000;

/**
 * One policy in one process. Points are taken from the common counter in lots and spent here, so
 * that a public read doesn't wait for a store; each point is given out once, to one process.
 */
export class Allowance {
  readonly policy: string;
  readonly #lots = new Map<string, Lot>();
  readonly #asking = new Map<string, Promise<void>>();
  readonly #lot: number;

  constructor(
    readonly name: PolicyName,
    private readonly quota: Quota,
    private readonly counter: Counter,
  ) {
    this.policy = `"${name}";q=${quota.quota};w=${quota.seconds}`;
    this.#lot = Math.max(1, Math.floor(quota.quota / PART));
  }

  /** Takes one; at once, where the process has some left or knows that there are none. */
  take(key: string): Taken | Promise<Taken> {
    const lot = this.#lots.get(key);
    const now = Date.now();
    if (lot && now < lot.ends) {
      if (lot.left > 0) {
        lot.left -= 1;
        return taken(true, lot, now);
      }
      if (lot.rest === 0) return taken(false, lot, now);
    }
    return this.#ask(key).then(() => this.take(key));
  }

  /** What is known here of a key whose window is used up; nothing is taken or asked. */
  exhausted(key: string): Taken | undefined {
    const lot = this.#lots.get(key);
    const now = Date.now();
    const over = lot && now < lot.ends && lot.left === 0 && lot.rest === 0;
    return over ? taken(false, lot, now) : undefined;
  }

  /** One question for all that wait. */
  #ask(key: string): Promise<void> {
    const asking = this.#asking.get(key) ?? this.#fetch(key);
    this.#asking.set(key, asking);
    return asking;
  }

  async #fetch(key: string): Promise<void> {
    try {
      const { taken: all, ends } = await this.counter(key, this.#lot);
      const { quota } = this.quota;
      const left = Math.max(0, Math.min(this.#lot, quota - (all - this.#lot)));
      this.#makeRoom();
      this.#lots.set(key, { left, rest: Math.max(0, quota - all), ends: Date.now() + ends });
    } finally {
      this.#asking.delete(key);
    }
  }

  #makeRoom(): void {
    if (this.#lots.size < MOST) return;
    const now = Date.now();
    for (const [key, { ends }] of this.#lots) if (ends <= now) this.#lots.delete(key);
    if (this.#lots.size >= MOST) this.#lots.clear();
  }
}

const taken = (allowed: boolean, { left, rest, ends }: Lot, now: number): Taken => ({
  allowed,
  left: left + rest,
  seconds: Math.max(1, Math.ceil((ends - now) / 1000)),
});

/** `RateLimit`, as in draft-ietf-httpapi-ratelimit-headers. */
export const written = ({ name }: Allowance, { left, seconds }: Taken): string =>
  `"${name}";r=${left};t=${seconds}`;
