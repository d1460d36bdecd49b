import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { forward, sample } from '../../test/mechanisms/sample-definition.js';
import type { KnownFacts } from './compare-facts.js';
import { allMoves, decide } from './decide.js';
import type { Atom, Definition } from './definition.js';

const now = '2026-03-10T12:00:00Z';
const at = (status: string, roles: string[], facts: KnownFacts = {}) => ({
  status,
  roles,
  facts,
  now,
});

/** Whether one atom lets a move pass. */
const passes = (atom: Atom, facts: KnownFacts, instant = now): boolean => {
  const only = { ...sample, moves: [{ ...forward, requires: [atom] }] };
  const situation = { ...at('received', ['secretariat'], facts), now: instant };
  return decide(only, { ...situation, move: 'forward' }).ok;
};

describe('decide', () => {
  it('answers in order: move, role, stage, facts', () => {
    const because = (status: string, roles: string[], move: string, facts?: KnownFacts) => {
      const decision = decide(sample, { ...at(status, roles, facts), move });
      return decision.ok ? decision.to : decision.because;
    };
    expect(because('decided', [], 'dance')).toBe('unknown-move');
    expect(because('decided', ['party'], 'forward')).toBe('wrong-role');
    expect(because('decided', ['secretariat'], 'forward')).toBe('wrong-stage');
    expect(because('received', ['secretariat'], 'forward')).toBe('documents-missing');
    expect(
      because('received', ['party', 'secretariat'], 'forward', { 'form.complete': true }),
    ).toBe('forwarded');
  });

  it('hands over the consequences in their order', () => {
    const facts = { 'form.complete': true };
    expect(decide(sample, { ...at('received', ['secretariat'], facts), move: 'forward' })).toEqual({
      ok: true,
      move: 'forward',
      to: 'forwarded',
      then: ['tell-party'],
    });
  });

  it('says from when on waiting helps', () => {
    const facts = { 'hearing.endedAt': '2026-03-09T12:30:00Z' };
    expect(decide(sample, { ...at('answered', ['chair'], facts), move: 'decide' })).toEqual({
      ok: false,
      because: 'too-early',
      facts: {
        fact: 'hearing.endedAt',
        value: '2026-03-09T12:30:00Z',
        expected: { ago: 'PT48H' },
        notBefore: '2026-03-11T12:30:00Z',
      },
    });
  });

  it('explains an alternative by all its parts', () => {
    const facts = { 'hearing.endedAt': '2026-03-01T12:30:00Z', 'members.present': 4 };
    expect(decide(sample, { ...at('answered', ['chair'], facts), move: 'decide' })).toMatchObject({
      because: 'wrong-stage',
      facts: {
        anyOf: [
          { fact: 'members.present', value: 4, expected: { atLeast: 5 } },
          { fact: 'members.waiver', value: null, expected: { is: 'granted' } },
        ],
      },
    });
  });

  it.each<[string, Atom, KnownFacts, boolean]>([
    ['is', { fact: 'a', is: true, else: 'x' }, { a: true }, true],
    ['is, of another type', { fact: 'a', is: 1, else: 'x' }, { a: '1' }, false],
    ['in', { fact: 'a', in: ['b', 'c'], else: 'x' }, { a: 'c' }, true],
    ['at least, just', { fact: 'a', atLeast: 5, else: 'x' }, { a: 5 }, true],
    ['at most, just', { fact: 'a', atMost: 0, else: 'x' }, { a: 0 }, true],
    ['at most, over', { fact: 'a', atMost: 0, else: 'x' }, { a: 1 }, false],
    ['before', { fact: 'a', before: 'b', else: 'x' }, { a: now, b: '2026-03-10T12:00:01Z' }, true],
    ['before, equal', { fact: 'a', before: 'now', else: 'x' }, { a: now }, false],
    ['after now', { fact: 'a', after: 'now', else: 'x' }, { a: '2026-03-10T13:00:01+01:00' }, true],
    ['ago, just come', { fact: 'a', ago: 'PT0S', else: 'x' }, { a: now }, true],
    ['ago, a second early', { fact: 'a', ago: 'PT1S', else: 'x' }, { a: now }, false],
    [
      'a calendar month ago',
      { fact: 'a', ago: 'P1M', else: 'x' },
      { a: '2026-02-10T12:00:00Z' },
      true,
    ],
    ['not', { fact: 'a', not: true, is: 1, else: 'x' }, { a: 2 }, true],
    ['a forged inherited name', { fact: 'toString', not: true, is: 1, else: 'x' }, {}, false],
  ])('compares: %s', (_name, atom, facts, expected) => {
    expect(passes(atom, facts)).toBe(expected);
  });

  it('counts 48 hours, not two days, over a change of clocks', () => {
    const facts = { a: '2026-03-28T12:00:00+01:00' };
    const atom: Atom = { fact: 'a', ago: 'PT48H', else: 'x' };
    expect(passes(atom, facts, '2026-03-30T12:59:59+02:00')).toBe(false);
    expect(passes(atom, facts, '2026-03-30T13:00:00+02:00')).toBe(true);
  });

  it('fails an unknown fact, whatever is asked of it', () => {
    const operator = fc.oneof(
      fc.record({ is: fc.oneof(fc.string(), fc.integer(), fc.boolean()) }),
      fc.record({ atLeast: fc.integer() }),
      fc.record({ before: fc.constant('now') }),
      fc.record({ ago: fc.constant('PT0S') }),
    );
    fc.assert(
      fc.property(operator, fc.boolean(), fc.constantFrom(null, undefined), (asked, not, value) => {
        const atom = { fact: 'a', not, ...asked, else: 'x' } as Atom;
        expect(passes(atom, { a: value })).toBe(false);
        expect(passes(atom, {})).toBe(false);
      }),
    );
  });
});

