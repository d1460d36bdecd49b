import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

type Change = { sequence: number; what: string; id: string };

/** What the record holds only from a certain act on, and what it never holds. */
describe('kept out of the record', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
    slovenia = await world.delegation('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const changes = async (after = 0): Promise<Change[]> =>
    (await anyone.get('/v1/record/changes', { after, limit: 200 }).expect(200)).body.items;

  it('is a whole review that was only a test', async () => {
    const trial = await world.review('SVN', { number: 80, test: true });
    await world.reach(trial, 'SVN', 'documented');
    await world.recommend(await world.delegation('KEN'), trial, 'Ratify it');
    await world.reach(trial, 'SVN', 'adopted');
    const { body } = await slovenia.get(`/v1/reviews/${trial}`).expect(200);
    expect(body).toMatchObject({ status: 'adopted', test: true, publicId: null });
    const tables = [
      'proceeding',
      'document',
      'file',
      'text',
      'recommendation',
      'recommender',
      'change',
    ];
    for (const table of tables)
      expect(await ledger.rows(`SELECT FROM record.${table}`)).toEqual([]);
    expect(await changes()).toEqual([]);
  });

  it('is a corrigendum until it is handed in; then it is a version, by whom and why', async () => {
    const review = await world.review('SVN');
    await world.reach(review, 'SVN', 'documented');
    const published = await anyone.get('/v1/record/documents', { kind: 'national-report' });
    const [report] = published.body.items as { id: string }[];
    const { id } = await ledger.row<{ id: string }>(
      'SELECT id FROM casework.document WHERE public_id = $1',
      [report!.id],
    );
    const path = `/v1/documents/${id}`;
    const last = (await changes()).at(-1)!.sequence;
    const was = (await slovenia.get(path).expect(200)).body.version as number;
    const reason = 'A figure was wrong';
    const revise = (who: Client, version?: number) =>
      who.post(`${path}/versions`, { reason }, version === undefined ? {} : { version });
    await expectRefused(ledger, revise(slovenia), 428, 'version-required');
    await expectRefused(ledger, revise(slovenia, was + 1), 412, 'stale');
    await expectRefused(ledger, revise(world.secretariat, was), 409, 'wrong-role');
    const { body } = await revise(slovenia, was).expect(201);
    await expectRefused(ledger, revise(slovenia, body.version), 409, 'already-exists');
    const sent = await slovenia
      .upload(`${path}/content`, 'Corrected words.', { version: body.version })
      .expect(200);
    expect((await slovenia.get(`${path}/content`).expect(200)).text).toBe('Corrected words.');
    const secretly = await world.secretariat.get(path).expect(200);
    expect(secretly.body.versions).toHaveLength(1);
    expect((await world.secretariat.get(`${path}/content`)).text).not.toContain('Corrected');
    expect((await world.secretariat.get(`${path}/content`, { version: 2 })).status).toBe(404);
    const journal = await world.secretariat.get(`/v1/reviews/${review}/journal`, { limit: 200 });
    expect(journal.text).not.toContain('corrigendum-begun');
    expect((await changes()).at(-1)!.sequence).toBe(last);

    const submit = `${path}/submit`;
    await slovenia.post(submit, undefined, { version: sent.body.version }).expect(200);
    const now = (await anyone.get(`/v1/record/documents/${report!.id}`).expect(200)).body;
    expect(now.versions).toMatchObject([
      { n: 1, by: 'state:SVN', reason: null },
      { n: 2, by: 'state:SVN', reason },
    ]);
    const content = (query: object) =>
      anyone.get(`/v1/record/documents/${report!.id}/content`, { ...query }).expect(200);
    expect((await content({})).text).toBe('Corrected words.');
    expect((await content({ version: 1 })).text).not.toBe('Corrected words.');
    expect((await world.secretariat.get(path).expect(200)).body.versions).toHaveLength(2);
    const fresh = await changes(last);
    expect(fresh).toMatchObject([{ sequence: last + 1, what: 'updated', id: report!.id }]);
    const entry = (await ledger.journal(review, 'filed:state:SVN')).at(-1)!;
    expect(entry).toMatchObject({ what: 'corrigendum-submitted', by: 'state:SVN' });
    // Its words may have to be withdrawn one day: what is in a chain stays.
    expect(JSON.stringify(entry)).not.toContain(reason);
  });
});
