import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { HandLetters } from './hand-letters.js';
import { Postponed } from './register-channels.js';

/** A place that takes what it is handed when it is told to. */
class Taker {
  taken = 0;
  readonly #hands: (() => void)[] = [];

  readonly hand = (): Promise<string> =>
    new Promise((resolve) => {
      this.#hands.push(() => {
        this.taken += 1;
        resolve('taken');
      });
    });

  get inHand(): number {
    return this.#hands.length;
  }

  takeOne(): void {
    this.#hands.shift()!();
  }
}

const outcome = async (work: Promise<void>): Promise<string | number> => {
  try {
    await work;
    return 'taken';
  } catch (error) {
    if (error instanceof Postponed) return error.seconds;
    throw error;
  }
};
const atOnce = (): Promise<void> => Promise.resolve();
const settled = () => jest.advanceTimersByTimeAsync(0);

describe('letters to one place', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  function open() {
    jest.useFakeTimers();
    const places = new HandLetters(1);
    const taker = new Taker();
    const hand = (name = 'a.example', keep: () => Promise<void> = atOnce) =>
      outcome(places.to(name, taker.hand, keep));
    return { places, taker, hand };
  }

  it('are handed over one at a time, and the next when one was taken', async () => {
    const { taker, hand } = open();
    const all = Array.from({ length: 5 }, () => hand());
    await settled();
    expect(taker.inHand).toBe(1);
    taker.takeOne();
    await settled();
    expect(taker.inHand).toBe(1);
    for (let left = 4; left > 0; left -= 1) {
      taker.takeOne();
      await settled();
    }
    expect(await Promise.all(all)).toEqual(Array<string>(5).fill('taken'));
  });

  it('go several at a time where each takes its while', async () => {
    const { taker, hand } = open();
    const all = Array.from({ length: 20 }, () => hand());
    await jest.advanceTimersByTimeAsync(300);
    taker.takeOne();
    await settled();
    expect(taker.inHand).toBe(4);
    while (taker.taken < 20) {
      taker.takeOne();
      await settled();
    }
    expect(await Promise.all(all)).toEqual(Array<string>(20).fill('taken'));
  });

  it('do not wait for one that hangs, and are put back where several do', async () => {
    const { taker, hand } = open();
    const all = Array.from({ length: 6 }, () => hand());
    await jest.advanceTimersByTimeAsync(1000);
    expect(taker.inHand).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(taker.inHand).toBe(4);
    await jest.advanceTimersByTimeAsync(3998);
    expect(taker.inHand).toBe(4);
    await jest.advanceTimersByTimeAsync(1);
    expect(await Promise.all(all.slice(4))).toEqual([30, 30]);
    while (taker.inHand > 0) taker.takeOne();
    expect(await Promise.all(all.slice(0, 4))).toEqual(Array<string>(4).fill('taken'));
  });

  it('hold their turn until it is kept that they were taken, and our keeping makes no place slow', async () => {
    const { taker, hand } = open();
    let kept!: () => void;
    const keeping = new Promise<void>((resolve) => {
      kept = resolve;
    });
    const first = hand('a.example', () => keeping);
    await settled();
    const second = hand();
    taker.takeOne();
    await jest.advanceTimersByTimeAsync(4000);
    expect(taker.inHand).toBe(0);
    kept();
    await settled();
    expect(await first).toBe('taken');
    void hand();
    await settled();
    expect(taker.inHand).toBe(1);
    taker.takeOne();
    expect(await second).toBe('taken');
  });

  it('are put back at once where the place is known to be slow, and hold up no other place', async () => {
    const { taker, hand } = open();
    for (let n = 0; n < 10; n += 1) {
      const slow = hand();
      await jest.advanceTimersByTimeAsync(4000);
      taker.takeOne();
      expect(await slow).toBe('taken');
    }
    // Four under way, and one that waits.
    for (let n = 0; n < 5; n += 1) void hand();
    await settled();
    expect(taker.inHand).toBe(4);
    expect(await hand()).toBe(30);
    const other = hand('b.example');
    await settled();
    expect(taker.inHand).toBe(5);
    while (taker.inHand > 0) taker.takeOne();
    expect(await other).toBe('taken');
  });

  it('are put back for longer, the more there are', async () => {
    const { hand } = open();
    for (let n = 0; n < 4; n += 1) void hand();
    await jest.advanceTimersByTimeAsync(8000);
    const later = await Promise.all(Array.from({ length: 1000 }, () => hand()));
    expect([later[0], later[99], later.at(-1)]).toEqual([30, 200, 600]);
  });

  it('are put back when the process stops, but for those that are under way', async () => {
    const { places, taker, hand } = open();
    const [first, second] = [hand(), hand()];
    await settled();
    places.close();
    expect(await second).toBe(0);
    expect(await hand()).toBe(0);
    taker.takeOne();
    expect(await first).toBe('taken');
  });
});
