import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkReceipt } from '../../src/platform/signing/check-receipt.js';
import { signatureDigest } from '../../src/platform/signing/receipt.js';
import { docx, paragraph } from '../factories/word.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import {
  begun,
  hash,
  openingOf,
  receiptKeys,
  receiptOf,
  submit,
  upload,
  type Shown,
} from './filing.js';
import { expectProblem, Ledger } from './ledger.js';

describe('a receipt', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let drafter: Client;
  let watch: { side: string; head: Client };
  beforeAll(async () => {
    // By the clock on the wall: what is filed here is no rehearsal.
    world = await World.build('');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    drafter = await world.delegation('SVN', 'drafter');
    watch = await world.organization('Watch');
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const entries = async (documentId: string) =>
    (await ledger.journal(review)).filter(({ facts }) => facts['documentId'] === documentId);

  let report: Shown;
  it('is earned by what is handed in, and named by the answer', async () => {
    const draft = await upload(
      slovenia,
      await begun(slovenia, review, 'national-report'),
      'What we did.',
    );
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
      keyId: (await receiptKeys(world.api.as()))[0]!.id,
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
    const asked = { keys: await receiptKeys(world.api.as()), opening: { salt, sha256 } };
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
    const draft = await begun(world.secretariat, review, 'compilation');
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
    const received = { at: new Date().toISOString(), how: 'post' };
    const file = await world.secretariat
      .post(`/v1/reviews/${kenya}/documents`, {
        kind: 'national-report',
        title: 'As it was handed to us',
        onBehalfOf: 'state:KEN',
        received,
      })
      .expect(201);
    const sent = await upload(world.secretariat, file.body as Shown, 'From Kenya.');
    const { id } = await submit(world.secretariat, sent);
    // It is of the filing, whenever the file was handed over.
    const { filedAt } = await receiptOf(world.secretariat, id);
    expect(Date.parse(filedAt)).toBeGreaterThan(Date.parse(received.at));
    const delegation = await world.delegation('KEN');
    await delegation.get(`/v1/documents/${id}`).expect(200);
    await expectProblem(delegation.get(`/v1/documents/${id}/receipt`), 404, 'not-found');
  });
});
