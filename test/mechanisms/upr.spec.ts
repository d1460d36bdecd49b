import { describe, expect, it } from '@jest/globals';
import { CODES } from '../../src/kernel/codes.js';
import type { KnownFacts } from '../../src/kernel/compare-facts.js';
import { dueOf } from '../../src/kernel/deadlines.js';
import { decide } from '../../src/kernel/decide.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';
import { PARAMETERS as SPEAKERS } from '../../src/modules/dialogue/lists.rules.js';
import { holidaysOf } from '../../src/modules/mechanisms/mechanisms.rules.js';
import { PARAMETERS as QUESTIONS } from '../../src/modules/questions/questions.rules.js';

const mechanisms = loadMechanisms('mechanisms');
const versions = mechanisms.definitions.filter((each) => each.key === 'upr');
const geneva = holidaysOf(mechanisms.calendars.find((each) => each.calendar === 'un-geneva')!);

const now = '2019-11-14T16:00:00Z';
/** Facts under which every move may be made, as far as they do not exclude each other. */
const favourable: KnownFacts = {
  'troika.recorded': true,
  'documents.national-report.submitted': true,
  'documents.compilation.submitted': true,
  'documents.stakeholder-summary.submitted': true,
  'documents.working-group-report.submitted': true,
  'dialogue.startsAt': '2019-11-12T08:00:00Z',
  'dialogue.endedAt': '2019-11-12T11:30:00Z',
  'outcome.startsAt': '2019-11-14T15:00:00Z',
  'recommendations.unlabelled': 0,
  'list.circulated': true,
  'report.unsigned': 0,
  'dialogue.speaking': false,
  'plenary.speaking': false,
};
/** What version 3 has more. */
const ADDED_REFUSALS = [
  'adopt-report without list.circulated: list-not-circulated',
  'hold-dialogue without dialogue.speaking: somebody-speaks',
  'adopt-report without report.unsigned: sign-offs-missing',
  'adopt-outcome without plenary.speaking: somebody-speaks',
];
const ADDED_DEADLINES = [
  '2019-10-28T10:00 speakers-open',
  '2019-10-31T18:00 speakers-close',
  '2019-11-14T12:30 list-of-recommendations',
  '2019-11-19T17:00 draft-report',
  '2019-11-19T18:00 troika-sign-off',
  '2020-03-02T10:00 plenary-speakers-open',
  '2020-03-05T18:00 plenary-speakers-close',
  '2022-09-12T17:00 other-mid-term-reports',
];
const toCome = '2019-11-20T08:00:00Z';
const factsFor = (move: string): KnownFacts =>
  /^(relay|resume)-/.test(move) ? { ...favourable, 'dialogue.startsAt': toCome } : favourable;

const letter = (role: string): string =>
  ({ stateUnderReview: 'U', recommendingState: 'R', rapporteur: 'T', stakeholder: 'H' })[role] ??
  role.charAt(0).toUpperCase();

