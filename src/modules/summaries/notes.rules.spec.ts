import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compose, type Draft } from './composition.rules.js';
import type { Layout } from './load-layouts.js';
import { noteText, piecesOf, signsMatch, withSign } from './notes.rules.js';

const sources = ['AI', 'HRO', 'JS1', 'JS2', 'JS3'].map((mark, index) => ({
  id: `source ${index}`,
  mark,
  name: `Organization ${index}`,
  place: null,
  partners: [],
  withheld: [],
  joint: mark.startsWith('JS'),
  standsWith: mark === 'HRO' ? ('nhri' as const) : ('civil-society' as const),
}));
const uses = fc.constantFrom<'cited' | 'unnamed' | 'hidden'>('cited', 'cited', 'unnamed', 'hidden');

const layout: Layout = {
  mechanism: 'sample',
  masthead: ['A body'],
  documents: [],
  themes: [
    { theme: 'first', under: [] },
    { theme: 'second', under: ['group', 'kind'] },
    { theme: 'third', under: ['group', 'kind'] },
    { theme: 'fourth', under: ['group', 'other'] },
  ],
};
const document = {
  kind: 'summary',
  title: 'Summary on {state}',
  subtitle: 'A report',
  background: 'A summary of {count} submissions{note} follows.',
  listNote: 'Listed in the annex.',
  information: 'Information',
};

const PASSAGES = 12;
const passage = (id: number) => ({ id: `passage ${id}`, source: id % sources.length, at: id });
const ids = fc.subarray(Array.from({ length: PASSAGES }, (_, id) => `passage ${id}`));
const note = fc
  .record({ passages: ids, seeAlso: ids })
  .filter(({ passages, seeAlso }) => passages.length + seeAlso.length > 0);
const paragraph = fc
  .record({
    theme: fc.constantFrom(...layout.themes.map(({ theme }) => theme)),
    place: fc.nat(50),
    notes: fc.array(note, { minLength: 1, maxLength: 4 }),
    emptied: fc.boolean(),
  })
  .map((given) => ({
    ...given,
    text: given.notes.map((_, index) => `Sentence ${index}.[^${index + 1}]`).join(' '),
  }));

const drafts = fc
  .record({
    used: fc.tuple(uses, uses, uses, uses, uses),
    paragraphs: fc.array(paragraph, { maxLength: 12 }),
  })
  .map(({ used, paragraphs }): Draft => {
    const all = sources.map((source, index) => ({ ...source, use: used[index] ?? 'cited' }));
    return {
      layout,
      document,
      state: 'Slovenia',
      symbol: null,
      background: null,
      sources: all,
      passages: Array.from({ length: PASSAGES }, (_, id) => passage(id)).map((each) => {
        const from = all[each.source];
        return {
          id: each.id,
          sourceId: from?.id ?? '',
          mark: from?.use === 'cited' ? from.mark : null,
          pinpoint: `para. ${each.at}`,
        };
      }),
      paragraphs: paragraphs.map((each, index) => ({ ...each, id: `paragraph ${index}` })),
      labelOf: (theme) => theme,
    };
  });

