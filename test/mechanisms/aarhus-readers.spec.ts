import { describe, expect, it } from '@jest/globals';
import { deriveAccess } from '../../src/kernel/access.js';
import { dueOf } from '../../src/kernel/deadlines.js';
import { readersOf } from '../../src/modules/intake/intake.rules.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';
import { holidaysOf } from '../../src/modules/mechanisms/mechanisms.rules.js';

const mechanisms = loadMechanisms('mechanisms');
const aarhus = mechanisms.definitions.find(({ key }) => key === 'aarhus')!;
const stages = aarhus.stages.map(({ stage }) => stage);
const geneva = holidaysOf(mechanisms.calendars.find((each) => each.calendar === 'un-geneva')!);

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
      'secretariat from received',
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
