import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEPTH, growTree, NO_ROOT, rootOf, treeOf, type ChainHead } from './daily-root.js';

const head = fc.record({
  n: fc.integer({ min: 1, max: 9999 }),
  hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('hex')),
});
const heads = fc.array(head, { minLength: 1, maxLength: 40 });

describe('the daily root', () => {
  it('is reached from every head, and from no other', () => {
    fc.assert(
      fc.property(heads, head, (all, other) => {
        const { tree, paths } = growTree(all);
        for (const [index, path] of paths.entries()) {
          expect(treeOf(all.at(index)!, path)).toBe(tree);
          const { n, hash } = all.at(index)!;
          const same = hash === other.hash;
          expect(treeOf({ n, hash: other.hash }, path) === tree).toBe(same);
          expect(treeOf({ n: n + 1, hash }, path)).not.toBe(tree);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('tells neither how many heads there are nor which', () => {
    const one: ChainHead = { n: 3, hash: 'ab'.repeat(32) };
    const many = Array.from({ length: 300 }, (_, n) => ({ n: n + 1, hash: 'cd'.repeat(32) }));
    const alone = growTree([one]);
    const among = growTree([one, ...many]);
    for (const { tree, paths } of [alone, among]) {
      expect(tree).toMatch(/^[0-9a-f]{64}$/);
      expect(paths.at(0)!.path).toHaveLength(DEPTH);
      expect(paths.at(0)!.position).toHaveLength(DEPTH);
      // Nothing that repeats from level to level would be a filler that anybody knows.
      expect(new Set(paths.at(0)!.path).size).toBe(DEPTH);
    }
    expect(growTree([one]).tree).not.toBe(alone.tree);
    const nothing = [growTree([]).tree, growTree([]).tree];
    expect(new Set(nothing).size).toBe(2);
    // Where two heads part says nothing of how many there are: half the pairs part at the top.
    const tops = among.paths.map(({ position }) => position.at(-1));
    const right = tops.filter((digit) => digit === '1').length;
    expect(right).toBeGreaterThan(90);
    expect(right).toBeLessThan(210);
  });

  it('takes in the day and the root before it', () => {
    const { tree } = growTree([]);
    const first = rootOf(NO_ROOT, { day: '2026-11-01', tree });
    expect(rootOf(NO_ROOT, { day: '2026-11-02', tree })).not.toBe(first);
    expect(rootOf(first, { day: '2026-11-01', tree })).not.toBe(first);
    expect(rootOf(NO_ROOT, { day: '2026-11-01', tree: NO_ROOT })).toBe(
      '5e858ac94eedcf27994c63a32f194de4caa515d4cfe940f0f0c9ed7963d0e0b7',
    );
  });
});
