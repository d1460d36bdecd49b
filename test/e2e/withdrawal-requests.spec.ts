import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { LEDGER_FILE } from '../../src/modules/proceedings/index.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';
import { publishSecrets, type Secrets } from './withdrawn.js';

interface Item {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}
interface Page {
  readonly items: Item[];
  readonly next: string | null;
}

describe('who withdraws, and who asks for it', () => {
  let world: World;
  let ledger: Ledger;
  let secrets: Secrets;
  let sister: Client;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    secrets = await publishSecrets(world);
    sister = await world.stranger();
  }, 90_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

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
  const requests = '/v1/withdrawal-requests';
  const listOf = async (who: Client, query = {}): Promise<Item[]> =>
    ((await who.get(requests, query).expect(200)).body as Page).items;

  it('withdrawing is the secretariat’s alone, and says what it cannot do', async () => {
    const body = ofDocument({ fields: ['title'] });
    const post =
      (who: Client, given: object = body) =>
      () =>
        withdraw(given, who);
    await expectRefused(ledger, post(world.api.as())(), 401, 'unauthenticated');
    await expectRefused(ledger, post(await world.stranger())(), 404, 'not-found');
    await expectRefused(ledger, post(world.admin)(), 404, 'not-found');
    for (const who of [secrets.svn, secrets.ngo, await world.president()]) {
      await expectRefused(ledger, post(who)(), 409, 'permission-missing');
    }
    const nobody = { kind: 'document', id: randomUUID() };
    const wrong: [object, number, string][] = [
      [withdrawal(nobody, { whole: true }), 404, 'not-found'],
      [
        withdrawal({ kind: 'document', id: secrets.recommendation }, { whole: true }),
        404,
        'not-found',
      ],
      [ofDocument({}), 422, 'invalid-content'],
      [ofDocument({ fields: ['comment'] }), 422, 'invalid-content'],
      [ofRecommendation({ files: {} }), 422, 'invalid-content'],
      [ofDocument({ fields: ['title'], ground: 'because' }), 422, 'invalid-content'],
      [ofDocument({ fields: ['title'], reason: '' }), 422, 'invalid-content'],
      [ofDocument({ fields: ['title'], why: 'x' }), 400, 'unknown-field'],
    ];
    for (const [given, status, code] of wrong) {
      await expectRefused(ledger, post(world.secretariat, given)(), status, code);
    }
  });

  it('anybody with an account may ask, and is seen by the secretariat without a name', async () => {
    const item = { kind: 'document', id: secrets.document };
    const body = { item, why: 'It names my sister, who is still there' };
    await expectRefused(ledger, world.api.as().post(requests, body), 401, 'unauthenticated');
    const nothing = { ...body, item: { ...item, id: randomUUID() } };
    await expectRefused(ledger, sister.post(requests, nothing), 404, 'not-found');
    await expectRefused(ledger, sister.post(requests, { item }), 422, 'invalid-content');
    const key = randomUUID();
    const first = await sister.post(requests, body, { key }).expect(201);
    const again = await sister.post(requests, body, { key }).expect(201);
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({
      item,
      why: body.why,
      mine: true,
      status: 'open',
      answer: null,
    });
    const [seen, ...others] = await listOf(world.secretariat);
    expect([others, seen]).toEqual([[], { ...(first.body as object), mine: false }]);
    expect(await listOf(sister)).toEqual([first.body]);
    const url = `${requests}/${seen!.id}`;
    expect((await sister.get(url).expect(200)).body).toEqual(first.body);
    for (const who of [secrets.svn, secrets.ngo, world.admin, await world.stranger()]) {
      expect(await listOf(who)).toEqual([]);
      await expectProblem(who.get(url), 404, 'not-found');
    }
  });

  it('the secretariat answers, once: it declines with words, or grants and withdraws', async () => {
    const ask = async (kind: string, id: string): Promise<Item> =>
      (await sister.post(requests, { item: { kind, id }, why: 'Please' }).expect(201)).body as Item;
    const declined = await ask('recommendation', secrets.recommendation);
    const [open] = await listOf(sister, { status: 'open' });
    const answer = (who: Client, { id, version }: Item, body: object) =>
      who.post(`${requests}/${id}/answer`, body, { version });
    const no = { reason: 'It names nobody' };
    await expectRefused(ledger, answer(sister, declined, no), 404, 'not-found');
    await expectRefused(ledger, answer(secrets.svn, declined, no), 404, 'not-found');
    await expectRefused(
      ledger,
      answer(world.secretariat, { ...declined, version: 2 }, no),
      412,
      'stale',
    );
    const bare = world.secretariat.post(`${requests}/${declined.id}/answer`, no);
    await expectRefused(ledger, bare, 428, 'version-required');
    const nothing = { ...no, grant: { ground: 'error' } };
    await expectRefused(
      ledger,
      answer(world.secretariat, declined, nothing),
      422,
      'invalid-content',
    );
    const { body } = await answer(world.secretariat, declined, no).expect(200);
    expect(body).toMatchObject({ status: 'declined', answer: no.reason, version: 2 });
    await expectRefused(
      ledger,
      answer(world.secretariat, { ...declined, version: 2 }, no),
      409,
      'already-given',
    );
    const yes = { reason: 'You are right', grant: { files: {}, ground: 'risk-to-person' } };
    await answer(world.secretariat, open!, yes).expect(200);
    expect((await sister.get(`${requests}/${open!.id}`).expect(200)).body).toMatchObject({
      status: 'granted',
      answer: yes.reason,
    });
    const content = `/v1/record/documents/${secrets.document}/content`;
    await expectProblem(world.api.as().get(content), 410, 'withdrawn');
    const [done] = ((await world.secretariat.get('/v1/withdrawals')).body as Page).items;
    expect(done).toMatchObject({ parts: ['files'], reason: yes.reason });
  });

  it('does nothing where there is no key to seal with', async () => {
    const away = `${world.api.keysFile}.away`;
    await rename(world.api.keysFile, away);
    const body = ofRecommendation({ whole: true });
    await expectRefused(ledger, withdraw(body), 503, 'unavailable');
    await rename(away, world.api.keysFile);
    await withdraw(body).expect(201);
  });

  it('leaves no line in the ledger of what was rolled back in the end', async () => {
    const lines = (): Promise<string> =>
      readFile(path.join(path.dirname(world.api.keysFile), LEDGER_FILE), 'utf8');
    const before = await lines();
    await ledger.rows(`CREATE FUNCTION public.too_late() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'too late'; END $$`);
    await ledger.rows(`CREATE CONSTRAINT TRIGGER too_late AFTER INSERT ON casework.idempotency
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.too_late()`);
    const body = ofDocument({ fields: ['title'] });
    await expectRefused(ledger, withdraw(body), 500, 'internal');
    expect(await lines()).toBe(before);
    await ledger.rows('DROP FUNCTION public.too_late CASCADE');
    await withdraw(body).expect(201);
    expect((await lines()).length).toBeGreaterThan(before.length);
  });

  it('is listed for the secretariat, with its reasons, and for nobody else', async () => {
    const { body } = await world.secretariat.get('/v1/withdrawals', { limit: 2 }).expect(200);
    const { items } = body as Page;
    expect(items).toHaveLength(2);
    const one = `/v1/withdrawals/${items[0]!.id}`;
    expect((await world.secretariat.get(one).expect(200)).body).toEqual(items[0]);
    for (const who of [secrets.svn, secrets.ngo, await world.stranger(), world.admin]) {
      expect((await who.get('/v1/withdrawals').expect(200)).body).toEqual({
        items: [],
        next: null,
      });
      await expectProblem(who.get(one), 404, 'not-found');
    }
  });
});
