import { describe, expect, it } from '@jest/globals';
import { deriveAccess } from '../../src/kernel/access.js';
import type { KnownFacts } from '../../src/kernel/compare-facts.js';
import { dueOf } from '../../src/kernel/deadlines.js';
import { decide } from '../../src/kernel/decide.js';
import { readersOf } from '../../src/modules/intake/intake.rules.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';
import { holidaysOf } from '../../src/modules/mechanisms/mechanisms.rules.js';
import { AARHUS_NAMES } from './aarhus-names.js';

const mechanisms = loadMechanisms('mechanisms');
const aarhus = mechanisms.definitions.find(({ key }) => key === 'aarhus')!;
const geneva = holidaysOf(mechanisms.calendars.find((each) => each.calendar === 'un-geneva')!);
const stages = aarhus.stages.map(({ stage }) => stage);
const roles = aarhus.roles.map(({ role }) => role);

const now = '2026-11-30T09:00:00Z';
/** Facts under which every move may be made, as far as they do not exclude each other. */
const favourable: KnownFacts = {
  'intake.missing': 0,
  'intake.words': 6000,
  'intake.named': true,
  'admissibility.failed': 0,
  'admissibility.open': 0,
  'curator.named': true,
  'documents.party-response.submitted': true,
  'documents.party-response.lapsed': true,
  'documents.draft-findings.submitted': true,
  'documents.findings.submitted': true,
};
const factsFor = (move: string): KnownFacts =>
  move === 'determine-inadmissible' ? { ...favourable, 'admissibility.failed': 1 } : favourable;

/** A letter for each role, in the order of the definition. */
const letters = (held: readonly string[]): string =>
  held.map((role) => 'ABPSCMKRT'[roles.indexOf(role)]).join('');

