import { expect } from '@jest/globals';
import { CAST, type Player, type Stage } from './cast.js';
import { allIds, crawl, type Answers, type Ids } from './crawl.js';

/** One of each kind: the others of a delegation see what it sees. */
export const WATCHING = CAST.filter((player) => !/drafter|recused/.test(player));

/** What everybody sees, before something is done and after it. */
export class Watch {
  readonly #before = new Map<Player, Answers>();
  /** Asked of everybody, before and after: the ids of hidden things among them. */
  #ids!: Ids;

  constructor(private readonly stage: Stage) {}

  /** What is new for everybody. */
  async lookAgain(): Promise<void> {
    this.#ids = await allIds(this.stage.world.api.database.adminUrl);
    for (const player of WATCHING) this.#before.set(player, await this.crawled(player));
  }

  /**
   * Does one thing after the other, and compares all that those see who may not notice it: after each
   * for whoever notices another of them, at the end for those who notice none.
   */
  async expectUnnoticed(...acts: [by: readonly Player[], act: () => Promise<unknown>][]) {
    const involved = WATCHING.filter((player) => acts.some(([by]) => by.includes(player)));
    const stale = new Set<Player>();
    for (const [by, act] of acts) {
      const unaware = involved.filter((player) => !by.includes(player));
      for (const player of unaware) {
        if (stale.delete(player)) this.#before.set(player, await this.crawled(player));
      }
      await act();
      for (const player of unaware) await this.expectUnchanged(player);
      for (const player of by) stale.add(player);
    }
    for (const player of WATCHING) {
      if (!involved.includes(player)) await this.expectUnchanged(player);
      if (stale.has(player)) this.#before.set(player, await this.crawled(player));
    }
  }

  private async crawled(player: Player): Promise<Answers> {
    const answers = await crawl(this.stage.world.api, this.stage.cast[player], this.#ids);
    return new Map([...answers].filter(([url]) => url !== '/v1/clock'));
  }

  private async expectUnchanged(player: Player): Promise<void> {
    expectSame(player, this.#before.get(player)!, await this.crawled(player));
  }
}

function expectSame(player: Player, was: Answers, now: Answers): void {
  const changed = [...now].filter(([url, answer]) => was.get(url) !== answer);
  const told = changed.map(([url, answer]) => [url, was.get(url), answer]);
  expect([player, told]).toEqual([player, []]);
  expect([...now.keys()]).toEqual([...was.keys()]);
}
