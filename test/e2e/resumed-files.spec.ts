import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { World } from '../factories/world.js';
import { joinApi, type Client, type TestApi } from '../setup/api.js';
import { Ledger } from './ledger.js';
import { listen, offsetOf, upload, type Versioned } from './resuming.js';

const FILE = Buffer.from(`${'word'.repeat(25)}\n`.repeat(4000));
const sha256 = createHash('sha256').update(FILE).digest('hex');

/** A line between a client and a server that breaks when so many bytes have been sent. */
async function breakingLine(to: string, after: number): Promise<Server> {
  const { hostname, port } = new URL(to);
  const line = createServer((near) => {
    const far = connect(Number(port), hostname);
    let sent = 0;
    near.on('data', (bytes: Buffer) => {
      const passed = bytes.subarray(0, after - sent);
      sent += passed.length;
      far.write(passed, () => {
        if (sent >= after) [near, far].forEach((end) => end.destroy());
      });
    });
    far.pipe(near);
    for (const end of [near, far]) end.on('error', () => undefined);
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((ready) => line.listen(0, '127.0.0.1', ready));
  return line;
}

/** The public client of the protocol against processes that listen; submissions close on 3 October. */
describe('files that are sent by a client of the protocol', () => {
  let world: World;
  let second: TestApi;
  let ledger: Ledger;
  let folder: string;
  let review: string;
  let head: Client;
  let base: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-resumed-'));
    const settings = { COMITY_FILES: folder, COMITY_RATE_LIMITS: 'upload=20/60,write=200/60' };
    world = await World.build('2026-09-01T09:00:00Z', settings);
    second = await joinApi(world.api.database, settings);
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    head = (await world.organization('A watch')).head;
    await world.reach(review, 'SVN', 'preparation');
    await world.at('2026-10-03T09:30:00Z');
    base = await listen(world.api);
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await second?.stop();
    await world?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const begin = async (): Promise<Versioned> => {
    const body = { kind: 'joint-submission', title: 'A file' };
    const { body: made } = await head.post(`/v1/reviews/${review}/documents`, body).expect(201);
    return made as Versioned;
  };
  const textOf = async (id: string) => {
    const { body } = await head.get(`/v1/documents/${id}`).expect(200);
    return body.versions[0].texts as { sha256: string; words: number; language: string }[];
  };
  /** The client loses its line in the middle of a chunk; answers the address of the upload. */
  const breakOff = async (document: Versioned, after = 200_000): Promise<string> => {
    const line = await breakingLine(base, after);
    const there = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
    let url = '';
    const begun = (address: string) => {
      url = address;
    };
    const broken = upload(FILE, head, document, there, { begun });
    await expect(broken).rejects.toThrow(/tus: failed to upload chunk/);
    line.close();
    const { pathname } = new URL(url);
    // The process notices that the line is gone, and keeps what came of it.
    for (let tries = 0; (await offsetOf(head, pathname)) === 0 && tries < 100; tries += 1) {
      await sleep(20);
    }
    return pathname;
  };

  it('go the way of every content', async () => {
    const document = await begin();
    await upload(FILE, head, document, base);
    expect(await textOf(document.id)).toMatchObject([{ sha256, words: 4000, language: 'en' }]);
    const { side } = (await head.get(`/v1/documents/${document.id}`)).body as { side: string };
    expect((await ledger.journal(review, `desk:${side}`)).at(-1)).toMatchObject({
      what: 'content-uploaded',
      facts: { documentId: document.id, words: 4000 },
    });
    expect(await readdir(path.join(folder, 'staged'), { recursive: true })).not.toContainEqual(
      expect.stringMatching(/[\w-]{43}/),
    );
  });

  it('may bring their first bytes along, and come in as many pieces as they like', async () => {
    const document = await begin();
    const options = { uploadDataDuringCreation: true, chunkSize: 2000 };
    await upload(FILE, head, document, base, options);
    expect(await textOf(document.id)).toMatchObject([{ sha256, words: 4000 }]);
    const [{ parts }] = (await ledger.rows(
      'SELECT parts FROM casework.upload WHERE document_id = $1',
      [document.id],
    )) as [{ parts: number }];
    expect(parts).toBe(Math.ceil(FILE.length / 2000));
  });

  it('go on through another process where the line broke', async () => {
    const document = await begin();
    const url = await breakOff(document);
    const come = await offsetOf(head, url);
    expect(come).toBeGreaterThan(100_000);
    expect(come).toBeLessThan(200_000);
    const other = await listen(second);
    let began = -1;
    const onProgress = (sent: number) => {
      if (began < 0) began = sent;
    };
    await upload(FILE, head, document, other, { uploadUrl: `${other}${url}`, onProgress });
    expect(began).toBeGreaterThanOrEqual(come);
    expect(await textOf(document.id)).toMatchObject([{ sha256 }]);
    expect(await offsetOf(head, url)).toBe(FILE.length);
  });

  it('go on after a deadline before which they were registered', async () => {
    const document = await begin();
    const url = await breakOff(document);
    const registered = await head
      .put(`/v1/documents/${document.id}/registration`, { sha256 }, { version: document.version })
      .expect(200);
    await world.at('2026-10-03T20:00:00Z');
    const uploadUrl = `${base}${url}`;
    // The registration is a change of the document: the client says that it knows.
    const stale = upload(FILE, head, document, base, { uploadUrl });
    await expect(stale).rejects.toThrow(/response code: 412/);
    await upload(FILE, head, registered.body as Versioned, base, { uploadUrl });
    const { body } = await head.get(`/v1/documents/${document.id}`).expect(200);
    const answer = await head
      .post(`/v1/documents/${document.id}/submit`, undefined, { version: body.version as number })
      .expect(200);
    expect(answer.body).toMatchObject({ status: 'submitted', late: false });
    const again = upload(FILE, head, answer.body as Versioned, base);
    await expect(again).rejects.toThrow(/already-submitted/);
  });
});
