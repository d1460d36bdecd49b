import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sample } from '../../test/mechanisms/sample-definition.js';
import { audienceOf, ruleFor, type Event, type NoticeRule, type Reader } from './audience.js';

const participants = [
  { role: 'party', principal: 'state:SVN' },
  { role: 'author', principal: 'organization:7' },
];
const event = (more: Partial<Event> = {}): Event => ({
  what: 'moved',
  compartment: 'case',
  move: 'forward',
  deadline: null,
  participants,
  sides: [],
  asked: [],
  ...more,
});
const reader = (accountId: string, side: string, more: Partial<Reader> = {}): Reader => ({
  accountId,
  side,
  group: side.startsWith('state:') ? 'states' : null,
  role: 'head',
  ...more,
});
const READERS = [
  reader('svn', 'state:SVN'),
  reader('fra', 'state:FRA'),
  reader('ngo', 'organization:7'),
  reader('office', 'secretariat:sample'),
];
const rule = (...to: string[]): NoticeRule => ({ event: 'moved', to, urgency: 'normal' });
const told = (to: string[], more: Partial<Event> = {}, readers: readonly Reader[] = READERS) =>
  audienceOf(sample, rule(...to), event(more), readers);

describe('who is told', () => {
  it('is whoever holds a role that the rule names, by all of their seats', () => {
    expect(told(['party'])).toEqual(['svn']);
    expect(told(['party', 'secretariat'])).toEqual(['svn', 'office']);
    const both = [reader('svn', 'state:SVN'), reader('svn', 'secretariat:sample')];
    expect(told(['secretariat'], {}, both)).toEqual(['svn']);
  });

  it('is the side whose desk or tray it is, and all who share what is joint', () => {
    expect(told(['side'], { compartment: 'desk:state:SVN' })).toEqual(['svn']);
    expect(told(['side'], { compartment: 'filed:organization:7' })).toEqual(['ngo']);
    expect(told(['side'], { compartment: 'case' })).toEqual([]);
    const joint = [reader('ngo', 'organization:7'), reader('fra', 'state:FRA')];
    expect(told(['side'], { compartment: 'joint:1' }, joint)).toEqual(['ngo', 'fra']);
  });

  it('is the head of the side whose desk it is, not the others there, nor other heads', () => {
    const readers = [...READERS, reader('drafter', 'state:SVN', { role: 'drafter' })];
    expect(told(['head'], { compartment: 'desk:state:SVN' }, readers)).toEqual(['svn']);
    expect(told(['head'], { compartment: 'case' }, readers)).toEqual([]);
  });

  it('is whoever acted, or on whose behalf, with the others of their side', () => {
    expect(told(['side'], { sides: ['state:FRA'] })).toEqual(['fra']);
  });

  it('is whoever it names as asked, and may read it', () => {
    const asked = ['state:FRA', 'state:KEN'];
    expect(told(['asked'], { asked })).toEqual(['fra']);
    expect(told(['asked'], { asked, sides: ['state:SVN'] })).toEqual(['fra']);
    expect(told(['asked', 'party'], { asked: ['state:SVN'] })).toEqual(['svn']);
    expect(told(['asked'], { asked }, [])).toEqual([]);
    expect(told(['asked'])).toEqual([]);
    // To be named is no role: a rule that does not tell who is asked tells them nothing.
    expect(told(['party'], { asked })).toEqual(['svn']);
  });

  it('is whoever the deadline binds that it is about', () => {
    for (const { deadline, owedBy } of sample.deadlines) {
      expect(told(['bound'], { deadline })).toEqual(expect.arrayContaining(told([owedBy])));
    }
    expect(told(['bound'])).toEqual([]);
    const [first] = sample.deadlines;
    const parameters = { 'list.by': 'author', 'list.closes': first?.deadline ?? '' };
    const bound = audienceOf(
      { ...sample, parameters },
      rule('bound'),
      event({ deadline: first?.deadline ?? '' }),
      READERS,
    );
    expect(bound).toContain('ngo');
  });

  it('is never somebody who may not read it, and nobody twice', () => {
    const names = fc.subarray([...sample.roles.map(({ role }) => role), 'side', 'bound', 'asked']);
    fc.assert(
      fc.property(fc.subarray(READERS), names, (some, to) => {
        const which = { compartment: 'filed:state:SVN', asked: ['state:FRA', 'organization:7'] };
        const accounts = told(to, which, [...some, ...some]);
        expect(new Set(accounts).size).toBe(accounts.length);
        for (const account of accounts)
          expect(some.map((each) => each.accountId)).toContain(account);
      }),
    );
  });

  it('follows the first rule that fits', () => {
    const first = { ...rule('party'), moves: ['forward'] };
    expect(ruleFor([first, rule('secretariat')], event())).toBe(first);
    expect(ruleFor([first], event({ move: 'close' }))).toBeUndefined();
    expect(ruleFor([first], event({ what: 'opened' }))).toBeUndefined();
  });
});
