import { describe, expect, it } from '@jest/globals';
import { inProject } from '../../config/project-root.js';
import { countWords } from '../../platform/formats/count-words.js';
import { linesOf } from '../../platform/print/printed.js';
import { compose, type ReportDraft } from './composition.rules.js';
import type { Listed } from './labels.rules.js';
import { loadLayouts, type Layout } from './load-layouts.js';

const [layout] = loadLayouts(inProject('mechanisms/reports')) as [Layout];
const document = layout.documents.find(({ kind }) => kind === 'working-group-report')!;

const made = (id: string, more: Partial<Listed> = {}): Listed => ({
  id,
  label: null,
  text: `Do ${id}`,
  states: ['France'],
  room: null,
  answer: null,
  stated: null,
  comment: null,
  wholeId: null,
  part: null,
  ...more,
});
const draft = (more: Partial<ReportDraft> = {}): ReportDraft => ({
  document,
  masthead: layout.masthead,
  particulars: { state: 'Slovenia' },
  issued: [],
  recommendations: [],
  wholes: [],
  pledges: [],
  paragraphs: [],
  ...more,
});
const wrote = (section: string, text: string) => ({ id: text, section, text, version: 1 });
const marks = (one: ReportDraft): string[] =>
  compose(one).sections.flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ items }) => items.map(({ mark }) => mark)),
  );

describe('a composed report', () => {
  it('numbers paragraphs through its sections, and labels by the paragraph of the group', () => {
    const one = draft({
      recommendations: [
        made('b', { room: 'supported' }),
        made('a'),
        made('c', { room: 'noted', label: '9.1' }),
      ],
      paragraphs: [wrote('presentation', 'First.'), wrote('conclusions', 'Before.')],
    });
    const { sections, labels } = compose(one);
    const numbers = sections.flatMap(({ paragraphs }) => paragraphs.map(({ number }) => number));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(marks(one)).toEqual(['7.1', '8.1', '9.1']);
    expect(labels.map(({ id, proposed }) => `${id} ${proposed}`)).toEqual([
      'b 7.1',
      'a 8.1',
      'c 9.1',
    ]);
  });

  it('prints the label that a recommendation has, and says which its place gives it', () => {
    const one = draft({ recommendations: [made('a', { label: '115.1' })] });
    expect(marks(one)).toEqual(['115.1']);
    expect(compose(one).labels).toEqual([{ id: 'a', label: '115.1', proposed: '5.1' }]);
  });

  it('gives the parts of what was split one number, wherever they stand', () => {
    const part = (id: string, n: number, room: string) =>
      made(id, { wholeId: 'whole', part: n, room });
    const one = draft({
      recommendations: [part('a', 1, 'supported'), part('b', 2, 'noted')],
      wholes: [{ id: 'whole', label: null }],
    });
    expect(compose(one).labels.map(({ proposed }) => proposed)).toEqual([
      '5.1 (a)',
      '5.1 (b)',
      '5.1',
    ]);
  });

  it('names States apart or together, and nobody where that was withdrawn', () => {
    const texts = (recommenders: 'apart' | 'together') =>
      compose(
        draft({
          document: { ...document, recommenders },
          recommendations: [
            made('a', { states: ['France', 'Spain'], text: 'Act.' }),
            made('b', { states: [], text: '[withdrawn]' }),
          ],
        }),
      )
        .sections.filter(({ section }) => section === 'conclusions')
        .flatMap(({ paragraphs }) => paragraphs.flatMap(({ items }) => items))
        .map(({ text }) => text);
    expect(texts('apart')).toEqual(['Act (France) (Spain);', '[withdrawn].']);
    expect(texts('together')[0]).toBe('Act (France, Spain);');
  });

  it('says what is blank, and leaves out what is not asked for', () => {
    const particulars = { state: 'Slovenia', session: 'fiftieth', troika: 'A, B and C' };
    const { blanks, sections } = compose(draft({ particulars }));
    expect(blanks).toContain('meeting');
    expect(blanks).not.toContain('session');
    // Nobody asked in advance: paragraph 4 is that of the dialogue.
    const dialogue = sections.find(({ section }) => section === 'dialogue')!;
    expect(dialogue.paragraphs[0]).toMatchObject({ number: 4 });
    const asked = compose(draft({ particulars: { ...particulars, questionsBy: 'Spain' } }));
    expect(asked.sections[0]?.paragraphs.at(-1)?.text).toContain('prepared in advance by Spain');
  });

  it('has pledges where there are any, and a delegation that no limit counts', () => {
    const bare = compose(draft());
    const one = compose(
      draft({ pledges: ['To build.'], paragraphs: [wrote('delegation', 'Ms. A, Minister')] }),
    );
    expect(one.sections.find(({ section }) => section === 'pledges')!.paragraphs).toMatchObject([
      { number: 5, items: [{ mark: '5.1', text: 'To build.' }] },
    ]);
    expect(one.annex.groups).toHaveLength(1);
    const pledges = 'Slovenia made the following voluntary pledges and commitments: To build.';
    // Two marks are counted with them.
    expect(one.words - bare.words).toBe(pledges.split(' ').length + 2);
    expect(countWords(linesOf(one)).leftOut).toEqual([{ part: 'annexes', words: 8 }]);
  });
});
