import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  forward as move,
  replyDeadline as deadline,
  replyKind as document,
  sample,
  sampleNames,
} from '../../test/mechanisms/sample-definition.js';
import type { Definition } from './definition.js';
import { reachableFrom } from './soundness-graph.js';
import { faultsOf } from './soundness.js';

const moves = sample.moves.slice(1);

/** The flaws of the sample with some parts replaced, a line each. */
const flaws = (change: Partial<Definition>): string[] =>
  faultsOf({ ...sample, ...change }, sampleNames).map(({ path, message }) => `${path} ${message}`);
const ofDeadline = (change: Partial<typeof deadline>): string[] =>
  flaws({ deadlines: [{ ...deadline, ...change }] });

describe('faultsOf', () => {
  it('finds nothing in a sound definition', () => {
    expect(flaws({})).toEqual([]);
  });

  it('finds stages that are cut off, dead ends, and final ones that are left', () => {
    const stages = [
      ...sample.stages.slice(0, 3).map((each, index) => ({ ...each, final: index === 2 })),
      { stage: 'decided', meaning: 'It is over.' },
      { stage: 'lost', final: true, meaning: 'Nobody comes here.' },
    ];
    expect(flaws({ stages })).toEqual([
      '/stages/2 “answered” is final, and a move leaves it',
      '/stages/3 “decided” is not final, and no move leaves it',
      '/stages/4 “lost” cannot be reached from the start',
    ]);
  });

  it('finds every unknown name of a move', () => {
    const broken = {
      ...move,
      from: ['received', 'nowhere'],
      to: 'forwarded',
      by: ['ghost', 'secretariat', 'secretariat'],
      requires: [
        { fact: 'form.complet', is: true, else: 'no-such-code' },
        { fact: 'documents.reply.submitted', is: true, else: 'too-early' },
        { fact: 'documents.letter.submitted', is: true, else: 'too-early' },
        {
          any: [
            { fact: 'hearing.endedAt', before: 'yesterday' },
            { fact: 'hearing.endedAt', ago: 'Pnope' },
            { fact: 'hearing.endedAt', after: 'now' },
          ],
          else: 'too-early',
        },
      ],
      then: ['tell-nobody'],
    };
    expect(flaws({ moves: [broken, ...moves] })).toEqual([
      '/moves/0/from/1 “nowhere” is not a stage',
      '/moves/0/by/0 “ghost” is not a role',
      '/moves/0/by/2 “secretariat” stands here twice',
      '/moves/0/requires/0/fact “form.complet” is not a fact that a module supplies',
      '/moves/0/requires/0/else “no-such-code” is not a code of the problem catalogue',
      '/moves/0/requires/2/fact “documents.letter.submitted” is not a fact that a module supplies',
      '/moves/0/requires/3/any/0/before “yesterday” is not a fact that a module supplies',
      '/moves/0/requires/3/any/1/ago “Pnope” is not a duration',
      '/moves/0/then/0 “tell-nobody” is not a consequence that a module supplies',
    ]);
  });

  it('finds a weekday that nothing leads to, what no expiry can bring about, and a doubt about nothing', () => {
    expect(ofDeadline({ weekday: 1 })).toEqual([
      '/deadlines/0/weekday only weeks lead to a day of the week',
    ]);
    expect(ofDeadline({ unit: 'weeks', offset: 'P1W', weekday: 1 })).toEqual([]);
    const then = ['tell-party', 'tell-nobody'];
    expect(ofDeadline({ onExpiry: { ...deadline.onExpiry, then } })).toEqual([
      '/deadlines/0/onExpiry/then/1 “tell-nobody” is not a consequence that a module supplies',
    ]);
    expect(flaws({ unverified: ['lot.seats', 'lot.seat'] })).toEqual([
      '/unverified/1 “lot.seat” is not a parameter of this definition',
    ]);
  });

  it('finds names that stand twice', () => {
    expect(
      flaws({
        roles: [...sample.roles, { role: 'party', holder: 'state' }],
        stages: [...sample.stages, { stage: 'decided', final: true, meaning: 'Again.' }],
        moves: [...sample.moves, move],
        deadlines: [deadline, deadline],
        documents: [document, document],
      }),
    ).toEqual([
      '/roles/6/role “party” stands here twice',
      '/stages/4/stage “decided” stands here twice',
      '/moves/5/move “forward” stands here twice',
      '/deadlines/1/deadline “reply” stands here twice',
      '/documents/1/kind “reply” stands here twice',
    ]);
  });

  it('finds deadlines that speak of nothing', () => {
    expect(
      ofDeadline({
        anchor: 'lost.enteredAt',
        owedBy: 'ghost',
        compartment: 'desk:*',
        setAt: 'nowhere',
        metBy: { document: 'letter', move: 'dance' },
        extension: { by: 'ghost', most: '-P1M', times: 1 },
        onExpiry: { move: 'dance' },
      }),
    ).toEqual([
      '/deadlines/0/anchor “lost.enteredAt” is not an anchor that a module supplies',
      '/deadlines/0/owedBy “ghost” is not a role',
      '/deadlines/0/compartment “desk:*” is not one compartment of the table',
      '/deadlines/0/setAt “nowhere” is not a stage',
      '/deadlines/0/metBy/document “letter” is not a document kind',
      '/deadlines/0/metBy/move “dance” is not a move',
      '/deadlines/0/extension/by “ghost” is not a role',
      '/deadlines/0/extension/most is not a duration above zero',
      '/deadlines/0/onExpiry/move “dance” is not a move',
    ]);
  });

  it.each([
    [
      'months in days',
      { offset: 'P5M', unit: 'days' as const },
      'months cannot be counted in days',
    ],
    [
      'hours in workdays',
      { offset: 'PT5H', unit: 'workingDays' as const },
      'hours cannot be counted in workingDays',
    ],
    ['no duration', { offset: 'P' }, '“P” is not a duration'],
  ])('finds offsets that cannot be counted: %s', (_name, change, message) => {
    expect(ofDeadline(change)).toEqual([`/deadlines/0/offset ${message}`]);
  });

  it('finds an exact deadline with an hour, and a duty that nothing can fulfil', () => {
    expect(ofDeadline({ offset: 'PT48H', unit: 'exact', metBy: {} })).toEqual([
      '/deadlines/0/hour an exact deadline keeps the hour of its anchor',
      '/deadlines/0/metBy a duty that nothing can fulfil',
    ]);
    expect(ofDeadline({ metBy: {}, optional: true })).toEqual([]);
  });

  it('finds expiries that the clock cannot carry out', () => {
    expect(ofDeadline({ onExpiry: { move: 'forward' } })).toEqual([
      '/deadlines/0/onExpiry/move the clock may not make the move “forward”',
      '/deadlines/0/onExpiry/move “forward” leaves no stage in which this deadline can run',
    ]);
  });

  it('finds what is wrong about documents', () => {
    const broken = {
      ...document,
      by: ['ghost'],
      during: ['nowhere'],
      publishedAt: 'never',
      deadline: 'someday',
      late: undefined,
      registration: 'PT24H',
    };
    expect(flaws({ documents: [document, { ...broken, kind: 'letter' }] })).toEqual([
      '/documents/1/by/0 “ghost” is not a role',
      '/documents/1/during/0 “nowhere” is not a stage',
      '/documents/1/publishedAt “never” is not a stage',
      '/documents/1/deadline “someday” is not a deadline',
      '/documents/1/late `deadline` and `late` come together',
      '/documents/1/registration is for kinds of which late ones are refused',
    ]);
  });

  it('finds what is wrong about visibility', () => {
    expect(
      flaws({
        deadlines: [],
        documents: [{ ...document, deadline: undefined, late: undefined }],
        visibility: [
          { compartment: 'parties', readers: ['side', 'observer'] },
          { compartment: 'cellar', readers: ['ghost', 'author', 'author'], during: ['nowhere'] },
        ],
      }),
    ).toEqual([
      '/visibility the compartment “case” is missing',
      '/visibility/0/readers/0 “side” is not a role',
      '/visibility/0/readers/1 “observer” cannot read without “party”',
      '/visibility/1/compartment is none of case, parties, committee, identity, desk:*, filed:*, joint:*',
      '/visibility/1/readers/0 “ghost” is not a role',
      '/visibility/1/readers/2 “author” stands here twice',
      '/visibility/1/during/0 “nowhere” is not a stage',
    ]);
  });

  it('finds what is wrong about the head, and about responses', () => {
    expect(
      flaws({
        zone: 'Europe/Atlantis',
        holidays: 'mars',
        parameters: { 'lot.seets': 3 },
        responses: { values: ['yes', 'yes'], deemed: 'no' },
      }),
    ).toEqual([
      '/zone “Europe/Atlantis” is not a time zone that is known',
      '/holidays “mars” is not a calendar of holidays',
      '/parameters/lot.seets “lot.seets” is not a parameter of an algorithm',
      '/responses/values/1 “yes” stands here twice',
      '/responses/deemed is none of the values',
    ]);
  });

  it('cuts nothing short: faults of two parts are the faults of both', () => {
    const breakages: Partial<Definition>[] = [
      { zone: 'Europe/Atlantis' },
      { holidays: 'mars' },
      { responses: { values: ['yes'], deemed: 'no' } },
      { parameters: { 'lot.seets': 3 } },
      { documents: [{ ...document, by: ['ghost'] }] },
      { deadlines: [{ ...deadline, owedBy: 'ghost' }] },
      { moves: [{ ...move, then: ['tell-nobody'] }, ...moves] },
    ];
    fc.assert(
      fc.property(fc.subarray(breakages), (chosen) => {
        const together = flaws(Object.assign({}, ...chosen) as Partial<Definition>);
        expect(together.toSorted()).toEqual(chosen.flatMap((each) => flaws(each)).toSorted());
      }),
    );
  });
});

describe('reachableFrom', () => {
  it('follows moves from stage to stage', () => {
    expect([...reachableFrom(sample, 'forwarded')]).toEqual(['forwarded', 'answered', 'decided']);
    expect([...reachableFrom(sample, 'decided')]).toEqual(['decided']);
  });
});
