import { describe, expect, it } from '@jest/globals';
import { stateNames } from '../modules/directory/state-names.rules.js';
import { compareAddendum, compareReport } from './compare-report.js';
import { readPrinted } from './report-text.js';
import type { ComposedReport } from './write-report.js';

const PRINTED = `
  Introduction
  1.   The Working Group held its meet-
  ing in May.
  I. Summary of the proceedings
  A. Presentation by the State under review
  2.   The delegation spoke.
  II. Conclusions and/or recommendations
  3.   The following recommendations enjoy the support of Palau:
       3.1   Ratify the Con-
       vention (France) (Spain);
       3.2   Build ships (Spain).
  4.   All conclusions stand.
Annex
  •  Ms. A, Minister;
  •  Mr. B.
`;
const names = stateNames([
  { iso3: 'FRA', names: [{ name: 'France' }] },
  { iso3: 'ESP', names: [{ name: 'Spain' }] },
]);

const item = (mark: string, text: string) => ({ mark, text, recommendationId: mark });
const paragraph = (number: number, text: string, items: object[] = [], written = false) => ({
  number,
  text,
  items,
  written: written ? { id: text } : null,
});
const composed = (items: object[], first = 'The Working Group held its meeting in May.') =>
  ({
    relabelled: [],
    sections: [
      {
        section: 'all',
        paragraphs: [
          paragraph(1, first),
          paragraph(2, 'The delegation spoke.', [], true),
          paragraph(3, 'The following recommendations enjoy the support of Palau:', items),
          paragraph(4, 'All conclusions stand.'),
        ],
      },
    ],
  }) as unknown as ComposedReport;
const FIRST = item('3.1', 'Ratify the Convention (France) (Spain);');
const SECOND = item('3.2', 'Build ships (Spain).');
const EQUAL = [FIRST, SECOND];

describe('a composed report beside the printed one', () => {
  it('reads the printed one by its paragraphs, labels and annex', () => {
    const printed = readPrinted(PRINTED);
    expect(printed.paragraphs.map(({ number, items }) => [number, items.length])).toEqual([
      [1, 0],
      [2, 0],
      [3, 2],
      [4, 0],
    ]);
    expect(printed.delegation).toEqual(['Ms. A, Minister', 'Mr. B']);
  });

  it('differs in nothing where all is the same, and counts no paragraph that was copied', () => {
    const { counts, differences } = compareReport(composed(EQUAL), readPrinted(PRINTED), names);
    expect(differences).toEqual([]);
    expect(counts).toContainEqual({ what: 'composed paragraphs', equal: 3, of: 3 });
    expect(counts).toContainEqual({ what: 'given labels that fit their place', equal: 2, of: 2 });
  });

  it.each([
    ['a text', [item('3.1', 'Ratify it (France) (Spain);'), SECOND], /^3\.1: says "it"/],
    ['a State', [item('3.1', 'Ratify the Convention (France);'), SECOND], /^3\.1: by FRA, not/],
    ['an order', [item('3.1', 'Ratify the Convention (Spain) (France);'), SECOND], /order ESP/],
    ['brackets', [item('3.1', 'Ratify the Convention (France, Spain);'), SECOND], /ends in/],
    ['a label', [FIRST, item('3.3', 'Build ships (Spain).')], /^3\.3: is not in the report/],
    ['what is missing', [FIRST], /^3\.2: is in the report alone/],
  ])('tells %s that differs', (_, items, told) => {
    const { differences } = compareReport(composed(items), readPrinted(PRINTED), names);
    expect(differences).toContainEqual(expect.stringMatching(told));
  });

  it('tells a composed paragraph that differs', () => {
    const other = composed(EQUAL, 'The Working Group met in May.');
    const { differences } = compareReport(other, readPrinted(PRINTED), names);
    expect(differences).toEqual([expect.stringMatching(/^paragraph 1: says "met in May/)]);
  });

  it('tells positions of an addendum that differ', () => {
    const answers = { section: 'supported', paragraphs: [{ items: EQUAL }] };
    const addendum = { sections: [answers] } as unknown as ComposedReport;
    const text = '\n1. Palau accepts recommendation 3.1.\n\n2. Palau notes recommendation 3.2.\n';
    expect(compareAddendum(addendum, text)).toEqual({
      counts: [{ what: 'positions', equal: 1, of: 2 }],
      differences: ['3.2: supported, not noted'],
    });
  });
});