describe('the notes of a summary', () => {
  it('are numbered as they come, and each is referred to once', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { blocks, notes } = compose(draft);
        const runs = blocks.flatMap((each) => (each.kind === 'paragraph' ? each.runs : []));
        const referred = runs.flatMap((run) => ('note' in run ? [run.note] : []));
        expect(referred).toEqual(notes.map((_, index) => index + 1));
        const numbers = blocks.flatMap((each) => (each.kind === 'paragraph' ? [each.number] : []));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }),
    );
  });

  it('cite every passage of a named source at its paragraph, and no other', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { paragraphs, notes } = compose(draft);
        const markOf = new Map(draft.passages.map((each) => [each.id, each]));
        for (const each of paragraphs) {
          for (const [index, cites] of each.paragraph.notes.entries()) {
            const printed = each.notes[index] ?? null;
            const cited = [...cites.passages, ...cites.seeAlso].map((id) => markOf.get(id)!);
            const named = cited.filter(({ mark }) => mark !== null);
            const silent = each.held !== null || named.length === 0;
            expect(printed === null).toBe(silent);
            const text = printed === null ? '' : notes[printed.number - 1];
            expect(text).toBe(printed?.text ?? '');
            const told = [
              ...(text ?? '').matchAll(/(AI|HRO|JS\d), paras?\. ([\d, and]+)/g),
            ].flatMap(([, mark, list]) => (list?.match(/\d+/g) ?? []).map((n) => `${mark} ${n}`));
            const meant = silent
              ? []
              : named.map(({ mark, pinpoint }) => `${mark} ${pinpoint.slice(6)}`);
            expect([...new Set(told)].toSorted()).toEqual([...new Set(meant)].toSorted());
          }
        }
      }),
    );
  });

  it('name nobody who is not named, nor does the list', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const printed = JSON.stringify({ ...compose(draft), paragraphs: [] });
        for (const { use, mark, name } of draft.sources) {
          if (use === 'cited') continue;
          expect(printed).not.toMatch(new RegExp(String.raw`\b${mark}\b|${name}`));
        }
      }),
    );
  });

  it('hold back what rests on what is hidden, and print all else once', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { paragraphs } = compose(draft);
        expect(paragraphs).toHaveLength(draft.paragraphs.length);
        const hidden = new Set(
          draft.sources.filter(({ use }) => use === 'hidden').map(({ id }) => id),
        );
        const sourceOf = new Map(draft.passages.map(({ id, sourceId }) => [id, sourceId]));
        for (const { paragraph: each, held, number } of paragraphs) {
          const rests = each.notes
            .flatMap(({ passages, seeAlso }) => [...passages, ...seeAlso])
            .some((id) => hidden.has(sourceOf.get(id)!));
          expect(held !== null).toBe(each.emptied || rests);
          expect(number === null).toBe(held !== null);
        }
      }),
    );
  });

  it('read as the real ones', () => {
    const cited = new Map(
      [
        ['a', 'JS2', 'para. 24'],
        ['b', 'AI', 'para. 7'],
        ['c', 'AI', 'para. 9'],
        ['d', 'AI', 'p. 3'],
        ['e', null, 'para. 1'],
      ].map(([id, mark, pinpoint]) => [
        id!,
        { sourceId: mark ?? 'sealed', mark: mark ?? null, pinpoint: pinpoint! },
      ]),
    );
    const text = (passages: string[], seeAlso: string[] = []) =>
      noteText({ passages, seeAlso }, cited);
    expect(text(['a', 'b'])).toBe('JS2, para. 24; AI, para. 7.');
    expect(text(['b', 'a', 'c', 'd'])).toBe('AI, paras. 7 and 9 and p. 3; JS2, para. 24.');
    expect(text(['a'], ['b'])).toBe('JS2, para. 24. See also AI, para. 7.');
    expect(text(['e'], ['b'])).toBe('See AI, para. 7.');
    expect(text(['e'])).toBeNull();
  });

  it('stand where their signs stand', () => {
    const notes = [
      { passages: ['a'], seeAlso: [] },
      { passages: ['b'], seeAlso: [] },
    ];
    expect(signsMatch('One.[^1] Two.[^2]', notes)).toBe(true);
    for (const text of ['One.[^1]', 'One.[^2] Two.[^1]', 'One.[^1] Two.[^2][^2]', 'One.']) {
      expect([text, signsMatch(text, notes)]).toEqual([text, false]);
    }
    expect(withSign('One.', notes.slice(0, 1))).toBe('One.[^1]');
    expect(piecesOf('a[^1]b')).toEqual([{ words: 'a' }, { note: 1 }, { words: 'b' }]);
  });
});