const stageNames = ['a', 'b', 'c', 'd', 'e'];
const roleNames = ['p', 'q', 'r'];
const factNames = ['f', 'g', 'now'];
const anyFact = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, now, '+275760-09-13T00:00:00Z', '2026-02-30T00:00:00Z'),
);
const anyAtom = fc
  .tuple(
    fc.constantFrom(...factNames),
    fc.boolean(),
    fc.oneof(
      fc.record({ is: fc.boolean() }),
      fc.record({ in: fc.array(fc.boolean(), { minLength: 1 }) }),
      fc.record({ atMost: fc.integer() }),
      fc.record({ after: fc.constantFrom(...factNames) }),
      fc.record({ ago: fc.constantFrom('PT0S', 'P1M', 'P999999Y', 'nonsense') }),
    ),
  )
  .map(([fact, not, operator]): Atom => ({ fact, not, ...operator, else: 'no' }));

/** Any table of moves at all, sound or not. */
const anyDefinition = fc
  .array(
    fc.record({
      from: fc.subarray(stageNames, { minLength: 1 }),
      to: fc.constantFrom(...stageNames),
      by: fc.subarray(roleNames, { minLength: 1 }),
      requires: fc.array(anyAtom, { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((moves): Definition => ({
    ...sample,
    stages: stageNames.map((stage) => ({ stage, meaning: stage })),
    start: 'a',
    moves: moves.map((move, index) => ({ move: `m${index}`, ...move, then: [] })),
  }));

const anyStep = fc.record({
  move: fc.oneof(
    fc.nat({ max: 8 }).map((n) => `m${n}`),
    fc.string(),
  ),
  roles: fc.subarray(roleNames),
  facts: fc.dictionary(fc.constantFrom(...factNames), anyFact),
});

describe('random walks', () => {
  it('have an answer to every question, stay in the table, and replay to the status', () => {
    fc.assert(
      fc.property(anyDefinition, fc.array(anyStep, { maxLength: 30 }), (definition, steps) => {
        let status = definition.start;
        const log: string[] = [];
        for (const step of steps) {
          const decision = decide(definition, { status, now, ...step });
          if (!decision.ok) continue;
          const move = definition.moves.find((each) => each.move === decision.move)!;
          expect(move.from).toContain(status);
          expect(move.by.some((role) => step.roles.includes(role))).toBe(true);
          status = decision.to;
          log.push(decision.move);
        }
        expect(definition.stages.map((each) => each.stage)).toContain(status);
        const replayed = log.reduce(
          (_, name) => definition.moves.find((each) => each.move === name)!.to,
          definition.start,
        );
        expect(replayed).toBe(status);
      }),
      { numRuns: 500 },
    );
  });

  it('list as actions just what decide allows', () => {
    fc.assert(
      fc.property(
        anyDefinition,
        fc.constantFrom(...stageNames),
        anyStep,
        (definition, status, step) => {
          const situation = { status, now, roles: step.roles, facts: step.facts };
          for (const action of allMoves(definition, situation)) {
            const decision = decide(definition, { ...situation, move: action.action });
            expect(action.allowed).toBe(decision.ok);
            expect(action.because).toBe(decision.ok ? undefined : decision.because);
            expect(action.because).not.toBe('wrong-stage');
          }
        },
      ),
    );
  });
});
