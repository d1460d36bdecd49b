import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { choicesOf, pickFault, type PoolMember, type Round } from './choices.js';
import {
  commitmentOf,
  drawLot,
  drawnByHand,
  rulesRefused,
  SEED_BYTES,
  type DrawRules,
  type OpenLot,
} from './lots.js';

const LOT = '018f0e2a-6b1c-7d3e-9f40-1a2b3c4d5e6f';
/** Seeds that are the same in every run. */
const seedOf = (n: number): Buffer => createHash('sha256').update(`a test's seed ${n}`).digest();
const free: Round = { for: null, seats: 3, excluded: [], groupsTaken: [], groupForced: null };
const COUNCIL: PoolMember[] = [
  ...[...'ABC'].map((key) => ({ key, group: 'african' })),
  ...[...'DEFG'].map((key) => ({ key, group: 'asia-pacific' })),
  ...[...'HI'].map((key) => ({ key, group: 'eastern-european' })),
  ...[...'JKL'].map((key) => ({ key, group: 'grulac' })),
];
const choose = (round: Partial<Round>[], balanced = false): DrawRules => ({
  algorithm: 'choose',
  pool: COUNCIL,
  rounds: round.map((each) => ({ ...free, ...each })),
  balanced,
});
const listOf = (algorithm: 'order' | 'first', keys: string, seats = keys.length): DrawRules => ({
  algorithm,
  pool: [...keys].map((key) => ({ key, group: null })),
  rounds: [{ ...free, seats }],
  balanced: false,
});
const open = (draw: DrawRules, more: Partial<OpenLot> = {}): OpenLot => ({
  lot: LOT,
  seed: seedOf(0),
  input: JSON.stringify({ draw }),
  publicValue: '4711.08',
  ...more,
});
const drawn = (draw: DrawRules, n: number): string =>
  drawLot(open(draw, { seed: seedOf(n) }))
    .result.map((each) => each.drawn.join(''))
    .join(' ');

/** Chi-square of what fell out so often, where everything was to fall out alike. */
const chiSquare = (counts: readonly number[], expected: number): number =>
  counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
/** One in a thousand fair draws exceeds it (Wilson and Hilferty). */
const bound = (free_: number): number =>
  free_ * (1 - 2 / (9 * free_) + 3.09 * Math.sqrt(2 / (9 * free_))) ** 3;

function expectUniform(draw: DrawRules, outcomes: readonly string[], each: number): void {
  const counts = new Map(outcomes.map((outcome) => [outcome, 0]));
  for (let n = 0; n < outcomes.length * each; n += 1) {
    const outcome = drawn(draw, n);
    expect([outcome, counts.has(outcome)]).toEqual([outcome, true]);
    counts.set(outcome, counts.get(outcome)! + 1);
  }
  expect(chiSquare([...counts.values()], each)).toBeLessThan(bound(outcomes.length - 1));
}

