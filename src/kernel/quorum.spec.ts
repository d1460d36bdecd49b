import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { present, type Quorum } from './quorum.js';

const MOST = 9;
const members = fc
  .uniqueArray(fc.integer({ min: 0, max: MOST }), { maxLength: MOST })
  .chain((ids) =>
    fc
      .array(fc.boolean(), { minLength: ids.length, maxLength: ids.length })
      .map((here) => here.map((each, n) => ({ id: String(ids[n]), here: each }))),
  );
const recused = fc.uniqueArray(fc.integer({ min: 0, max: MOST }).map(String), { maxLength: MOST });
const quorum: fc.Arbitrary<Quorum> = fc.oneof(
  fc.integer({ min: 1, max: MOST }).map((atLeast) => ({ atLeast })),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 6 }))
    .map((moreThan) => ({ moreThan })),
);

describe('who is counted when a body decides', () => {
  const nine = [...'abcdefghi'].map((id) => ({ id, here: true }));

  it('are those who are here and not recused', () => {
    const five = nine.map((each, n) => ({ ...each, here: n < 5 }));
    const asked = { members: five, quorum: { atLeast: 5 } };
    expect(present({ ...asked, recused: [] })).toMatchObject({ of: 9, quorate: true });
    expect(present({ ...asked, recused: ['a'] })).toEqual({
      counted: ['b', 'c', 'd', 'e'],
      of: 8,
      needed: 5,
      quorate: false,
    });
  });

  it('of a share, more than it: of those who can take part', () => {
    const half = { moreThan: [1, 2] } as const;
    expect(present({ members: nine, recused: [], quorum: half }).needed).toBe(5);
    expect(present({ members: nine, recused: ['i'], quorum: half }).needed).toBe(5);
    expect(present({ members: nine, recused: ['h', 'i'], quorum: half }).needed).toBe(4);
  });

  it('is never a recused member, who might as well not sit on it', () => {
    fc.assert(
      fc.property(members, recused, quorum, (sitting, gone, rule) => {
        const told = present({ members: sitting, recused: gone, quorum: rule });
        const without = sitting.filter(({ id }) => !gone.includes(id));
        expect(told).toEqual(present({ members: without, recused: [], quorum: rule }));
        expect(told.counted.some((id) => gone.includes(id))).toBe(false);
        const turned = sitting.map((each) =>
          gone.includes(each.id) ? { ...each, here: !each.here } : each,
        );
        expect(present({ members: turned, recused: gone, quorum: rule })).toEqual(told);
      }),
    );
  });

  it('is enough with everybody in the room, and never with nobody', () => {
    fc.assert(
      fc.property(members, recused, (sitting, gone) => {
        const half: Quorum = { moreThan: [1, 2] };
        const all = sitting.map((each) => ({ ...each, here: true }));
        const none = sitting.map((each) => ({ ...each, here: false }));
        const able = all.some(({ id }) => !gone.includes(id));
        expect(present({ members: all, recused: gone, quorum: half }).quorate).toBe(able);
        expect(present({ members: none, recused: gone, quorum: half }).quorate).toBe(false);
      }),
    );
  });
});
