import { describe, expect, it } from '@jest/globals';
import * as word from '../../../test/factories/word.js';
import * as open from '../../../test/factories/open-document.js';
import { pdf, scripted, launching } from '../../../test/factories/pdf-pages.js';
import { assertNoBomb, assertPassive } from './check-pdf.js';
import { countWords, type Counted } from './count-words.js';
import { readDocx } from './read-docx.js';
import { readOdt } from './read-odt.js';
import { readPdf } from './read-pdf.js';
import { readZip } from './zip.js';

const told = ({ words, leftOut }: Counted) =>
  [`body ${words}`, ...leftOut.map(({ part, words: n }) => `${part} ${n}`)].join(', ');
const ofDocx = async (content: word.DocxContent) =>
  countWords(readDocx(await readZip(await word.docx(content))));
const ofOdt = async (content: open.OdtContent) =>
  countWords(readOdt(await readZip(await open.odt(content))));
const { paragraph, run } = word;

describe('a Word document', () => {
  it('is read with its tables, lists and text boxes, each once', async () => {
    const body = [
      paragraph('The law is good.'),
      word.table([
        ['one two', 'three'],
        ['four', 'five six'],
      ]),
      paragraph(`${run('Before')}${word.textBox('in the box')}${run(' after')}`),
    ].join('');
    const counted = await ofDocx({ body });
    expect(told(counted)).toBe('body 15');
    expect(counted.text.split('\n')).toEqual([
      'The law is good.',
      'one two',
      'three',
      'four',
      'five six',
      'in the box',
      'Before after',
    ]);
  });

  it('leaves out what its structure tells: notes apart, contents, headers', async () => {
    const entry = (text: string, style = 'TOC1') => paragraph(text, style);
    const body = [
      entry('Contents', 'TOCHeading'),
      entry('Introduction 1'),
      paragraph(word.field('TOC \\o', run('A field of contents'))),
      paragraph('Introduction', 'Heading1'),
      paragraph(
        `${run('Laws')}${word.footnote(1)}${run(' and life')}${word.endnote(1)}${run('.')}`,
      ),
      paragraph('Annex I'),
      paragraph('List of laws'),
    ].join('');
    const counted = await ofDocx({
      body,
      footnotes: ['Official Gazette'],
      endnotes: ['Ibid., number one'],
      header: 'A/HRC/1/2',
      footer: 'Page 7',
    });
    expect(told(counted)).toBe(
      'body 4, contents 7, furniture 3, footnotes 2, endnotes 3, annexes 5',
    );
    expect(counted.text).not.toMatch(/A\/HRC|Page/);
  });

  it('has no words of what was deleted, said beside it, computed or hidden', async () => {
    const body = [
      paragraph(`${run('It is ')}${word.deleted('not at all', 'Somebody')}${run('so.')}`),
      paragraph(`${word.inserted('New words', 'Somebody')}${word.comment(1)}`),
      paragraph(word.field('PAGE \\* MERGEFORMAT', run('7'))),
      paragraph(`${run('hidden words', '<w:vanish/>')}${run('seen', '<w:vanish w:val="0"/>')}`),
    ].join('');
    const counted = await ofDocx({ body, comments: ['Who says so?'], author: 'Somebody' });
    expect(counted.text.split('\n')).toEqual(['It is so.', 'New words', '7', 'seen']);
  });

  it('reads the same under other prefixes', async () => {
    const xml = `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Three good words</x:t></x:r></x:p></x:body></x:document>`;
    expect(told(await ofDocx({ body: '', more: { 'word/document.xml': xml } }))).toBe('body 3');
  });

  it.each([
    ['damaged-file', '<w:document'],
    ['damaged-file', '<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'],
    ['damaged-file', '<x>\u0001</x>'],
    ['document-too-complex', `${'<x>'.repeat(600)}${'</x>'.repeat(600)}`],
  ])('is %s where its XML is', async (code, xml) => {
    const reading = ofDocx({ body: '', more: { 'word/document.xml': xml } });
    await expect(reading).rejects.toMatchObject({ code });
  });

  it('is refused where its text is longer than any, or comes from elsewhere', async () => {
    // Not too regular, so that it is the length and not the ratio that stands out.
    const words = Array.from({ length: 600_000 }, (_, i) => `${(i * 7919) % 999_983} words`);
    const body = paragraph(words.join(' '));
    await expect(ofDocx({ body })).rejects.toMatchObject({ code: 'text-too-long' });
    const relation =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="x.html"/></Relationships>';
    const more = { 'word/_rels/document.xml.rels': relation };
    await expect(ofDocx({ body: '', more })).rejects.toMatchObject({ code: 'active-content' });
  });
});

