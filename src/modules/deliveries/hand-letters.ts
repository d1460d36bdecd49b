import { Postponed } from './register-channels.js';

/** Letters that are handed at a time to one place where each takes longer than so many milliseconds. */
const AT_ONCE_WHERE_SLOW = 4;
const QUICK = 50;
/** Milliseconds that a letter waits for others to the same place; then it is put back, for so many seconds. */
const PATIENCE = 5000;
const PUT_BACK = 30;
/** Milliseconds without an answer after which a place counts as that slow, before it has answered. */
const LONG = 1000;
/** How much of the time that a place took last counts for how long it takes. */
const WEIGHT = 0.2;

/** A letter whose turn it is. */
interface Turn {
  readonly since: number;
}

interface Waiting {
  readonly go: (turn: Turn) => void;
  readonly putBack: (seconds: number) => void;
}

/** One that takes letters. */
class Place {
  readonly #underWay = new Set<Turn>();
  readonly #waiting = new Set<Waiting>();
  /** Milliseconds that one takes there. */
  #pace = QUICK;

  constructor(
    /** Where each is taken quickly. */
    private readonly atOnce: number,
  ) {}

  /** Only who is slow, or has something, is worth remembering. */
  get forgettable(): boolean {
    return this.#underWay.size + this.#waiting.size === 0 && this.#pace <= QUICK;
  }

  /** @throws Postponed where it would not come soon */
  async turn(): Promise<Turn> {
    if (this.#hasRoom()) return this.#begin();
    if (this.#expected() > PATIENCE) throw new Postponed(PUT_BACK);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(patience);
        this.#waiting.delete(waiting);
      };
      const waiting: Waiting = {
        go: (turn) => {
          leave();
          resolve(turn);
        },
        putBack: (seconds) => {
          leave();
          reject(new Postponed(seconds));
        },
      };
      const patience = setTimeout(() => waiting.putBack(PUT_BACK), PATIENCE);
      this.#waiting.add(waiting);
    });
  }

  end(turn: Turn): void {
    this.#underWay.delete(turn);
    this.#pace += WEIGHT * (Date.now() - turn.since - this.#pace);
    for (const waiting of this.#waiting) {
      if (!this.#hasRoom()) return;
      waiting.go(this.#begin());
    }
  }

  putBack(): void {
    for (const waiting of this.#waiting) waiting.putBack(0);
  }

  #begin(): Turn {
    const turn = { since: Date.now() };
    this.#underWay.add(turn);
    return turn;
  }

  #atOnce(): number {
    return this.#pace > QUICK ? Math.max(AT_ONCE_WHERE_SLOW, this.atOnce) : this.atOnce;
  }

  #hasRoom(): boolean {
    return this.#underWay.size < this.#atOnce();
  }

  /** Milliseconds until one more would have its turn, as things go. */
  #expected(): number {
    const [oldest] = this.#underWay;
    const silent = Date.now() - oldest!.since;
    const slowest = Math.max(this.#pace, silent > LONG ? silent : 0);
    return (slowest * (this.#waiting.size + 1)) / this.#atOnce();
  }
}

/**
 * Hands few letters at a time to each place. Whoever is slow to take them holds up nobody else: what
 * would wait for them too long is put back.
 */
export class HandLetters {
  readonly #places = new Map<string, Place>();
  #closed = false;

  /** @param atOnce to one place: what is cut off between being taken and being kept may arrive twice */
  constructor(private readonly atOnce: number) {}

  /**
   * @param hand does it, when it is this letter's turn: until what came of it is known and kept
   * @throws Postponed where it would not come soon
   */
  async to<T>(name: string, hand: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Postponed(0);
    const place = this.#places.get(name) ?? new Place(this.atOnce);
    this.#places.set(name, place);
    const turn = await place.turn();
    try {
      return await hand();
    } finally {
      place.end(turn);
      if (place.forgettable) this.#places.delete(name);
    }
  }

  /** Puts back what waits, and whatever comes from now on. */
  close(): void {
    this.#closed = true;
    for (const place of this.#places.values()) place.putBack();
  }
}