describe('compliance under the Aarhus Convention', () => {
  it('is a draft, and sound', () => {
    expect([aarhus.version, aarhus.draft]).toEqual([1, true]);
    const faults = mechanisms.faultsUnder(AARHUS_NAMES);
    expect(faults.filter(({ file }) => file === 'aarhus.yaml')).toEqual([]);
  });

  it('takes what there is to file, under the limit that its form has', () => {
    const limits = aarhus.moves.flatMap(({ requires }) =>
      requires.filter((atom) => 'fact' in atom && atom.fact === 'intake.words'),
    );
    const { words } = aarhus.intake!.limit;
    expect(limits).toEqual([{ fact: 'intake.words', atMost: words, else: 'over-word-limit' }]);
    const filed = aarhus.triggers!.map(({ trigger, by, about, concerns }) =>
      [trigger, by, about, concerns].join(' '),
    );
    expect(filed).toEqual([
      'communication communicant partyConcerned others',
      'submission-about-another submittingParty partyConcerned others',
      'submission-about-itself submittingParty partyConcerned self',
    ]);
  });

  it('lets just these roles make these moves', () => {
    // A communicant, B submitting Party, P Party concerned, S secretariat, C chair, M Committee,
    // K curator, R Meeting of the Parties, T clock.
    const rows = aarhus.moves.map(({ move }) => {
      const leads = stages.flatMap((status) => {
        const made = roles.map((role) => ({
          role,
          decision: decide(aarhus, { status, roles: [role], facts: factsFor(move), now, move }),
        }));
        const allowed = made.filter(({ decision }) => decision.ok);
        const [first] = allowed;
        if (!first?.decision.ok) return [];
        return [{ status, to: first.decision.to, by: letters(allowed.map(({ role }) => role)) }];
      });
      const from = leads.map(({ status }) => status).join(' ');
      const [{ to, by } = { to: '?', by: '?' }] = leads;
      expect(leads.filter((each) => each.to !== to || each.by !== by)).toEqual([]);
      return `${move}: ${from} -> ${to} by ${by}`;
    });
    expect(rows.join('\n')).toMatchInlineSnapshot(`
"submit: drafting -> received by AB
discard: drafting -> discarded by AB
ask-for-completion: received -> incomplete by S
complete: incomplete -> received by AB
register: received -> preliminary by S
defer-determination: preliminary -> deferred by C
take-up-again: deferred -> preliminary by C
determine-inadmissible: preliminary deferred -> inadmissible by C
determine-admissible: preliminary -> forwarded by C
close-written-phase: forwarded -> examination by SC
proceed-on-file: forwarded -> examination by CT
open-hearing: examination -> hearing by C
begin-deliberation: examination hearing -> deliberation by C
circulate-draft: deliberation -> draft-findings by C
take-up-comments: draft-findings -> finalization by CT
adopt-findings: finalization -> findings-adopted by C
transmit-findings: findings-adopted -> before-meeting by S
close-without-measures: findings-adopted -> closed by C
endorse-findings: before-meeting -> follow-up by R
defer-endorsement: before-meeting -> findings-adopted by R
report-again: follow-up -> before-meeting by C
close-follow-up: follow-up -> closed by CR
take-back: received incomplete -> taken-back by AB
withdraw: preliminary deferred forwarded examination hearing deliberation -> withdrawn by AB"
`);
  });

  it('gives each requirement its own code', () => {
    const refusals = aarhus.moves.flatMap(({ move, from: [status = ''], by, requires }) =>
      requires.map((atom) => {
        const { fact } = atom as { fact: string };
        const facts = { ...factsFor(move), [fact]: null };
        const decision = decide(aarhus, { status, roles: by, facts, now, move });
        return `${move} without ${fact}: ${decision.ok ? 'allowed' : decision.because}`;
      }),
    );
    expect(refusals.join('\n')).toMatchInlineSnapshot(`
"submit without intake.missing: intake-incomplete
submit without intake.words: over-word-limit
submit without intake.named: filer-unnamed
determine-inadmissible without admissibility.failed: no-test-failed
determine-admissible without curator.named: curator-missing
determine-admissible without admissibility.failed: test-failed
determine-admissible without admissibility.open: tests-open
close-written-phase without documents.party-response.submitted: documents-missing
proceed-on-file without documents.party-response.lapsed: too-early
circulate-draft without documents.draft-findings.submitted: documents-missing
adopt-findings without documents.findings.submitted: documents-missing"
`);
  });

  it('does not let the case proceed on the file while the Party has time, nor be handed in too long', () => {
    const ask = (move: string, status: string, by: string, facts: KnownFacts) =>
      decide(aarhus, { status, roles: [by], facts: { ...favourable, ...facts }, now, move }).ok;
    const lapsed = (value: boolean) => ({ 'documents.party-response.lapsed': value });
    expect(ask('proceed-on-file', 'forwarded', 'clock', lapsed(false))).toBe(false);
    expect(ask('proceed-on-file', 'forwarded', 'clock', lapsed(true))).toBe(true);
    expect(ask('submit', 'drafting', 'communicant', { 'intake.words': 6001 })).toBe(false);
    expect(ask('submit', 'drafting', 'communicant', { 'intake.named': false })).toBe(false);
  });
});

const FILER = 'communicant:1';
const PARTY = 'state:KAZ';
const SECRETARIAT = 'secretariat:aarhus';
const COMMITTEE = 'body:aarhus-committee';
const MEETING = 'body:aarhus-meeting';
const keys = [FILER, PARTY, SECRETARIAT, COMMITTEE, MEETING, 'clock'];
/** Who reads a compartment, stage by stage; the clock moves proceedings, and reads nothing. */
const readersIn = (compartment: string, by = 'communicant') =>
  Object.fromEntries(
    stages.map((stage) => {
      const rows = deriveAccess(aarhus, {
        proceedingId: 'p-1',
        stage,
        participants: [
          { role: by, principal: FILER },
          { role: 'partyConcerned', principal: PARTY },
        ],
        principals: new Map(keys.map((key) => [key, key])),
        sides: [FILER, PARTY, SECRETARIAT],
      });
      const readers = rows.filter((row) => row.compartment === compartment);
      const people = keys.filter(
        (key) => key !== 'clock' && readers.some(({ principalId }) => principalId === key),
      );
      return [stage, people];
    }),
  );

