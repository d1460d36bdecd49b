import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { World } from '../factories/world.js';
import { joinApi, type Client, type TestApi } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';
import { begin, begun, CHUNK, fileType, head, offsetOf, send } from './resuming.js';
import type { Versioned } from './resuming.js';

const TEXT = 'The people of Slovenia were consulted.';
const MOST = 2000;
const checksum = (text: string, algorithm = 'sha1') => ({
  'upload-checksum': `${algorithm} ${createHash(algorithm).update(text).digest('base64')}`,
});

describe('an upload that can be resumed', () => {
  let world: World;
  let second: TestApi;
  let ledger: Ledger;
  let folder: string;
  let review: string;
  let slovenia: Client;
  let report: Versioned;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-resumable-'));
    const settings = { COMITY_FILES: folder, COMITY_MAX_UPLOAD: String(MOST) };
    world = await World.build('2026-09-01T09:00:00Z', settings);
    second = await joinApi(world.api.database, settings);
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    const body = { kind: 'national-report', title: 'Report' };
    report = (await slovenia.post(`/v1/reviews/${review}/documents`, body).expect(201))
      .body as Versioned;
  });
  afterAll(async () => {
    await ledger.close();
    await second.stop();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const read = async (): Promise<Versioned & { versions: { texts: object[] }[] }> =>
    (await slovenia.get(`/v1/documents/${report.id}`).expect(200)).body;
  const fresh = async (length = TEXT.length, headers = {}) =>
    begun(slovenia, await read(), length, headers);
  it('is told what is spoken here, whoever asks', async () => {
    const answer = await world.api.as().send('options', `/v1/documents/${NOBODY}/uploads`);
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'tus-version': '1.0.0',
      'tus-resumable': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,termination,expiration,checksum',
      'tus-max-size': String(MOST),
      'tus-checksum-algorithm': 'sha1,sha256',
    });
  });

  it('is refused in another version of the protocol, and told which', async () => {
    const url = await fresh();
    for (const version of ['', '0.2.2']) {
      const call = send(slovenia, url, [0, TEXT], { 'tus-resumable': version });
      const { headers } = await expectRefused(ledger, call, 412, 'tus-version-unsupported');
      expect(headers).toMatchObject({ 'tus-version': '1.0.0', 'tus-resumable': '1.0.0' });
    }
  });

  it('begins where its document may be changed, and says so', async () => {
    const { headers, body } = await begin(slovenia, await read(), 300).expect(201);
    expect(body).toMatchObject({ documentId: report.id, offset: 0, length: 300, language: 'en' });
    expect(headers).toMatchObject({ location: `/v1/uploads/${body.id}`, 'upload-offset': '0' });
    const days = (Date.parse(headers['upload-expires']!) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(1, 2);
    const told = await head(slovenia, headers['location']!).expect(204);
    expect(told.headers).toMatchObject({
      'upload-offset': '0',
      'upload-length': '300',
      'cache-control': 'no-store',
      ...fileType('text/plain'),
    });
    const { version } = report;
    const stale = { id: report.id, version: version + 9 };
    await expectRefused(ledger, begin(slovenia, stale, 300), 412, 'stale');
    await expectRefused(ledger, begin(world.secretariat, report, 300), 404, 'not-found');
    await expectRefused(ledger, begin(slovenia, report, 0), 422, 'empty-file');
    const large = begin(slovenia, report, MOST + 1);
    await expectRefused(ledger, large, 413, 'file-too-large', { facts: { allowed: MOST } });
    const odd = begin(slovenia, report, 9, fileType('text/html'));
    await expectRefused(ledger, odd, 415, 'unsupported-media-type');
    const errors = [{ parameter: 'Upload-Length' }];
    const unsaid = begin(slovenia, report, 9, { 'upload-length': 'long' });
    await expectRefused(ledger, unsaid, 400, 'invalid-parameter', { errors });
  });

  it('begins once under one key, through whatever process', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const document = await read();
    const first = await begun(slovenia, document, 300, key);
    const there = second.as(slovenia.token);
    expect(await begun(there, document, 300, key)).toBe(first);
    await expectRefused(ledger, begin(slovenia, document, 301, key), 422, 'idempotency-key-reused');
  });

  it('begins with its first bytes, and a repeat whose answer was lost brings none twice', async () => {
    const key = { 'idempotency-key': randomUUID(), 'content-type': CHUNK };
    const document = await read();
    const first = await begin(slovenia, document, TEXT.length, key).send(TEXT.slice(0, 10));
    expect([first.status, first.headers['upload-offset']]).toEqual([201, '10']);
    const again = await begin(slovenia, document, TEXT.length, key).send(TEXT.slice(0, 10));
    expect([again.status, again.headers['location']]).toEqual([201, first.headers['location']]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await offsetOf(slovenia, first.headers['location']!)).toBe(10);
    const typed = begin(slovenia, document, 9, { 'content-type': 'text/plain' }).send('words');
    await expectRefused(ledger, typed, 415, 'unsupported-media-type');
  });

  it('comes in ten thousand pieces at most', async () => {
    const url = await fresh();
    const sent = 'UPDATE casework.upload SET parts = 10000 WHERE id = $1';
    await ledger.rows(sent, [url.slice(-36)]);
    await expectRefused(ledger, send(slovenia, url, [0, 'T']), 409, 'too-many-chunks');
  });

  it('goes on from where it stands alone', async () => {
    const url = await fresh();
    await send(slovenia, url, [0, TEXT.slice(0, 10)]).expect(204);
    for (const wrong of [0, 9, 11, TEXT.length]) {
      const call = send(slovenia, url, [wrong, 'x']);
      await expectRefused(ledger, call, 409, 'upload-offset-differs', { facts: { offset: 10 } });
    }
    const over = send(slovenia, url, [10, `${TEXT.slice(10)}!`]);
    const facts = { allowed: TEXT.length - 10 };
    await expectRefused(ledger, over, 413, 'body-too-large', { facts });
    const typed = send(slovenia, url, [10, 'words'], { 'content-type': 'text/plain' });
    await expectRefused(ledger, typed, 415, 'unsupported-media-type', {
      facts: { allowed: [CHUNK] },
    });
    expect(await offsetOf(slovenia, url)).toBe(10);
  });

  it('takes a chunk by its checksum or not at all', async () => {
    const url = await fresh();
    const wrong = send(slovenia, url, [0, 'The peple'], checksum('The people'));
    await expectRefused(ledger, wrong, 460, 'checksum-mismatch');
    const odd = send(slovenia, url, [0, 'The'], { 'upload-checksum': 'md5 AAAA' });
    await expectRefused(ledger, odd, 400, 'invalid-parameter');
    await send(slovenia, url, [0, TEXT.slice(0, 8)], checksum(TEXT.slice(0, 8))).expect(204);
    const whole = checksum(TEXT.slice(8), 'sha256');
    const answer = await send(slovenia, url, [8, TEXT.slice(8)], whole).expect(204);
    expect(answer.headers['upload-offset']).toBe(String(TEXT.length));
    expect((await read()).versions[0]!.texts).toMatchObject([{ words: 6, language: 'en' }]);
  });

  it('lets one of two through that come at once, and tells the other where to go on', async () => {
    const url = await fresh();
    const there = second.as(slovenia.token);
    const answers = await Promise.all(
      [slovenia, there, slovenia, there].map((who) => send(who, url, [0, TEXT.slice(0, 20)])),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
    expect(await offsetOf(there, url)).toBe(20);
    // Both bring the end of the file: it is taken once, and both may know.
    const ends = await Promise.all(
      [slovenia, there].map((who) => send(who, url, [20, TEXT.slice(20)])),
    );
    expect(ends.map(({ status }) => status)).toContain(204);
    expect(await offsetOf(slovenia, url)).toBe(TEXT.length);
    await send(there, url, [TEXT.length, '']).expect(204);
  });

  it('keeps what has come when its document was changed meanwhile', async () => {
    const url = await fresh();
    const { version } = await read();
    await slovenia.upload(`/v1/documents/${report.id}/content`, 'Other', { version }).expect(200);
    await expectRefused(ledger, send(slovenia, url, [0, TEXT]), 412, 'stale');
    const now = { 'if-match': `"${version + 1}"` };
    await send(slovenia, url, [0, TEXT.slice(0, -1)], now).expect(204);
    await expectRefused(ledger, send(slovenia, url, [TEXT.length - 1, '.']), 412, 'stale');
    await send(slovenia, url, [TEXT.length - 1, '.'], now).expect(204);
    expect(await read()).toMatchObject({ version: version + 2 });
  });

  it('ends with a file that is refused for what it holds, and changes nothing', async () => {
    const before = await read();
    const pdf = '%PDF-1.7\nsome text';
    const url = await begun(slovenia, before, pdf.length);
    await send(slovenia, url, [0, pdf.slice(0, 9)]).expect(204);
    const refused = await send(slovenia, url, [9, pdf.slice(9)]);
    expect([refused.status, refused.body.code]).toEqual([415, 'type-differs']);
    expect(await read()).toEqual(before);
    await head(slovenia, url).expect(410);
    await expectRefused(ledger, send(slovenia, url, [17, 't']), 410, 'upload-ended');
  });
});
