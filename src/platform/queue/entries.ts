import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { Queueing } from './jobs.js';

type Follower = (entryId: string, queue: Queueing) => Promise<unknown>;
type Undoing = (tx: Tx, given: GivenUp) => Promise<void>;

/** An entry about which nothing is done any more, and why: an operator says so. */
export interface GivenUp {
  readonly entryId: string;
  readonly reason: string;
}

/** Who does something about entries of the journal once they were carried to the queue. */
@Injectable()
export class Entries {
  readonly #followers: Follower[] = [];
  readonly #undone: Undoing[] = [];

  /** @param follower runs in the worker, for each entry once or, after a crash, again */
  follow(follower: Follower): void {
    this.#followers.push(follower);
  }

  /** One after the other; the first that fails has all of them run again later. */
  async carried(entryId: string, queue: Queueing): Promise<void> {
    for (const follower of this.#followers) await follower(entryId, queue);
  }

  /** @param undoing runs as the clock, in the transaction in which an entry leaves the outbox undone */
  whenGivenUp(undoing: Undoing): void {
    this.#undone.push(undoing);
  }

  async givenUp(tx: Tx, given: GivenUp): Promise<void> {
    for (const undoing of this.#undone) await undoing(tx, given);
  }
}
