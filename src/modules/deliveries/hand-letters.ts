import { Postponed } from './register-channels.js';

/** Letters that are handed at a time to one place where each takes longer than so many milliseconds. */
const AT_ONCE_WHERE_SLOW = 4;
const QUICK = 50;
const GUESS = 10;
/** Milliseconds without an answer after which a place counts as slow, before it has answered. */
const LONG = 1000;
/** A letter is put back whose turn would not come within so many milliseconds, or has not come within more. */
const SOON = 1000;
const PATIENCE = 5000;
/** Seconds for which a letter is put back: the fewest, and the most. */
const PUT_BACK = { least: 30, most: 600 };
/** How much of the time that a place took last counts for how long it takes. */
const WEIGHT = 0.2;
/** Milliseconds after which a place that was slow is forgotten. */
const MEMORY = 600_000;

/** A letter whose turn it is, until it is kept that it was taken. */
interface Turn {
  readonly since: number;
  /** Lets others have theirs, where no answer comes for long. */
  readonly long: NodeJS.Timeout;
  answered: boolean;
}

interface Waiting {
  readonly go: (turn: Turn) => void;
  readonly putBack: (seconds: number) => void;
}

/** One that takes letters. */
class Place {
  readonly #underWay = new Set<Turn>();
  readonly #waiting = new Set<Waiting>();
  /** Milliseconds that one takes there; a guess until one has. */
  #pace = GUESS;
  /** Letters that were put back since there was room. */
  #away = 0;
  #ended = Date.now();

  constructor(
    /** Where each is taken quickly. */
    private readonly atOnce: number,
  ) {}

  /** Only who has something, or was slow just now, is worth remembering. */
  get forgettable(): boolean {
    if (this.#underWay.size + this.#waiting.size > 0) return false;
    return this.#pace <= QUICK || this.#ended < Date.now() - MEMORY;
  }

  /** @throws Postponed where it would not come soon */
  async turn(): Promise<Turn> {
    if (this.#hasRoom()) {
      this.#away = 0;
      return this.#begin();
    }
    if (this.#wait(this.#waiting.size + 1) > SOON) throw new Postponed(this.#putBack());
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
      const patience = setTimeout(() => waiting.putBack(this.#putBack()), PATIENCE);
      this.#waiting.add(waiting);
    });
  }

  /** How long the place took counts until here: what comes after is ours. */
  answered(turn: Turn): void {
    if (turn.answered) return;
    clearTimeout(turn.long);
    turn.answered = true;
    this.#ended = Date.now();
    this.#pace += WEIGHT * (this.#ended - turn.since - this.#pace);
  }

  end(turn: Turn): void {
    this.answered(turn);
    this.#underWay.delete(turn);
    this.#go();
  }

  close(): void {
    for (const waiting of this.#waiting) waiting.putBack(0);
  }

  #go(): void {
    for (const waiting of this.#waiting) {
      if (!this.#hasRoom()) return;
      waiting.go(this.#begin());
    }
  }

  #begin(): Turn {
    const long = setTimeout(() => this.#go(), LONG + 1).unref();
    const turn = { since: Date.now(), long, answered: false };
    this.#underWay.add(turn);
    return turn;
  }

  #hasRoom(): boolean {
    return this.#underWay.size < this.#atOnce();
  }

  #atOnce(): number {
    return this.#slowness() > QUICK ? Math.max(AT_ONCE_WHERE_SLOW, this.atOnce) : this.atOnce;
  }

  /** Milliseconds that one takes, or has taken without an end. */
  #slowness(): number {
    const oldest = [...this.#underWay].find(({ answered }) => !answered);
    const silent = oldest ? Date.now() - oldest.since : 0;
    return Math.max(this.#pace, silent > LONG ? silent : 0);
  }

  /** Milliseconds until so many have had their turn, as things go. */
  #wait(many: number): number {
    return (this.#slowness() * many) / this.#atOnce();
  }

  /** @returns for how many seconds: the longer, the more are away already */
  #putBack(): number {
    this.#away += 1;
    const all = Math.ceil(this.#wait(this.#away) / 1000);
    return Math.min(PUT_BACK.most, Math.max(PUT_BACK.least, all));
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
   * Its turn lasts until both are done.
   *
   * @param hand does it, when it is this letter's turn
   * @param keep keeps what was answered
   * @throws Postponed where its turn would not come soon
   */
  async to<T>(
    name: string,
    hand: () => Promise<T>,
    keep: (answer: T) => Promise<unknown>,
  ): Promise<void> {
    if (this.#closed) throw new Postponed(0);
    const place = this.#place(name);
    const turn = await place.turn();
    try {
      const answer = await hand();
      place.answered(turn);
      await keep(answer);
    } finally {
      place.end(turn);
      if (place.forgettable) this.#places.delete(name);
    }
  }

  /** Puts back what waits, and whatever comes from now on. */
  close(): void {
    this.#closed = true;
    for (const place of this.#places.values()) place.close();
  }

  #place(name: string): Place {
    const known = this.#places.get(name);
    if (known) return known;
    for (const [other, place] of this.#places) if (place.forgettable) this.#places.delete(other);
    const fresh = new Place(this.atOnce);
    this.#places.set(name, fresh);
    return fresh;
  }
}
