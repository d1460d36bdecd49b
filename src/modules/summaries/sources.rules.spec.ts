import { describe, expect, it } from '@jest/globals';
import { namesHidden, proposeMark, useOf } from './sources.rules.js';

const now = new Date('2027-01-10T09:00:00Z');

describe('a mark', () => {
  const mark = (name: string, acronym: string | null = null, taken: string[] = []) =>
    proposeMark({ name, acronym }, new Set(taken));

  it('is the acronym that was given, else one of the name', () => {
    expect(mark('Amnesty International', 'Amn')).toBe('Amn');
    expect(mark('Amnesty International')).toBe('AI');
    expect(mark('International Campaign to Abolish Nuclear Weapons')).toBe('ICANW');
    expect(mark('ERA LGBTI Association')).toBe('ERALGBTIA');
    expect(mark('Greenpeace')).toBe('Greenpeace');
    expect(mark('—')).toBe('S');
  });

  it('is borne by one alone, and never that of a joint submission', () => {
    expect(mark('Animals International', null, ['AI', 'AI-2'])).toBe('AI-3');
    expect(mark('A name', 'JS4')).toBe('JS4-2');
  });
});

describe('what may be done with a source', () => {
  const submission = {
    withdrawn: [] as string[],
    hasText: true,
    published: false,
    audience: null as string | null,
    until: null as Date | null,
  };
  const use = (more: Partial<typeof submission>, sealed = false) => {
    const { use: allowed, because } = useOf({
      sealed,
      now,
      submission: { ...submission, ...more },
    });
    return `${allowed} ${because}`;
  };

  it('is to cite it, unless somebody is hidden or something is held back', () => {
    const until = new Date('2027-01-09T09:00:00Z');
    expect(use({})).toBe('cited null');
    expect(use({}, true)).toBe('unnamed sealed');
    expect(use({ withdrawn: ['author'] })).toBe('unnamed author-withdrawn');
    expect(use({ hasText: false })).toBe('hidden withdrawn');
    expect(use({ audience: 'parties' }, true)).toBe('hidden kept-to-parties');
    // Its grace is not over.
    expect(use({ until })).toBe('hidden embargoed');
    expect(use({ until, published: true })).toBe('cited null');
    expect(use({ until: new Date('2027-01-01T09:00:00Z') })).toBe('cited null');
    expect(useOf({ sealed: false, now })).toEqual({ use: 'cited', because: null });
  });
});

describe('a text names somebody hidden', () => {
  const source = { mark: 'AI', name: 'Amnesty International', partners: ['A. Partner'] };
  const names = (text: string, use: 'cited' | 'unnamed' = 'unnamed') =>
    namesHidden(text, [{ ...source, withheld: ['Quiet (Group)'], use }]);

  it('by a mark, a name or a partner, as words of their own', () => {
    expect(names('AI stated')).toBe(true);
    expect(names('AMNESTY\n international stated')).toBe(true);
    expect(names('with a. partner')).toBe(true);
    expect(names('AID stated, and ai too')).toBe(false);
    expect(names('AI-2 stated')).toBe(false);
    expect(names('AI stated', 'cited')).toBe(false);
    expect(names('said the quiet (group).', 'cited')).toBe(true);
  });
});
