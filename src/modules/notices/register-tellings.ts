import { Injectable } from '@nestjs/common';
import type { Urgency } from '../../kernel/audience.js';
import type { Tx } from '../../platform/database/tx.js';

/** That people were told of an entry. */
export interface Telling {
  readonly entryId: string;
  readonly urgency: Urgency;
}

type Follower = (tx: Tx, act: readonly Telling[]) => Promise<void>;

/** Whoever does something about what people are told, in the transaction that tells them. */
@Injectable()
export class Tellings {
  readonly #followers: Follower[] = [];

  follow(follower: Follower): void {
    this.#followers.push(follower);
  }

  /** @param act what people were told of one act, in its order */
  async told(tx: Tx, act: readonly Telling[]): Promise<void> {
    for (const follower of this.#followers) await follower(tx, act);
  }
}
