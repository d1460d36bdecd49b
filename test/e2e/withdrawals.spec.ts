import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Vault } from '../../src/platform/vault/vault.js';
import { World } from '../factories/world.js';
import { joinApi, type Client, type TestApi } from '../setup/api.js';
import { expectProblem, Ledger } from './ledger.js';
import * as withdrawn from './withdrawn.js';

interface Item {
  readonly withdrawn?: { readonly at: string; readonly parts: string[] };
  readonly [field: string]: unknown;
}

describe('withdrawal for safety', () => {
  let world: World;
  let second: TestApi;
  let ledger: Ledger;
  let folder: string;
  let secrets: withdrawn.Secrets;
  /** Every word of the document, and of the recommendation. */
  let words: string[];
  const etags = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-withdrawn-'));
    const settings = {
      COMITY_FILES: folder,
      COMITY_KEYS: path.join(folder, '..', `${path.basename(folder)}.json`),
    };
    world = await World.build('2026-09-01T09:00:00Z', settings);
    ledger = await Ledger.open(world.api);
    await world.api.app.listen(0, '127.0.0.1');
    second = await joinApi(world.api.database, settings);
    await second.app.listen(0, '127.0.0.1');
    secrets = await withdrawn.publishSecrets(world);
    words = Object.values(secrets.words);
  }, 90_000);
  afterAll(async () => {
    await ledger?.close();
    await second?.app.close();
    await world?.stop();
  });

  const versionOf = async (url: string, who: Client): Promise<number> =>
    ((await who.get(url).expect(200)).body as { version: number }).version;
  const url = () => `/v1/documents/${secrets.filed}`;
  const documentUrl = () => `/v1/record/documents/${secrets.document}`;
  const recommendationUrl = () => `/v1/record/recommendations/${secrets.recommendation}`;
  const withdrawal = (item: object, more: object = {}) => ({
    item,
    ground: 'risk-to-person',
    reason: 'The third page tells where a witness lives',
    ...more,
  });
  const ofDocument = (more: object) => withdrawal({ kind: 'document', id: secrets.document }, more);
  const ofRecommendation = (more: object) =>
    withdrawal({ kind: 'recommendation', id: secrets.recommendation }, more);
  const withdraw = (body: object, who = world.secretariat) => who.post('/v1/withdrawals', body);
  const item = async (address: string, api = world.api): Promise<Item> =>
    (await api.as().get(address).expect(200)).body as Item;

  it('begins with what everybody can read', async () => {
    const text = await withdrawn.publicText(world.api);
    for (const each of words) expect(text).toContain(each);
    const { first, french, second: corrected } = secrets.words;
    for (const each of [first, french, corrected])
      expect(await withdrawn.filesText(folder)).toContain(each);
    const addresses = [documentUrl(), recommendationUrl(), `${documentUrl()}/content`];
    for (const address of addresses) {
      const { headers } = await world.api.as().get(address).expect(200);
      etags.set(address, headers['etag']!);
      await world.api.as().get(address).set('if-none-match', headers['etag']!).expect(304);
    }
    await world.api.as().get('/v1/record/documents', { symbol: secrets.words.symbol }).expect(200);
  });

  it('takes one version in one language, and gives no other in its place', async () => {
    const { body } = await withdraw(ofDocument({ files: { version: 1, language: 'fr' } })).expect(
      201,
    );
    expect(body).toMatchObject({ parts: ['files/1/fr'], ground: 'risk-to-person' });
    expect(await withdrawn.publicText(world.api)).not.toContain(secrets.words.french);
    const content = `${documentUrl()}/content`;
    const anyone = world.api.as();
    await expectProblem(anyone.get(content, { version: 1, language: 'fr' }), 410, 'withdrawn');
    await expectProblem(anyone.get(content, { language: 'fr' }), 410, 'withdrawn');
    expect((await anyone.get(content, { version: 1 }).expect(200)).text).toContain(
      secrets.words.first,
    );
    expect((await anyone.get(content).expect(200)).text).toContain(secrets.words.second);
    expect((await item(documentUrl())).withdrawn).toEqual({
      at: (body as { at: string }).at,
      parts: ['files/1/fr'],
    });
    // The same words are not let in again by the same door.
    const casework = `${url()}/content`;
    await expectProblem(
      secrets.ngo.get(casework, { version: 1, language: 'fr' }),
      410,
      'withdrawn',
    );
  });

  it('takes the whole of a document and of a recommendation, from every path', async () => {
    const before = (await item('/v1/record/changes?limit=200')) as unknown as { after: number };
    const answer = await withdraw(ofDocument({ whole: true })).expect(201);
    const parts = ['author', 'files', 'reason', 'symbol', 'title'];
    expect(answer.body).toMatchObject({ parts, item: { kind: 'document', id: secrets.document } });
    await withdraw(ofRecommendation({ whole: true })).expect(201);
    for (const api of [world.api, second]) {
      const gone = await item(documentUrl(), api);
      expect(gone).toMatchObject({
        title: '[withdrawn]',
        symbol: '[withdrawn]',
        by: { side: null, name: '[withdrawn]' },
        versions: [
          { n: 1, by: null, reason: null, texts: [] },
          { n: 2, by: null, reason: '[withdrawn]', texts: [] },
        ],
      });
      expect(gone.withdrawn!.parts).toEqual(expect.arrayContaining(parts));
      expect(await item(recommendationUrl(), api)).toMatchObject({
        text: '[withdrawn]',
        statedPosition: '[withdrawn]',
        comment: '[withdrawn]',
        position: 'noted',
      });
      for (const [address, etag] of etags) {
        const again = await api.as().get(address).set('if-none-match', `${etag}, *x`);
        expect([address, again.status]).toEqual([address, address.endsWith('content') ? 410 : 200]);
        const ranged = await api.as().get(address).set('range', 'bytes=0-400');
        expect(ranged.text).not.toMatch(/canary/);
      }
    }
    const { items } = (await item(`/v1/record/changes?after=${before.after}`)) as unknown as {
      items: object[];
    };
    expect(items).toMatchObject([
      { what: 'withdrawn', kind: 'document', id: secrets.document },
      { what: 'withdrawn', kind: 'recommendation', id: secrets.recommendation },
    ]);
    const anyone = world.api.as();
    await expectProblem(
      anyone.get('/v1/record/documents', { symbol: secrets.words.symbol }),
      400,
      'invalid-parameter',
    );
    await expectProblem(
      anyone.get('/v1/record/documents', { symbol: '[withdrawn]' }),
      400,
      'invalid-parameter',
    );
    await expectNothingLeft();
    const told = (await ledger.journal(secrets.review)).filter(({ what }) => what === 'withdrawn');
    expect(told.map(({ compartment }) => compartment).toSorted()).toEqual([
      ...Array<string>(3).fill('case'),
      ...Array<string>(3).fill('desk:secretariat:upr'),
    ]);
    expect(JSON.stringify(told)).not.toMatch(/canary|witness/);
  });

  /** Not in public, not in casework for anybody, not in the tables, not on the disk. */
  async function expectNothingLeft(): Promise<void> {
    const { adminUrl } = world.api.database;
    const parties = [secrets.svn, secrets.ngo, world.secretariat, await world.delegation('FRA')];
    const read = await Promise.all(
      parties.flatMap((who) =>
        [
          url(),
          `/v1/recommendations/${secrets.made}`,
          `/v1/reviews/${secrets.review}/documents`,
          `/v1/reviews/${secrets.review}/recommendations`,
          `/v1/reviews/${secrets.review}/journal?limit=200`,
          '/v1/withdrawals',
        ].map((address) => who.get(address)),
      ),
    );
    const everywhere = [
      await withdrawn.publicText(world.api),
      await withdrawn.publicText(second),
      read.map(({ text }) => text).join('\n'),
      await withdrawn.rowsText(adminUrl, [
        'record',
        'casework',
        'journal',
        'reference',
        'identity',
      ]),
      await withdrawn.filesText(folder),
    ];
    const hashes = await ledger.rows<{ n: number }>(
      'SELECT 1 AS n FROM casework.document_text t JOIN casework.document_version v ON v.id = t.version_id WHERE v.document_id = $1',
      [secrets.filed],
    );
    expect(hashes).toEqual([]);
    for (const [at, text] of everywhere.entries()) {
      expect(text.length).toBeGreaterThan(1000);
      for (const each of words) {
        expect([at, each, text.includes(each)]).toEqual([at, each, false]);
      }
    }
  }

  it('keeps the original under seal, which the keys file opens and nothing else', async () => {
    const rows = await withdrawn.sealedRows(ledger);
    const keysFile = `${folder}.json`;
    expect(JSON.parse(await readFile(keysFile, 'utf8'))).toHaveProperty('current');
    const vault = new Vault(keysFile);
    const text = (await withdrawn.opened(rows, vault, folder)).join('\n');
    for (const each of words) expect(text).toContain(each);
    expect(rows.filter(({ fileKey }) => fileKey !== null)).toHaveLength(3);
    const [one] = rows;
    await expect(vault.open(one!.seal, one!.content!, { id: one!.id })).rejects.toThrow('seal');
  });

  it('comes back by no later publication', async () => {
    const again = (body: object) => withdraw(body);
    await expectProblem(again(ofDocument({ whole: true })), 409, 'already-withdrawn');
    await expectProblem(again(ofDocument({ files: { version: 2 } })), 409, 'already-withdrawn');
    const version = await versionOf(url(), secrets.ngo);
    const reason = { reason: 'Once more' };
    await expectProblem(
      secrets.ngo.post(`${url()}/versions`, reason, { version }),
      410,
      'withdrawn',
    );
    const query = { language: 'es', standing: 'courtesy' };
    await expectProblem(
      secrets.ngo.upload(`${url()}/content`, secrets.words.first, { version, query }),
      410,
      'withdrawn',
    );
    await world.position(secrets.svn, secrets.made, 'supported');
    await secrets.svn.post(`/v1/reviews/${secrets.review}/positions`, {}).expect(200);
    await world.reach(secrets.review, 'SVN', 'adopted');
    expect(await item(recommendationUrl())).toMatchObject({
      position: 'supported',
      text: '[withdrawn]',
      statedPosition: null,
      comment: null,
    });
    const text =
      (await withdrawn.publicText(world.api)) +
      (await withdrawn.rowsText(world.api.database.adminUrl, ['record']));
    for (const each of words) expect(text).not.toContain(each);
  });
});