describe('lots', () => {
  const seed = fc
    .uint8Array({ minLength: SEED_BYTES, maxLength: SEED_BYTES })
    .map((bytes) => Buffer.from(bytes));
  const rules = fc.constantFrom(
    choose([
      { excluded: ['A'] },
      { groupForced: 'grulac' },
      { groupsTaken: ['african'], seats: 1 },
    ]),
    choose([{ for: 'SVN' }, { for: 'NOR' }, { for: 'CRI' }, { for: 'FJI' }], true),
    listOf('order', 'ABCDEFGHIJ', 4),
    listOf('first', 'ABCDEFGHIJ', 1),
  );

  it('give the same to whoever has the same, and keep their rules', () => {
    fc.assert(
      fc.property(rules, seed, fc.stringMatching(/^[ -~]{1,40}$/), (draw, secret, publicValue) => {
        const lot = open(draw, { seed: secret, publicValue });
        const { result, numbers } = drawLot(lot);
        expect(drawLot({ ...lot, seed: Buffer.from(secret) })).toEqual({ result, numbers });
        expect(result.map((each) => each.for)).toEqual(draw.rounds.map((each) => each.for));
        for (const [index, { drawn: picked }] of result.entries()) {
          const round = draw.rounds.at(index)!;
          const [size, told, fault] = {
            choose: [round.seats, picked, pickFault(draw.pool, round, picked)],
            order: [round.seats, picked, null],
            first: [draw.pool.length, picked.slice(0, 1), null],
          }[draw.algorithm] as [number, string[], unknown];
          expect([new Set(picked).size, fault]).toEqual([size, null]);
          expect(drawnByHand(draw, round, told)).toEqual(picked);
        }
      }),
    );
  });

  it('change with the seed, the public value, the lot and the input', () => {
    const draw = listOf('order', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const lot = open(draw);
    const others = [
      { seed: seedOf(1) },
      { publicValue: '4711.09' },
      { lot: LOT.replace('018f', '018e') },
      { input: JSON.stringify({ draw, announced: 'later' }) },
    ];
    const results = [lot, ...others.map((other) => ({ ...lot, ...other }))].map((each) =>
      drawLot(each).result.at(0)!.drawn.join(''),
    );
    expect(new Set(results).size).toBe(results.length);
    expect(commitmentOf(LOT, seedOf(0))).not.toBe(commitmentOf(LOT, seedOf(1)));
    expect(() => drawLot({ ...lot, publicValue: '1\n2' })).toThrow(RangeError);
  });

  it('choose every valid set as often as any other', () => {
    for (const round of [{}, { groupForced: 'eastern-european' }, { excluded: ['A', 'D', 'H'] }]) {
      const draw = choose([round]);
      const sets = [...choicesOf(COUNCIL, draw.rounds.at(0)!)].map((keys) => keys.join(''));
      expectUniform(draw, sets, 60);
    }
  });

  it('order, and begin, without preference', () => {
    const orders = ['ABC', 'ACB', 'BAC', 'BCA', 'CAB', 'CBA'];
    expectUniform(listOf('order', 'ABC'), orders, 500);
    const pairs = [...'ABCDE'].flatMap((a) => [...'ABCDE'].flatMap((b) => (a === b ? [] : a + b)));
    expectUniform(listOf('order', 'ABCDE', 2), pairs, 150);
    const turned = [...'ABCDEFG'].map((_, at, all) =>
      [...all.slice(at), ...all.slice(0, at)].join(''),
    );
    expectUniform(listOf('first', 'ABCDEFG', 1), turned, 300);
  });

  it('burden nobody twice before everybody else has been taken once, where they can', () => {
    const draw = choose([{ for: 'a' }, { for: 'b' }, { for: 'c' }], true);
    for (let n = 0; n < 50; n += 1) {
      const keys = drawn(draw, n).replaceAll(' ', '');
      expect(new Set(keys).size).toBe(9);
    }
    const unbalanced = { ...draw, balanced: false };
    const sizes = Array.from({ length: 50 }, (_, n) => new Set(drawn(unbalanced, n)).size);
    expect(Math.min(...sizes)).toBeLessThan(9);
  });

  it('are refused where there is too little to draw from', () => {
    expect(rulesRefused(choose([{}, { groupsTaken: ['african', 'grulac'] }]))).toMatchObject({
      code: 'lot-groups-too-few',
    });
    const short = { ...listOf('order', 'ABC', 4) };
    expect(rulesRefused(short)).toEqual({
      code: 'lot-pool-too-small',
      facts: { for: null, seats: 4, pool: 3 },
    });
    expect(rulesRefused(listOf('first', '', 0))?.code).toBe('lot-pool-too-small');
    expect(() => drawLot(open(short))).toThrow('lot-pool-too-small');
    expect(rulesRefused(listOf('first', 'ABC', 1))).toBeNull();
  });

  it('drawn by hand are held against the same rules', () => {
    const order = listOf('order', 'ABC', 2);
    const round = order.rounds.at(0)!;
    expect(drawnByHand(order, round, ['C', 'A'])).toEqual(['C', 'A']);
    expect(drawnByHand(order, round, ['C'])).toMatchObject({ because: 'number' });
    expect(drawnByHand(order, round, ['C', 'C'])).toMatchObject({ because: 'repeated' });
    expect(drawnByHand(order, round, ['C', 'Z'])).toMatchObject({ because: 'outside-pool' });
    const first = listOf('first', 'ABC', 1);
    expect(drawnByHand(first, first.rounds.at(0)!, ['B'])).toEqual(['B', 'C', 'A']);
  });
});
