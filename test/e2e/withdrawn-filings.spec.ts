import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LEDGER_FILE } from '../../src/modules/proceedings/index.js';
import { Vault } from '../../src/platform/vault/vault.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';
import * as withdrawn from './withdrawn.js';

interface Item {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** What was filed, and is not published yet. */
describe('withdrawal of what only casework has', () => {
  let world: World;
  let ledger: Ledger;
  let folder: string;
  let review: string;
  let ngo: { side: string; head: Client };
  let other: Client;
  let svn: Client;
  let filed: withdrawn.Filed;
  /** Of which the title alone is withdrawn. */
  let partly: string;
  let words: string[];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-filed-'));
    world = await World.build('2026-09-01T09:00:00Z', { COMITY_FILES: folder });
    ledger = await Ledger.open(world.api);
    await world.api.app.listen(0, '127.0.0.1');
    review = await world.review('SVN');
    ngo = await world.organization('An observatory');
    other = (await world.organization('Another')).head;
    svn = await world.delegation('SVN');
    await world.reach(review, 'SVN', 'preparation');
    filed = await withdrawn.fileSecrets(ngo.head, review);
    words = Object.values(filed.words);
    const title = { kind: 'joint-submission', title: 'A title that tells', text: 'Harmless.' };
    partly = await world.file(ngo.head, review, title);
  }, 90_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const withdrawal = (id: string, more: object = { whole: true }, kind = 'document') => ({
    item: { kind, id },
    ground: 'risk-to-person',
    reason: 'It names a witness',
    ...more,
  });
  const withdraw = (body: object, who = world.secretariat) => who.post('/v1/withdrawals', body);
  const shown = async (who: Client, url: string): Promise<Item> =>
    (await who.get(url).expect(200)).body as Item;
  const recordIds = async (what: string): Promise<string[]> => {
    const { body } = await world.api.as().get(`/v1/record/${what}`, { limit: 200 }).expect(200);
    return (body as { items: Item[] }).items.map(({ id }) => id);
  };
  const lines = async (): Promise<string[]> => {
    const text = await readFile(path.join(folder, LEDGER_FILE), 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  };

  it('is its secretariat’s, of what it sees; what it does not see is missing', async () => {
    const draft = async (who: Client, kind: string): Promise<string> => {
      const body = { kind, title: 'A draft' };
      const begun = await who.post(`/v1/reviews/${review}/documents`, body).expect(201);
      return (begun.body as Item).id;
    };
    const [theirs, own] = [
      await draft(ngo.head, 'joint-submission'),
      await draft(world.secretariat, 'compilation'),
    ];
    const missing = await expectProblem(withdraw(withdrawal(randomUUID())), 404, 'not-found');
    const refused: [string, Client, number, string][] = [
      [filed.id, world.api.as(), 401, 'unauthenticated'],
      [filed.id, await world.stranger(), 404, 'not-found'],
      [filed.id, world.admin, 404, 'not-found'],
      [filed.id, svn, 404, 'not-found'],
      [filed.id, other, 404, 'not-found'],
      [filed.id, ngo.head, 409, 'permission-missing'],
      [theirs, world.secretariat, 404, 'not-found'],
      [own, world.secretariat, 409, 'wrong-stage'],
    ];
    for (const [id, who, status, code] of refused) {
      const call = withdraw(withdrawal(id), who);
      const { text } = await expectRefused(ledger, call, status, code);
      expect(text === missing.text).toBe(status === 404);
    }
    const wrongKind = withdraw(withdrawal(filed.id, {}, 'recommendation'));
    await expectRefused(ledger, wrongKind, 404, 'not-found');
  });

  it('may be asked for by who sees it, and by nobody else', async () => {
    const ask = (who: Client, id = filed.id) =>
      who.post('/v1/withdrawal-requests', {
        item: { kind: 'document', id },
        why: filed.words.why,
      });
    for (const who of [svn, other, await world.stranger()]) {
      await expectRefused(ledger, ask(who), 404, 'not-found');
    }
    const { body } = await ask(ngo.head).expect(201);
    const { id, version, item } = body as Item;
    expect(item).toEqual({ kind: 'document', id: filed.id });
    const answer = { reason: 'At once', grant: { files: { version: 1 }, ground: 'error' } };
    const url = `/v1/withdrawal-requests/${id}`;
    await world.secretariat.post(`${url}/answer`, answer, { version }).expect(200);
    expect(await shown(ngo.head, url)).toMatchObject({ status: 'granted', item });
    const [done] = (await shown(world.secretariat, '/v1/withdrawals'))['items'] as Item[];
    expect(done).toMatchObject({ item, parts: ['files/1'] });
  });

  it('takes all of it from everywhere, and tells those alone who saw it', async () => {
    const { body } = await withdraw(withdrawal(filed.id)).expect(201);
    const parts = ['author', 'files', 'reason', 'symbol', 'title'];
    expect(body).toMatchObject({ item: { kind: 'document', id: filed.id }, parts });
    const url = `/v1/documents/${filed.id}`;
    expect(await shown(ngo.head, url)).toMatchObject({
      title: '[withdrawn]',
      symbol: '[withdrawn]',
      side: ngo.side,
      filedBy: ngo.side,
      status: 'submitted',
      publicId: null,
      versions: [
        { by: ngo.side, texts: [] },
        { by: ngo.side, reason: '[withdrawn]', texts: [] },
      ],
    });
    await expectProblem(ngo.head.get(`${url}/content`), 410, 'withdrawn');
    await withdraw(withdrawal(partly, { fields: ['title'] })).expect(201);
    const told = (await ledger.journal(review)).filter(({ what }) => what === 'withdrawn');
    expect([...new Set(told.map(({ compartment }) => compartment))].toSorted()).toEqual([
      'desk:secretariat:upr',
      `filed:${ngo.side}`,
      `joint:${partly}`,
    ]);
    const texts = [
      await withdrawn.publicText(world.api),
      await withdrawn.rowsText(
        world.api.database.adminUrl,
        ['record', 'casework', 'journal', 'reference'],
        // Who asked wrote it to the secretariat, which reads it still.
        ['casework.withdrawal_request'],
      ),
      await withdrawn.filesText(folder),
    ];
    for (const [at, text] of texts.entries()) {
      for (const each of words) expect([at, each, text.includes(each)]).toEqual([at, each, false]);
    }
    const sealed = await withdrawn.sealedRows(ledger);
    const originals = await withdrawn.opened(sealed, new Vault(world.api.keysFile), folder);
    for (const [name, each] of Object.entries(filed.words)) {
      expect([name, originals.join('\n').includes(each)]).toEqual([name, name !== 'why']);
    }
    expect((await lines()).map((line) => JSON.parse(line) as object)).toMatchObject([
      { itemId: filed.id, parts: ['files/1'] },
      { itemId: filed.id, parts },
      { itemId: partly, parts: ['title'] },
    ]);
  });

  it('has the sweep look at once for files that it was told of before', async () => {
    const files = (await lines()).flatMap(
      (line) => (JSON.parse(line) as { files: string[] }).files,
    );
    expect(files).toHaveLength(4);
    const stored = (await readdir(folder, { recursive: true })).map((name) => path.basename(name));
    expect(stored.filter((name) => files.includes(name))).toEqual([]);
    const rows = await ledger.rows<{ epoch: boolean }>(
      `SELECT since = 'epoch' AS epoch FROM casework.file_in_doubt WHERE file_key = ANY ($1)`,
      [files],
    );
    expect(rows).toEqual(files.map(() => ({ epoch: true })));
  });

  it('is never published, and the rest of what was withdrawn in part is', async () => {
    await world.reach(review, 'SVN', 'ready');
    expect(await shown(ngo.head, `/v1/documents/${filed.id}`)).toMatchObject({
      status: 'submitted',
      publicId: null,
    });
    const { public_id: never } = await ledger.row<{ public_id: string }>(
      'SELECT public_id FROM casework.document WHERE id = $1',
      [filed.id],
    );
    await world.api.as().get(`/v1/record/documents/${never}`).expect(404);
    expect(
      await withdrawn.rowsText(world.api.database.adminUrl, ['record'], ['record.withdrawal']),
    ).not.toContain(never);
    const { publicId } = await shown(ngo.head, `/v1/documents/${partly}`);
    const url = `/v1/record/documents/${publicId as string}`;
    expect(await shown(world.api.as(), url)).toMatchObject({
      title: '[withdrawn]',
      by: { side: ngo.side },
      withdrawn: { parts: ['title'] },
    });
  });

  it('a recommendation too: the record neither has nor counts what was withdrawn whole', async () => {
    const france = await world.delegation('FRA');
    const made = await world.recommend(france, review, 'Protect Ana Novak of Maribor', ['KEN']);
    const kept = await world.recommend(france, review, 'Ratify it', ['KEN']);
    const item = { kind: 'recommendation', id: made };
    const { body } = await withdraw(withdrawal(made, undefined, 'recommendation')).expect(201);
    expect(body).toMatchObject({ item, parts: ['author', 'comment', 'statedPosition', 'text'] });
    await world.reach(review, 'SVN', 'reviewed');
    const position = `/v1/recommendations/${made}/position`;
    for (const told of [{ statedPosition: 'Ana Novak' }, { comment: 'Ana Novak' }]) {
      const call = svn.put(position, { position: 'noted', ...told }, { version: 0 });
      await expectRefused(ledger, call, 410, 'withdrawn', { facts: { parts: Object.keys(told) } });
    }
    await world.reach(review, 'SVN', 'adopted');
    const { publicId } = await shown(svn, `/v1/recommendations/${kept}`);
    expect(await recordIds('recommendations')).toEqual([publicId]);
    expect((await shown(svn, `/v1/recommendations/${made}`))['publicId']).toBeNull();
    const [page] = await recordIds('proceedings');
    const { outcome } = await shown(world.api.as(), `/v1/record/proceedings/${page!}`);
    expect(outcome).toMatchObject({ recommendations: 1, positions: { noted: 1 } });
    const text = await withdrawn.rowsText(world.api.database.adminUrl, [
      'record',
      'casework',
      'journal',
    ]);
    expect(text).not.toContain('Novak');
  });
});