describe('an OpenDocument text', () => {
  it('is read with its parts, without what was deleted, said beside it or hidden', async () => {
    const counted = await ofOdt({
      header: 'A running title',
      footer: '7',
      deleted: 'These words went',
      author: 'Somebody',
      body: [
        open.contents('Contents', 'Introduction 1'),
        open.heading('Introduction'),
        open.textP(
          `<text:span>The  law<text:s text:c="2"/></text:span>${open.note('footnote', 1, 'Official Gazette')}${open.span('is hidden', 'T2')}<text:tab/>holds.`,
        ),
        open.textP(`${open.annotation('Who says so?', 'Somebody')}${open.span('Life goes on.')}`),
        open.textP(`<text:span>See</text:span>${open.note('endnote', 1, 'Ibid.')}`),
        open.textP('Annex', 'P1'),
        open.textP('List of laws'),
      ].join(''),
    });
    expect(told(counted)).toBe(
      'body 8, contents 3, furniture 4, footnotes 2, endnotes 1, annexes 4',
    );
    expect(counted.text).toContain('The law\tholds.');
    expect(counted.text).not.toMatch(/went|hidden|says so/);
  });
});

describe('a PDF', () => {
  it('is read line by line, with running titles and notes left out', async () => {
    const laws = ['Every State has a law', 'Each land has its custom', 'Many a house has rules'];
    const page = (n: number) => ({
      header: 'A/HRC/1/2',
      lines: [
        { text: `${n}. ${laws[n - 1]}`, raised: String(n) },
        `and keeps it; ${laws[3 - n]?.slice(0, 4)}, imple-`,
        'mentation goes on.',
      ],
      notes: [[String(n), `Gazette No. ${n}.`] as const],
      footer: String(n),
    });
    const counted = countWords(await readPdf(await pdf([page(1), page(2), page(3)])));
    expect(told(counted)).toBe('body 39, furniture 6, footnotes 12');
    expect(counted.text).toContain('implementation');
  });

  it('is refused without text, broken off, locked or damaged', async () => {
    const empty = await pdf([{ lines: [] }, { lines: ['Scanned'] }]);
    await expect(readPdf(empty)).rejects.toMatchObject({
      code: 'no-text-layer',
      facts: { pages: 2, words: 1 },
    });
    const whole = await pdf([{ lines: ['Some words'] }]);
    const half = whole.subarray(0, whole.length / 2);
    await expect(readPdf(half)).rejects.toMatchObject({ code: 'damaged-file' });
    const husk = Buffer.from('%PDF-1.7\nstartxref\n0\n%%EOF\n');
    await expect(readPdf(husk)).rejects.toMatchObject({ code: 'damaged-file' });
    const locked = await pdf([{ lines: ['Some words'] }], {
      finish: (document) => document.encrypt({ userPassword: 'x', ownerPassword: 'y' }),
    });
    await expect(readPdf(locked)).rejects.toMatchObject({ code: 'encrypted-file' });
    const restricted = await pdf([{ lines: ['Some words'] }], {
      finish: (document) => document.encrypt({ userPassword: '', ownerPassword: 'y' }),
    });
    await expect(readPdf(restricted)).rejects.toMatchObject({ code: 'encrypted-file' });
  });

  it.each([
    ['JavaScript', scripted],
    ['Launch', launching],
  ])('is refused where it would do something: %s', async (found, finish) => {
    const bytes = await pdf([{ lines: ['Some words'] }], { finish });
    await expect(assertPassive(bytes)).rejects.toMatchObject({
      code: 'active-content',
      facts: { found },
    });
    await assertPassive(await pdf([{ lines: ['Some words'] }]));
  });

  it('is refused where a stream of it inflates without end', async () => {
    const bomb = await pdf([{ lines: ['Some words'] }], {
      finish(document) {
        document.context.register(document.context.flateStream(Buffer.alloc(80 * 1024 * 1024)));
      },
    });
    expect(bomb.length).toBeLessThan(200_000);
    expect(() => assertNoBomb(bomb)).toThrow('zip-bomb');
    assertNoBomb(await pdf([{ lines: ['Some words'] }]));
  });
});