describe.each(versions)('the Universal Periodic Review, version $version', (upr) => {
  const stages = upr.stages.map((each) => each.stage);
  const roles = upr.roles.map((each) => each.role);

  it('is sound', () => {
    const faults = mechanisms.faultsUnder({
      facts: new Set([
        'troika.recorded',
        'dialogue.startsAt',
        'dialogue.endedAt',
        'outcome.startsAt',
        'documents.<kind>.submitted',
        'documents.<kind>.lapsed',
        'recommendations.unlabelled',
        'list.circulated',
        'report.unsigned',
        'dialogue.speaking',
        'plenary.speaking',
      ]),
      consequences: new Set([
        'lapse-drafts',
        'drop-unconfirmed',
        'publish-documents',
        'publish-recommendations',
        'note-unanswered',
        'publish-outcome',
        'publish-page',
        'settle-wordings',
        'publish-pledges',
        'close-speakers',
        'relay-questions',
      ]),
      acts: new Set(['circulate-list', 'sign-off-report']),
      anchors: new Set(['session.starts', 'slot.starts', 'slot.ends', 'outcome.starts']),
      parameters: new Set([
        ...'troika.seats troika.distinctBy troika.body troika.substitutions'.split(' '),
        ...SPEAKERS,
        ...QUESTIONS,
      ]),
      refusalCodes: new Set(CODES.keys()),
    });
    expect(faults.filter(({ file }) => file.startsWith('upr'))).toEqual([]);
  });

  it('lets just these roles make these moves at these stages', () => {
    // The letters name all roles that may: U State under review, R recommending State,
    // T rapporteur, H stakeholder, S secretariat, P president, C clock. A dot: nobody.
    const cell = (move: string, status: string): string =>
      roles
        .filter((role) => {
          const situation = { status, roles: [role], facts: factsFor(move), now };
          return decide(upr, { ...situation, move }).ok;
        })
        .map(letter)
        .join('') || '.';
    const row = (head: string, cellOf: (stage: string) => string): string => {
      const cells = stages.map((stage) => cellOf(stage).padEnd(stage.length + 1));
      return `${head.padEnd(21)}${cells.join('')}`.trimEnd();
    };
    const table = [
      row('', (stage) => stage),
      ...upr.moves.map(({ move }) => row(move, (stage) => cell(move, stage))),
    ];
    expect(table.join('\n')).toMatchInlineSnapshot(`
"                     scheduled preparation documented ready reviewed wg-adopted positioned adopted implementation closed non-cooperation
record-troika        SP        .           .          .     .        .          .          .       .              .      .
issue-documents      .         S           .          .     .        .          .          .       .              .      .
relay-questions      .         .           TS         .     .        .          .          .       .              .      .
hold-dialogue        .         .           SP         SP    .        .          .          .       .              .      .
record-absence       .         .           P          P     .        .          .          .       .              .      .
resume-review        .         .           .          .     .        .          .          .       .              .      SP
adopt-report         .         .           .          .     P        .          .          .       .              .      .
close-positions      .         .           .          .     .        UC         .          .       .              .      .
adopt-outcome        .         .           .          .     .        .          P          .       .              .      .
begin-implementation .         .           .          .     .        .          .          S       .              .      .
close                .         .           .          .     .        .          .          .       S              .      ."
`);
  });

  it('refuses a stranger by role, and everybody at another stage', () => {
    for (const { move, from, by } of upr.moves) {
      for (const status of stages) {
        for (const role of roles) {
          const decision = decide(upr, { status, roles: [role], facts: factsFor(move), now, move });
          const expected = !by.includes(role)
            ? 'wrong-role'
            : !from.includes(status)
              ? 'wrong-stage'
              : 'allowed';
          expect(decision.ok ? 'allowed' : decision.because).toBe(expected);
        }
      }
    }
  });

  it('gives each requirement its own code', () => {
    const refusals = upr.moves.flatMap(({ move, from: [status = ''], by, requires }) => {
      const names = requires.map((atom) =>
        ('any' in atom ? atom.any : [atom]).map((each) => each.fact),
      );
      return names.map((facts) => {
        const unknown = Object.fromEntries(facts.map((fact) => [fact, null]));
        const situation = { roles: by, facts: { ...factsFor(move), ...unknown }, now, move };
        const decision = decide(upr, { status, ...situation });
        return `${move} without ${facts.join(' or ')}: ${decision.ok ? 'allowed' : decision.because}`;
      });
    });
    const added = ADDED_REFUSALS.filter((line) => refusals.includes(line));
    expect(added).toEqual(upr.version < 3 ? [] : ADDED_REFUSALS);
    const kept = refusals.filter((line) => !added.includes(line));
    expect(kept.join('\n')).toMatchInlineSnapshot(`
"record-troika without troika.recorded: troika-missing
issue-documents without documents.compilation.submitted: documents-missing
issue-documents without documents.stakeholder-summary.submitted: documents-missing
issue-documents without documents.national-report.submitted or documents.national-report.lapsed: documents-missing
relay-questions without dialogue.startsAt: too-late
hold-dialogue without dialogue.endedAt: not-yet-held
record-absence without dialogue.startsAt: too-early
resume-review without dialogue.startsAt: not-rescheduled
adopt-report without dialogue.endedAt: too-early
adopt-report without documents.working-group-report.submitted: documents-missing
adopt-report without recommendations.unlabelled: labels-missing
adopt-outcome without outcome.startsAt: too-early"
`);
  });

  it('waits 48 hours from the dialogue to the adoption of the report', () => {
    const ask = (instant: string) =>
      decide(upr, {
        status: 'reviewed',
        roles: ['president'],
        facts: favourable,
        now: instant,
        move: 'adopt-report',
      });
    expect(ask('2019-11-14T11:29:59Z')).toMatchObject({
      because: 'too-early',
      facts: { notBefore: '2019-11-14T11:30:00Z' },
    });
    expect(ask('2019-11-14T11:30:00Z')).toMatchObject({ ok: true, to: 'wg-adopted' });
  });

  it('issues the documents without a national report only when its deadline has lapsed', () => {
    const ask = (facts: KnownFacts) =>
      decide(upr, {
        status: 'preparation',
        roles: ['secretariat'],
        facts: { ...favourable, 'documents.national-report.submitted': false, ...facts },
        now,
        move: 'issue-documents',
      }).ok;
    expect(ask({ 'documents.national-report.lapsed': false })).toBe(false);
    expect(ask({ 'documents.national-report.lapsed': true })).toBe(true);
  });

  it('counts its deadlines from the calendar', () => {
    const anchors: Record<string, string> = {
      'session.starts': '2019-11-04T00:00:00+01:00',
      'slot.starts': '2019-11-12T09:00:00+01:00',
      'slot.ends': '2019-11-12T12:30:00+01:00',
      'outcome.starts': '2020-03-12T10:00:00+01:00',
      'wg-adopted.enteredAt': '2019-11-14T17:00:00+01:00',
      'adopted.enteredAt': '2020-03-12T11:00:00+01:00',
    };
    const due = upr.deadlines.map((rule) => {
      const reading = { zone: upr.zone, holidays: geneva };
      const { local } = dueOf(rule, anchors[rule.anchor] ?? '', reading);
      return `${local} ${rule.deadline}`;
    });
    const added = ADDED_DEADLINES.filter((line) => due.includes(line));
    expect(added).toEqual(upr.version < 3 ? [] : ADDED_DEADLINES);
    const kept = due.filter((line) => !added.includes(line));
    expect(kept.join('\n')).toMatchInlineSnapshot(`
"2019-08-20T17:00 national-report
2019-04-12T12:00 stakeholder-submissions
2019-10-01T17:00 compilation
2019-10-01T17:00 stakeholder-summary
2019-10-29T17:00 advance-questions
2020-03-12T10:00 positions
2019-11-28T17:00 editorial-changes
2022-09-12T17:00 mid-term-report"
`);
  });
});
