import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { pageOfAll, readPage, whole, type Part } from './paging.js';

/** A list of so many numbers, read and counted as a database would. */
function numbers(many: number) {
  const asked: Part[] = [];
  const rows = (_: unknown, part: Part): Promise<number[]> => {
    asked.push(part);
    const from = part.after === undefined ? 0 : Number(part.after[0]) + 1;
    const length = Math.max(0, Math.min(many - from, part.limit + 1));
    return Promise.resolve(Array.from({ length }, (__, index) => from + index));
  };
  const source = {
    lists: {},
    count: async (list: (reads: object) => Promise<unknown>) =>
      ((await list({})) as number[]).length,
  };
  const list = { key: [z.int()], rows, keyOf: (n: number) => [n], item: (n: number) => n };
  return { source, list, asked };
}

describe('the count of a list', () => {
  it('is left out, and nothing is counted, unless it is asked for', async () => {
    for (const count of [undefined, 'false'] as const) {
      const { source, list, asked } = numbers(3);
      expect(await readPage(source, { limit: 2, count }, list)).toEqual({
        items: [0, 1],
        next: expect.any(String),
      });
      expect(asked).toHaveLength(1);
    }
  });

  it.each([
    { many: 0, total: 0, capped: false },
    { many: 9_999, total: 9_999, capped: false },
    { many: 10_000, total: 10_000, capped: false },
    { many: 10_001, total: 10_001, capped: true },
    { many: 50_000, total: 10_001, capped: true },
  ])('of $many is $total, and goes no further', async ({ many, total, capped }) => {
    const { source, list, asked } = numbers(many);
    const { count } = await readPage(source, { limit: 1, count: 'true' }, list);
    expect(count).toEqual({ total, capped });
    expect(asked.at(-1)).toEqual({ after: undefined, limit: 10_000 });
  });

  it('is the same on every page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (many, limit) => {
          let cursor: string | null | undefined;
          let seen = 0;
          do {
            const { source, list } = numbers(many);
            const query = { limit, count: 'true' as const, ...(cursor && { cursor }) };
            const { items, next, count } = await readPage(source, query, list);
            expect(count).toEqual({ total: many, capped: false });
            seen += items.length;
            cursor = next;
          } while (cursor);
          expect(seen).toBe(many);
        },
      ),
    );
  });

  it('is that of what is in memory', () => {
    const all = ['a', 'b', 'c'];
    const upper = (text: string) => text.toUpperCase();
    const first = pageOfAll(all, { limit: 2, count: 'true' }, upper);
    expect(first).toMatchObject({ items: ['A', 'B'], count: { total: 3, capped: false } });
    const rest = pageOfAll(all, { limit: 2, cursor: first.next! }, upper);
    expect(rest).toEqual({ items: ['C'], next: null });
    const counted = { items: all, count: { total: 3, capped: false }, next: null };
    expect(whole(all, { count: 'true' })).toEqual(counted);
    expect(whole(all, {})).toEqual({ items: all, next: null });
  });
});