describe('who may know of a case', () => {
  const before = ['drafting', 'discarded', 'taken-back', 'received', 'incomplete'];

  it.each(['communicant', 'submittingParty'])('are these, of what a %s filed', (by) => {
    const readers = readersIn('case', by);
    expect(readers['drafting']).toEqual([FILER]);
    expect(readers['discarded']).toEqual([FILER]);
    for (const stage of ['taken-back', 'received', 'incomplete']) {
      expect([stage, readers[stage]]).toEqual([stage, [FILER, SECRETARIAT]]);
    }
    for (const stage of stages.filter((each) => !before.includes(each))) {
      const meets = ['before-meeting', 'follow-up', 'closed'].includes(stage) ? [MEETING] : [];
      const all = [FILER, PARTY, SECRETARIAT, COMMITTEE, ...meets];
      expect([stage, readers[stage]]).toEqual([stage, all]);
    }
  });

  it('read what the sides share as they may know of it, and the Meeting nothing but the case', () => {
    const shared = readersIn('parties');
    const known = readersIn('case');
    for (const stage of stages) {
      const all = known[stage]!.filter((key) => key !== MEETING);
      expect([stage, shared[stage]]).toEqual([stage, all]);
    }
  });

  it('keep from the other side what is given in confidence, and from both the deliberations', () => {
    const within = (compartment: string) => new Set(Object.values(readersIn(compartment)).flat());
    expect(within(`filed:${FILER}`)).toEqual(new Set([FILER, SECRETARIAT, COMMITTEE]));
    expect(within(`filed:${PARTY}`)).toEqual(new Set([PARTY, SECRETARIAT, COMMITTEE]));
    expect(within(`desk:${FILER}`)).toEqual(new Set([FILER]));
    expect(within('committee')).toEqual(new Set([SECRETARIAT, COMMITTEE]));
    expect(within('identity')).toEqual(new Set());
    expect(readersIn(`filed:${FILER}`)['received']).toEqual([FILER, SECRETARIAT]);
  });

  it('are told to whoever prepares it, each from the stage on at which it reads', () => {
    const from = readersOf(aarhus, 'filed:*', ['communicant']).map(
      ({ role, from: stage }) => `${role} from ${stage}`,
    );
    expect(from).toEqual([
      'communicant from drafting',
      'secretariat from taken-back',
      'committee from preliminary',
    ]);
  });
});

describe('its deadlines', () => {
  const due = (deadline: string, anchor: string): string => {
    const rule = aarhus.deadlines.find((each) => each.deadline === deadline)!;
    return dueOf(rule, anchor, { zone: aarhus.zone, holidays: geneva }).local;
  };

  it.each([
    ['2025-08-31T10:00:00+02:00', '2026-01-31T23:59'],
    ['2026-09-30T10:00:00+02:00', '2027-02-28T23:59'],
    ['2027-09-30T10:00:00+02:00', '2028-02-29T23:59'],
    ['2026-03-15T10:00:00+01:00', '2026-08-15T23:59'],
    // Handed on late in the evening, while it is another day elsewhere.
    ['2026-08-31T21:30:00Z', '2027-01-31T23:59'],
    ['2026-08-31T22:30:00Z', '2027-02-01T23:59'],
  ])('give the Party five months of the calendar: from %s to %s', (anchor, local) => {
    expect(due('party-response', anchor)).toBe(local);
  });

  it('give both sides six weeks for comments', () => {
    expect(due('comments-on-draft', '2026-10-05T12:00:00+02:00')).toBe('2026-11-16T23:59');
  });
});
