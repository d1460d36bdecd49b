import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkReceipt, type Asked } from '../../src/platform/signing/check-receipt.js';
import { signatureDigest, type SignedReceipt } from '../../src/platform/signing/receipt.js';
import { docx, paragraph } from '../factories/word.js';
import { World } from '../factories/world.js';
import { setting } from '../setup/database.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

interface Shown {
  id: string;
  version: number;
  versions: { texts: { language: string; receiptId: string | null }[] }[];
}
interface Opening {
  readonly receiptId: string;
  readonly salt: string;
  readonly sha256: string;
}

const hash = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a receipt', () => {
  let folder: string;
  let keysFile: string;
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let drafter: Client;
  let watch: { side: string; head: Client };
  beforeAll(async () => {
    // By the clock on the wall: what is filed here is no rehearsal.
    folder = await mkdtemp(path.join(tmpdir(), 'comity-receipts-'));
    keysFile = path.join(folder, 'signing-keys.json');
    await copyFile(setting('TEST_SIGNING_KEYS'), keysFile);
    world = await World.build('', { COMITY_SIGNING_KEYS: keysFile });
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    drafter = await world.delegation('SVN', 'drafter');
    watch = await world.organization('Watch');
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const documents = () => `/v1/reviews/${review}/documents`;
  const upload = async (who: Client, { id, version }: Shown, text: string, query = {}) => {
    const call = who.upload(`/v1/documents/${id}/content`, text, { version, query });
    return (await call.expect(200)).body as Shown;
  };
  const submit = async (who: Client, { id, version }: Shown) =>
    (await who.post(`/v1/documents/${id}/submit`, undefined, { version }).expect(200))
      .body as Shown;
  const begun = async (who: Client, kind: string, more = {}) =>
    (await who.post(documents(), { kind, title: `A ${kind}`, ...more }).expect(201)).body as Shown;
  const receiptOf = async (who: Client, id: string, query = {}) =>
    (await who.get(`/v1/documents/${id}/receipt`, query).expect(200)).body as SignedReceipt;
  const openingOf = async (who: Client, id: string, query = {}) =>
    (await who.get(`/v1/documents/${id}/receipt/opening`, query).expect(200)).body as Opening;
  const keys = async () => {
    const { body } = await world.api.as().get('/v1/receipt-keys', { limit: 200 }).expect(200);
    return (body as { items: Asked['keys'] }).items;
  };
  const entries = async (documentId: string) =>
    (await ledger.journal(review)).filter(({ facts }) => facts['documentId'] === documentId);

  let report: Shown;
  it('is earned by what is handed in, and named by the answer', async () => {
    const draft = await upload(slovenia, await begun(slovenia, 'national-report'), 'What we did.');
    await upload(slovenia, draft, 'Ce que nous avons fait.', {
      language: 'fr',
      standing: 'courtesy',
    });
    const { body: ready } = await slovenia.get(`/v1/documents/${draft.id}`).expect(200);
    expect((ready as Shown).versions[0]!.texts.map(({ receiptId }) => receiptId)).toEqual([
      null,
      null,
    ]);
    await expectProblem(slovenia.get(`/v1/documents/${draft.id}/receipt`), 404, 'not-found');
    report = await submit(slovenia, ready as Shown);
    const [english, french] = report.versions[0]!.texts;
    const receipt = await receiptOf(drafter, report.id);
    expect(receipt).toEqual({
      v: 1,
      mechanism: 'upr',
      receiptId: english!.receiptId,
      filedAt: expect.any(String),
      filing: 'document',
      rehearsal: false,
      contentDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      keyId: (await keys())[0]!.id,
      signature: expect.any(String),
    });
    const own = await receiptOf(slovenia, report.id, { language: 'fr' });
    expect([own.receiptId, own.filing]).toEqual([french!.receiptId, 'document']);
    expect(new Set([own.signature, receipt.signature]).size).toBe(2);
    // No id, no name, nothing of the file: what is handed on tells nothing.
    const told = JSON.stringify(receipt);
    for (const secret of [report.id, review, 'SVN', 'report', hash('What we did.')]) {
      expect([secret, told.includes(secret)]).toEqual([secret, false]);
    }
  });

  it('proves to anybody, offline, that this very file was filed then', async () => {
    const receipt = await receiptOf(slovenia, report.id);
    const { salt, sha256, receiptId } = await openingOf(slovenia, report.id);
    expect([receiptId, sha256]).toEqual([receipt.receiptId, hash('What we did.')]);
    const asked = { keys: await keys(), opening: { salt, sha256 } };
    expect(checkReceipt(receipt, asked).fault).toBeUndefined();
    const { submitted_at: at } = await ledger.row<{ submitted_at: Date }>(
      'SELECT submitted_at FROM casework.document WHERE id = $1',
      [report.id],
    );
    expect(receipt.filedAt).toBe(at.toISOString());
    const french = await openingOf(slovenia, report.id, { language: 'fr', version: 1 });
    expect(french.salt).not.toBe(salt);
    const mixed = { keys: asked.keys, opening: { salt: french.salt, sha256 } };
    expect(checkReceipt(receipt, mixed).fault).toBe('wrong-file');
  });

  it('is of the file as it was sent, which nobody else gets', async () => {
    const word = await docx({ body: paragraph('Words.'), author: 'A. Drafter' });
    const draft = await begun(world.secretariat, 'compilation');
    const sent = await world.secretariat
      .upload(`/v1/documents/${draft.id}/content`, word, {
        version: draft.version,
        type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      })
      .expect(200);
    const { id } = await submit(world.secretariat, sent.body as Shown);
    expect((await openingOf(world.secretariat, id)).sha256).toBe(hash(word));
  });

  it('stands with the digest of its signature in the entry of the filing', async () => {
    const [english, french] = [
      await receiptOf(slovenia, report.id),
      await receiptOf(slovenia, report.id, { language: 'fr' }),
    ];
    const entry = (await entries(report.id)).find(({ what }) => what === 'document-submitted')!;
    expect(entry.facts['receipts']).toEqual(
      [english, french].map(({ signature }) => signatureDigest(signature)),
    );
    const begins = (await entries(report.id)).filter(({ what }) => what !== 'document-submitted');
    expect(begins.every(({ facts }) => facts['receipts'] === undefined)).toBe(true);
    const rows = await ledger.rows(
      `SELECT r.id, r.compartment, r.version, r.language, r.original, o.compartment AS opening
       FROM casework.receipt r JOIN casework.receipt_opening o ON o.receipt_id = r.id
       WHERE r.subject_id = $1 ORDER BY r.language`,
      [report.id],
    );
    const desk = 'desk:state:SVN';
    expect(rows).toEqual([
      {
        id: english.receiptId,
        version: 1,
        language: 'en',
        original: true,
        compartment: desk,
        opening: desk,
      },
      {
        id: french.receiptId,
        version: 1,
        language: 'fr',
        original: false,
        compartment: desk,
        opening: desk,
      },
    ]);
  });

  it('is shown to the side that filed, and to the others as if there were none', async () => {
    const others = [
      world.secretariat,
      watch.head,
      world.admin,
      await world.delegation('FRA'),
      await world.president(),
      await world.stranger(),
    ];
    for (const part of ['receipt', 'receipt/opening']) {
      for (const who of others) {
        const missing = await who.get(`/v1/documents/${NOBODY}/${part}`).expect(404);
        const answer = await who.get(`/v1/documents/${report.id}/${part}`).expect(404);
        expect(answer.text).toBe(missing.text);
      }
      await expectProblem(
        world.api.as().get(`/v1/documents/${report.id}/${part}`),
        401,
        'unauthenticated',
      );
      for (const query of [
        { version: '2', language: 'en' },
        { version: '1', language: 'de' },
      ]) {
        await expectProblem(
          slovenia.get(`/v1/documents/${report.id}/${part}`, query),
          404,
          'not-found',
        );
      }
      const wrong = slovenia.get(`/v1/documents/${report.id}/${part}`, { version: 0 });
      await expectProblem(wrong, 400, 'invalid-parameter');
    }
    const { body } = await world.secretariat.get(`/v1/documents/${report.id}`).expect(200);
    const texts = (body as Shown).versions.flatMap((each) => each.texts);
    expect(texts.map(({ receiptId }) => receiptId)).toEqual([null, null]);
  });

  it('is earned by a corrigendum, and by a language that comes later', async () => {
    const { id, version } = report;
    const revised = await slovenia
      .post(`/v1/documents/${id}/versions`, { reason: 'A table' }, { version })
      .expect(201);
    await submit(slovenia, await upload(slovenia, revised.body as Shown, 'What we did, again.'));
    const second = await receiptOf(slovenia, id);
    expect(second.filing).toBe('corrigendum');
    expect((await openingOf(slovenia, id)).sha256).toBe(hash('What we did, again.'));
    expect((await receiptOf(slovenia, id, { version: 1 })).filing).toBe('document');
    const { body } = await slovenia.get(`/v1/documents/${id}`).expect(200);
    const query = { language: 'es', standing: 'official' };
    const added = await upload(slovenia, body as Shown, 'Lo que hicimos.', query);
    const third = await receiptOf(slovenia, id, { language: 'es' });
    expect(third.filing).toBe('language');
    expect(added.versions[1]!.texts.find((text) => text.language === 'es')!.receiptId).toBe(
      third.receiptId,
    );
    const told = await entries(id);
    for (const [what, { signature }] of [
      ['corrigendum-submitted', second],
      ['language-added', third],
    ] as const) {
      const entry = told.find((each) => each.what === what)!;
      expect(entry.facts['receipts']).toEqual([signatureDigest(signature)]);
    }
    // The original of the latest version is still the one that is shown first.
    expect((await receiptOf(slovenia, id)).receiptId).toBe(second.receiptId);
  });

  it('lies with who filed, where somebody files for another', async () => {
    const kenya = await world.review('KEN', { number: 51 });
    const file = await world.secretariat
      .post(`/v1/reviews/${kenya}/documents`, {
        kind: 'national-report',
        title: 'As it was handed to us',
        onBehalfOf: 'state:KEN',
      })
      .expect(201);
    const sent = await upload(world.secretariat, file.body as Shown, 'From Kenya.');
    const { id } = await submit(world.secretariat, sent);
    await receiptOf(world.secretariat, id);
    const delegation = await world.delegation('KEN');
    await delegation.get(`/v1/documents/${id}`).expect(200);
    await expectProblem(delegation.get(`/v1/documents/${id}/receipt`), 404, 'not-found');
  });

  it('comes once for a repeat, and not at all from a rehearsal', async () => {
    const other = await world.review('AUT', { number: 52 });
    const austria = await world.delegation('AUT');
    const { body } = await austria
      .post(`/v1/reviews/${other}/documents`, { kind: 'national-report', title: 'x' })
      .expect(201);
    const { id, version } = await upload(austria, body as Shown, 'Words.');
    const url = `/v1/documents/${id}/submit`;
    await expectUnchanged(ledger, () =>
      austria.post(url, undefined, { version, query: { dryRun: true } }).expect(200),
    );
    const key = randomUUID();
    const first = await austria.post(url, undefined, { version, key }).expect(200);
    const again = await austria.post(url, undefined, { version, key }).expect(200);
    expect(again.text).toBe(first.text);
    const count = 'SELECT count(*)::int AS n FROM casework.receipt WHERE subject_id = $1';
    expect(await ledger.row(count, [id])).toEqual({ n: 1 });
  });

  it('says when it is of a rehearsal', async () => {
    const { slotId } = await world.slot('FRA', 53);
    const { body } = await world.secretariat
      .post('/v1/reviews', { slotId, test: true })
      .expect(201);
    const france = await world.delegation('FRA');
    const id = await world.file(france, (body as Shown).id, { kind: 'national-report' });
    const receipt = await receiptOf(france, id);
    expect(receipt.rehearsal).toBe(true);
    expect(checkReceipt(receipt, { keys: await keys() }).fault).toBe('rehearsal');
  });

  it('stays good when the text is withdrawn for safety, which takes what opens it', async () => {
    const kept = await receiptOf(slovenia, report.id, { version: 1 });
    const { salt } = await openingOf(slovenia, report.id, { version: 1 });
    const withdrawal = {
      item: { kind: 'document', id: report.id },
      files: { version: 1, language: 'en' },
      ground: 'risk-to-person',
      reason: 'it names somebody',
    };
    await world.secretariat.post('/v1/withdrawals', withdrawal).expect(201);
    const query = { version: 1, language: 'en' };
    expect(await receiptOf(slovenia, report.id, query)).toEqual(kept);
    expect(checkReceipt(kept, { keys: await keys() }).fault).toBeUndefined();
    const url = `/v1/documents/${report.id}/receipt/opening`;
    await expectProblem(slovenia.get(url, query), 410, 'withdrawn');
    const left = await ledger.rows('SELECT 1 FROM casework.receipt_opening WHERE salt = $1', [
      salt,
    ]);
    expect(left).toEqual([]);
    // The others of the document can still be opened.
    await openingOf(slovenia, report.id, { version: 1, language: 'fr' });
    await openingOf(slovenia, report.id);
    // Whose it was is withdrawn too: who filed it keeps the receipt.
    const author = { ...withdrawal, files: undefined, fields: ['author'] };
    await world.secretariat.post('/v1/withdrawals', author).expect(201);
    expect(await receiptOf(slovenia, report.id, query)).toEqual(kept);
  });

  it('is signed or nothing is filed: without the key nothing is half done', async () => {
    const other = await world.review('NOR', { number: 54 });
    const norway = await world.delegation('NOR');
    const { body } = await norway
      .post(`/v1/reviews/${other}/documents`, { kind: 'national-report', title: 'x' })
      .expect(201);
    const { id, version } = await upload(norway, body as Shown, 'Words.');
    await rename(keysFile, `${keysFile}.away`);
    try {
      const call = norway.post(`/v1/documents/${id}/submit`, undefined, { version });
      await expectRefused(ledger, call, 503, 'unavailable');
    } finally {
      await rename(`${keysFile}.away`, keysFile);
    }
    await submit(norway, { id, version } as Shown);
  });

  it('is checked with keys that everybody reads, and nobody changes', async () => {
    const answer = await world.api.as().get('/v1/receipt-keys').expect(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=30');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect((answer.body as { items: object[] }).items).toEqual([
      {
        id: expect.stringMatching(/^s-/),
        algorithm: 'Ed25519',
        publicKey: expect.stringMatching(/^MCowBQYDK2VwAyEA/),
        from: expect.any(String),
        until: null,
        revokedAt: null,
      },
    ]);
    const etag = answer.headers['etag']!;
    await world.api.as().get('/v1/receipt-keys').set('if-none-match', etag).expect(304);
  });
});
