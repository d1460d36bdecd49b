import { describe, expect, it } from '@jest/globals';
import type { KnownFacts } from '../../src/kernel/compare-facts.js';
import { decide } from '../../src/kernel/decide.js';
import { excessOf } from '../../src/modules/intake/intake.rules.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';
import { AARHUS_NAMES } from './aarhus-names.js';

const mechanisms = loadMechanisms('mechanisms');
const aarhus = mechanisms.definitions.find(({ key }) => key === 'aarhus')!;
const stages = aarhus.stages.map(({ stage }) => stage);
const roles = aarhus.roles.map(({ role }) => role);

const now = '2026-11-30T09:00:00Z';
/** Facts under which every move may be made, as far as they do not exclude each other. */
const favourable: KnownFacts = {
  'intake.missing': 0,
  'intake.excess': 0,
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
      requires.filter((atom) => 'fact' in atom && atom.fact === 'intake.excess'),
    );
    expect(limits).toEqual([{ fact: 'intake.excess', atMost: 0, else: 'over-word-limit' }]);
    expect([6000, 6001].map((words) => excessOf(aarhus.intake!, words))).toEqual([0, 1]);
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
defer-determination: preliminary -> deferred by SC
take-up-again: deferred -> preliminary by SC
determine-inadmissible: preliminary deferred -> inadmissible by SC
determine-admissible: preliminary -> forwarded by SC
close-written-phase: forwarded -> examination by SC
proceed-on-file: forwarded -> examination by CT
open-hearing: examination -> hearing by SC
begin-deliberation: examination hearing -> deliberation by SC
circulate-draft: deliberation -> draft-findings by SC
take-up-comments: draft-findings -> finalization by T
adopt-findings: finalization -> findings-adopted by SC
transmit-findings: findings-adopted -> before-meeting by S
close-without-measures: findings-adopted -> closed by SC
endorse-findings: before-meeting -> follow-up by R
defer-endorsement: before-meeting -> findings-adopted by R
report-again: follow-up -> before-meeting by SC
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
submit without intake.excess: over-word-limit
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
    expect(ask('submit', 'drafting', 'communicant', { 'intake.excess': 1 })).toBe(false);
    expect(ask('submit', 'drafting', 'communicant', { 'intake.named': false })).toBe(false);
  });
});
