import { Injectable } from '@nestjs/common';

type Follower = (entryId: string) => Promise<unknown>;

/** Who does something about entries of the journal once they were carried to the queue. */
@Injectable()
export class Entries {
  readonly #followers: Follower[] = [];

  /** @param follower runs in the worker, for each entry once or, after a crash, again */
  follow(follower: Follower): void {
    this.#followers.push(follower);
  }

  /** One after the other; the first that fails has all of them run again later. */
  async carried(entryId: string): Promise<void> {
    for (const follower of this.#followers) await follower(entryId);
  }
}
