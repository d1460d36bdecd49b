import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MEDIA_TYPES } from '../../src/platform/formats/media-types.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY, statusesOf } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

const MOST = 300_000;
const digestOf = (bytes: string | Buffer): string =>
  `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

describe('uploaded files', () => {
  let world: World;
  let ledger: Ledger;
  let folder: string;
  let slovenia: Client;
  let id: string;
  let url: string;
  let review: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-uploads-'));
    const settings = { COMITY_FILES: folder, COMITY_MAX_UPLOAD: String(MOST) };
    world = await World.build('2026-09-01T09:00:00Z', settings);
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    const body = { kind: 'national-report', title: 'Report' };
    const begun = await slovenia.post(`/v1/reviews/${review}/documents`, body).expect(201);
    id = begun.body.id as string;
    url = `/v1/documents/${id}/content`;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const version = async (): Promise<number> =>
    (await slovenia.get(`/v1/documents/${id}`).expect(200)).body.version as number;
  const upload = async (bytes: string | Buffer, headers: Record<string, string> = {}) =>
    slovenia.upload(url, bytes, { version: await version() }).set(headers);
  /** Content of every file that lies in the store. */
  const kept = async (): Promise<string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name !== 'keys.json');
    return Promise.all(
      files.map((file) => readFile(path.join(file.parentPath, file.name), 'utf8')),
    );
  };
  /** Refused, and neither a row nor a byte is left behind. */
  const expectNotTaken = async (
    bytes: string | Buffer,
    [status, code, more = {}]: [number, string, object?],
    headers: Record<string, string> = {},
  ) => {
    const before = await kept();
    const call = slovenia.upload(url, bytes, { version: await version() }).set(headers);
    await expectRefused(ledger, call, status, code, more);
    expect(await kept()).toEqual(before);
  };

  it('are counted, digested and kept, on the desk of their side', async () => {
    const text = `The people of Slovenia were consulted.\n${'Word '.repeat(40_000)}`;
    expect(text.length).toBeGreaterThan(200_000 - 1);
    const was = await version();
    const answer = await upload(text, { 'repr-digest': digestOf(text) });
    expect(answer.status).toBe(200);
    expect([answer.body.version, answer.headers['etag']]).toEqual([was + 1, `"${was + 1}"`]);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const [given] = answer.body.versions[0].texts;
    expect(given).toMatchObject({ language: 'en', standing: 'original', words: 40_006, sha256 });
    const row = await ledger.row(
      `SELECT compartment, words, bytes::int, sha256, salt, file_key AS key
       FROM casework.document_text`,
    );
    const expected = { compartment: 'desk:state:SVN', words: 40_006, bytes: text.length, sha256 };
    expect(row).toMatchObject(expected);
    expect(row['key']).not.toContain(sha256);
    const entry = (await ledger.journal(review, 'desk:state:SVN')).at(-1)!;
    expect(entry).toMatchObject({ what: 'content-uploaded', by: 'state:SVN' });
    const salted = createHash('sha256').update(`${row['salt']}${sha256}`).digest('hex');
    expect(entry.facts).toEqual({
      documentId: id,
      version: 1,
      language: 'en',
      words: 40_006,
      digest: salted,
    });
    expect(await kept()).toEqual([text]);
  });

  it('come back as they were, bytes and digest, as something to save', async () => {
    const text = 'Kratko poročilo. \u2028 Конец ✓\r\n';
    await upload(text);
    const { headers, text: got } = await slovenia.get(url).expect(200);
    expect(got).toBe(text);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
      'repr-digest': digestOf(text),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="${id}-1-en.txt"`,
    });
  });

  it('stand side by side in several languages, each with its standing', async () => {
    const query = { language: 'sl', standing: 'courtesy' };
    const sent = await slovenia
      .upload(url, 'Poročilo.', { version: await version(), query })
      .expect(200);
    const texts = sent.body.versions[0].texts as { language: string; standing: string }[];
    expect(texts.map(({ language, standing }) => [language, standing])).toEqual([
      ['en', 'original'],
      ['sl', 'courtesy'],
    ]);
    expect((await slovenia.get(url, { language: 'sl' }).expect(200)).text).toBe('Poročilo.');
    expect((await slovenia.get(url, { version: 1 }).expect(200)).text).not.toBe('Poročilo.');
    for (const wrong of ['language=fr', 'version=2']) {
      await expectRefused(ledger, slovenia.get(`${url}?${wrong}`), 404, 'not-found');
    }
    for (const wrong of ['language=English!', 'version=0', 'version=one']) {
      await expectRefused(ledger, slovenia.get(`${url}?${wrong}`), 400, 'invalid-parameter');
    }
    const odd = slovenia.upload(url, 'x', { version: 1, query: { standing: 'best' } });
    await expectRefused(ledger, odd, 400, 'invalid-parameter', {
      errors: [{ parameter: 'standing' }],
    });
  });

  it('are not empty', async () => {
    for (const nothing of ['', ' \r\n\t\u00a0 ', '\ufeff']) {
      await expectNotTaken(nothing, [422, 'empty-file']);
    }
  });

  it('are not too large, to the byte', async () => {
    const most = 'a '.repeat(MOST / 2);
    await expectNotTaken(`${most}b`, [413, 'file-too-large', { facts: { allowed: MOST } }]);
    expect((await upload(most)).status).toBe(200);
  });

  it('are what they are, whatever they are called', async () => {
    const found = (type: string, code = 'unsupported-type'): [number, string, object] => [
      415,
      code,
      { facts: { found: type } },
    ];
    const differs = { facts: { declared: 'text/plain', found: 'application/pdf' } };
    await expectNotTaken('%PDF-1.7\nsome text', [415, 'type-differs', differs]);
    await expectNotTaken('\ufeff \n%PDF-1.7', [415, 'type-differs', differs]);
    const program = Buffer.from(`MZ\x90\0\x03${'\0'.repeat(80)}`, 'latin1');
    const executable = 'executable-file';
    await expectNotTaken(
      program,
      found('application/vnd.microsoft.portable-executable', executable),
    );
    await expectNotTaken(
      Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'),
      found('application/x-elf', executable),
    );
    const picture = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
    await expectNotTaken(picture, found('image/png', 'image-file'));
    const { facts } = (await upload('<!DOCTYPE html><p>words')).body as { facts: object };
    expect(facts).toEqual({ found: 'text/html', allowed: MEDIA_TYPES });
    await expectNotTaken('<!DOCTYPE html><p>words', found('text/html'));
    await expectNotTaken('{\\rtf1 words}', found('application/rtf', 'old-format'));
  });

  it('are text, in UTF-8', async () => {
    await expectNotTaken('words \0 words', [422, 'not-text', { facts: { offset: 6 } }]);
    const latin1 = Buffer.from('sm\u00f6rg\u00e5s', 'latin1');
    await expectNotTaken(latin1, [422, 'not-utf8', { facts: { offset: 2 } }]);
    await expectNotTaken(Buffer.from('\ufeffwords', 'utf16le'), [422, 'not-utf8']);
    await expectNotTaken(Buffer.from('caf\u00e9', 'utf8').subarray(0, 4), [422, 'not-utf8']);
  });

  it('are sent as text or as bytes, under a type that says so', async () => {
    const json = { 'content-type': 'application/json' };
    for (const type of ['text/html', 'application/msword', 'multipart/form-data; boundary=x']) {
      const facts = { allowed: [...MEDIA_TYPES, 'application/octet-stream'] };
      const refusal: [number, string, object] = [415, 'unsupported-media-type', { facts }];
      await expectNotTaken('words', refusal, { 'content-type': type });
    }
    await expectNotTaken('{"words":1}', [415, 'unsupported-media-type'], json);
    await expectNotTaken('{"half":', [415, 'unsupported-media-type'], json);
    const bytes = await upload('words', { 'content-type': 'application/octet-stream' });
    expect(bytes.status).toBe(200);
  });

  it('have the digest that was announced', async () => {
    const announce = (digest: string) => ({ 'repr-digest': digest });
    const other = announce(digestOf('other words'));
    await expectNotTaken('words', [422, 'digest-mismatch'], other);
    for (const digest of ['sha-256=words', 'sha-256=:AAAA:', ':::']) {
      await expectNotTaken('words', [400, 'digest-malformed'], announce(digest));
    }
    const known = await upload('words', announce(`md5=:AAAA:, ${digestOf('words')}`));
    expect(known.status).toBe(200);
  });

  it('are taken for the version that was read, from those who may see the desk', async () => {
    const now = await version();
    await expectRefused(ledger, slovenia.upload(url, 'words'), 428, 'version-required', {
      facts: { version: now },
    });
    const stale = slovenia.upload(url, 'words', { version: now - 1 });
    await expectRefused(ledger, stale, 412, 'stale', { facts: { given: now - 1, version: now } });
    const nowhere = `/v1/documents/${NOBODY}/content`;
    const missing = await slovenia.upload(nowhere, 'words', { version: 1 }).expect(404);
    for (const by of [world.secretariat, await world.delegation('FRA'), world.admin]) {
      const call = by.upload(url, 'words', { version: now });
      const answer = await expectRefused(ledger, call, 404, 'not-found');
      expect(answer.text).toBe(missing.text);
    }
    const sent = ['one', 'two', 'three'].map((words) =>
      slovenia.upload(url, words, { version: now }),
    );
    expect(await statusesOf(sent)).toEqual([200, 412, 412]);
  });

  it('can no longer be exchanged once they have been handed in', async () => {
    const before = await version();
    const submit = `/v1/documents/${id}/submit`;
    const done = await slovenia.post(submit, undefined, { version: before }).expect(200);
    const facts = { submittedAt: done.body.submittedAt };
    await expectNotTaken('other words', [409, 'already-submitted', { facts }]);
    const seen = await world.secretariat.get(url).expect(200);
    expect(['one', 'two', 'three']).toContain(seen.text);
    const theirs = world.secretariat.upload(url, 'ours', { version: done.body.version });
    await expectRefused(ledger, theirs, 409, 'wrong-role', { facts: { by: ['state:SVN'] } });
  });
});
