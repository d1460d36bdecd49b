import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { FORMATS, type Format } from '../../src/platform/formats/format.js';
import * as word from '../factories/word.js';
import { AUTHOR, openReport, pdfReport, sentence, wordReport } from '../factories/reports.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

interface Text {
  readonly language: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly original: { found: { what: string; value: string }[] } | null;
}
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('documents as people have them', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let id: string;
  let url: string;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    ({ id, url } = await begin(slovenia, 'national-report'));
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  async function begin(who: Client, kind: string) {
    const body = { kind, title: 'A report' };
    const begun = await who.post(`/v1/reviews/${review}/documents`, body).expect(201);
    const document = begun.body as { id: string };
    return { id: document.id, url: `/v1/documents/${document.id}/content` };
  }
  const version = async (): Promise<number> =>
    (await slovenia.get(`/v1/documents/${id}`).expect(200)).body.version as number;
  const send = async (bytes: Buffer, type: string, language = 'en') =>
    slovenia.upload(url, bytes, { version: await version(), type, query: { language } });
  const textOf = (answer: { body: unknown }, language = 'en') => {
    const { versions } = answer.body as { versions: [{ texts: Text[] }] };
    return versions[0].texts.find((each) => each.language === language)!;
  };
  const bytesOf = async (who: Client, at: string, query = {}) => {
    const call = who.get(at, query).buffer(true);
    const answer = await call.parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
    return { headers: answer.headers, status: answer.status, bytes: answer.body as Buffer };
  };
  it.each<[Format, string, Promise<Buffer>, number, [string, number][]]>([
    [
      'docx',
      'docx',
      wordReport,
      99,
      [
        ['furniture', 3],
        ['footnotes', 2],
        ['endnotes', 1],
      ],
    ],
    ['odt', 'odt', openReport, 3, [['footnotes', 2]]],
    ['pdf', 'pdf', pdfReport, 9, []],
  ])(
    '%s: counted, found out, kept twice, and handed on scrubbed',
    async (format, ending, made, words, left) => {
      const bytes = await made;
      const type = FORMATS[format];
      const answer = await send(bytes, type);
      expect(answer.status).toBe(200);
      const text = textOf(answer);
      const leftOut = left.map(([part, n]) => ({ part, words: n }));
      expect(text).toMatchObject({ mediaType: type, words, leftOut });
      expect(text.original).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes) });
      const { found } = text.original as { found: { what: string; value: string }[] };
      expect(found.filter(({ what }) => what === 'author').map(({ value }) => value)).toContain(
        AUTHOR,
      );
      const copy = await bytesOf(slovenia, url);
      expect(copy.headers).toMatchObject({
        'content-type': type,
        'content-length': String(text.bytes),
        'content-disposition': `attachment; filename="${id}-1-en.${ending}"`,
      });
      expect(sha256(copy.bytes)).toBe(text.sha256);
      expect(copy.bytes.equals(bytes)).toBe(false);
      const own = await bytesOf(slovenia, url, { which: 'original' });
      expect(own.bytes.equals(bytes)).toBe(true);
      const row = await ledger.row(
        `SELECT t.compartment AS copy, o.compartment AS own, t.file_key <> o.file_key AS two
       FROM casework.document_text t JOIN casework.document_original o ON o.text_id = t.id
       WHERE t.language = 'en'`,
      );
      expect(row).toEqual({ copy: 'desk:state:SVN', own: 'desk:state:SVN', two: true });
    },
  );

  it('say in which language they seem to be', async () => {
    const french =
      'Le Gouvernement a consulté toutes les personnes qui vivent dans le pays au sujet de leurs droits. ';
    const texts = { en: sentence.repeat(8), fr: french.repeat(6) };
    const same = await send(Buffer.from(texts.en), 'text/plain');
    expect(textOf(same)).toMatchObject({ languageFound: 'en', languageDiffers: false });
    const other = await send(Buffer.from(texts.fr), 'text/plain');
    expect(textOf(other)).toMatchObject({ languageFound: 'fr', languageDiffers: true });
    const short = await send(Buffer.from('Bonjour.'), 'text/plain');
    expect(textOf(short)).toMatchObject({ languageFound: null, languageDiffers: false });
  });

  it('keep nobody waiting while one of them is read', async () => {
    const cell = (n: number) => `${(n * 7919) % 999_983} of ${(n * 104_729) % 999_979}`;
    const rows = Array.from({ length: 6_000 }, (_, n) => [cell(n), cell(n + 0.5)]);
    const body = word.table(rows);
    const nasty = await word.docx({ body });
    const reading = send(nasty, FORMATS.docx);
    const state = { done: false };
    void reading.finally(() => (state.done = true));
    let answered = 0;
    while (!state.done) {
      await world.api.as().get('/health/live').expect(200);
      if (!state.done) answered++;
    }
    expect((await reading).status).toBe(200);
    // A server that read it itself would have answered one or two.
    expect(answered).toBeGreaterThan(20);
  });

  it('are read by everybody else without what their side left in them', async () => {
    const { side, head } = await world.organization('Watch');
    const paper = await begin(head, 'stakeholder-submission');
    const bytes = await wordReport;
    const sent = await head
      .upload(paper.url, bytes, { version: 1, type: FORMATS.docx })
      .expect(200);
    const { version: now } = sent.body as { version: number };
    await head.post(`/v1/documents/${paper.id}/submit`, undefined, { version: now }).expect(200);
    const entry = (await ledger.journal(review, `filed:${side}`)).at(-1)!;
    const { salt } = await ledger.row<{ salt: string }>(
      'SELECT salt FROM casework.document_text WHERE sha256 = $1',
      [textOf(sent).sha256],
    );
    const digest = createHash('sha256')
      .update(`${salt}${sha256(bytes)}`)
      .digest('hex');
    expect(entry.facts).toMatchObject({ digest });
    const seen = await world.secretariat.get(`/v1/documents/${paper.id}`).expect(200);
    expect(textOf(seen)).toMatchObject({ original: null, sha256: textOf(sent).sha256 });
    expect(seen.text).not.toContain(AUTHOR);
    const copy = await bytesOf(world.secretariat, paper.url);
    expect(sha256(copy.bytes)).toBe(textOf(seen).sha256);
    const original = world.secretariat.get(paper.url, { which: 'original' });
    await expectRefused(ledger, original, 404, 'not-found');
    await world.reach(review, 'SVN', 'documented');
    const { body: mine } = await head.get(`/v1/documents/${paper.id}`).expect(200);
    const { publicId } = mine as { publicId: string };
    const file = await bytesOf(world.api.as(), `/v1/record/documents/${publicId}/content`);
    expect(file.headers['content-disposition']).toContain('.docx"');
    expect(file.bytes.equals(copy.bytes)).toBe(true);
    const published = await world.api.as().get(`/v1/record/documents/${publicId}`).expect(200);
    expect(published.text).not.toMatch(new RegExp(`${AUTHOR}|${sha256(bytes)}`));
    expect((await bytesOf(head, paper.url, { which: 'original' })).bytes.equals(bytes)).toBe(true);
    const searched = (query: string) =>
      ledger.rows(
        `SELECT version, language, piece FROM record.text
         WHERE document_id = $1 AND words @@ websearch_to_tsquery('english', $2)`,
        [publicId, query],
      );
    expect(await searched('consulting -novak')).toEqual([{ version: 1, language: 'en', piece: 0 }]);
    expect(await searched(AUTHOR)).toEqual([]);
    expect(await searched('secret')).toEqual([]);
  });
});
