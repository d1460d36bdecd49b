import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rehearsed } from '../database/direct.js';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, Ledger } from './ledger.js';

interface Item {
  readonly id: string;
  readonly version: number;
  readonly publicId: string | null;
  readonly [field: string]: unknown;
}

const MASK = '[withdrawn]';

/** Whose something is, once that was withdrawn: told to that side and the secretariat alone. */
describe('the author of an item, withdrawn', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let france: Client;
  let others: Client[];
  let made: string;
  /** Whose author stays until it is published. */
  let second: string;
  let report: string;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    france = await world.delegation('FRA');
    await world.reach(review, 'SVN', 'ready');
    made = await world.recommend(france, review, 'Ratify it', ['KEN']);
    second = await world.recommend(await world.delegation('NOR'), review, 'Consider it');
    await world.reach(review, 'SVN', 'reviewed');
    report = await world.file(world.secretariat, review, { kind: 'working-group-report' });
    others = [
      await world.delegation('SVN'),
      await world.delegation('KEN'),
      await world.delegation('BRA'),
      await world.president(),
    ];
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const url = () => `/v1/recommendations/${made}`;
  const reportUrl = () => `/v1/documents/${report}`;
  const list = (what: string) => `/v1/reviews/${review}/${what}`;
  const withdraw = (kind: string, id: string) =>
    world.secretariat
      .post('/v1/withdrawals', {
        item: { kind, id },
        fields: ['author'],
        ground: 'risk-to-person',
        reason: 'They are looking for who said it',
      })
      .expect(201);
  const shown = async (who: Client, address: string): Promise<Item> =>
    (await who.get(address).expect(200)).body as Item;
  const listed = async (who: Client, what: string, query: object = {}): Promise<Item[]> => {
    const { body } = await who.get(list(what), { limit: 200, ...query }).expect(200);
    return (body as { items: Item[] }).items;
  };
  const accountOf = async (who: Client): Promise<string> =>
    (await shown(who, '/v1/me'))['accountId'] as string;

  it('is shown to everybody of the parties before', async () => {
    for (const who of [...others, france, world.secretariat]) {
      expect(await shown(who, url())).toMatchObject({ side: 'state:FRA', filedBy: 'state:FRA' });
      expect(await listed(who, 'recommendations', { recommendingState: 'FRA' })).toHaveLength(1);
    }
    await withdraw('recommendation', made);
    await withdraw('document', report);
  });

  it('is masked for all others, in lists, under filters and in refusals', async () => {
    const masked = { side: MASK, filedBy: MASK };
    const nameless = { ...masked, recommendingStates: [], withdrawn: { parts: ['author'] } };
    for (const who of others) {
      expect(await shown(who, url())).toMatchObject(nameless);
      const rows = await listed(who, 'recommendations');
      expect(rows.find(({ id }) => id === made)).toMatchObject(masked);
      for (const recommendingState of ['FRA', 'KEN']) {
        expect(await listed(who, 'recommendations', { recommendingState })).toEqual([]);
      }
      expect(await shown(who, reportUrl())).toMatchObject({ ...masked, versions: [{ by: MASK }] });
      const [row] = await listed(who, 'documents', { kind: 'working-group-report' });
      expect(row).toMatchObject(masked);
      const { version } = row!;
      const facts = { by: [MASK] };
      const submit = who.post(`${reportUrl()}/submit`, undefined, { version });
      await expectProblem(submit, 409, 'wrong-role', { facts });
      const embargo = { until: '2027-06-01T09:00:00Z', reason: 'Not yet' };
      const put = who.put(`${reportUrl()}/embargo`, embargo, { version });
      await expectProblem(put, 409, 'wrong-role', { facts });
    }
  });

  it('is known to its own side and the secretariat still', async () => {
    const states = [
      { state: 'FRA', status: 'confirmed' },
      { state: 'KEN', status: 'invited' },
    ];
    const known = { side: 'state:FRA', filedBy: 'state:FRA', recommendingStates: states };
    for (const who of [france, world.secretariat]) {
      expect(await shown(who, url())).toMatchObject(known);
      const rows = await listed(who, 'recommendations');
      expect(rows.find(({ id }) => id === made)).toMatchObject(known);
    }
    expect(await shown(world.secretariat, reportUrl())).toMatchObject({
      side: 'secretariat:upr',
      filedBy: 'secretariat:upr',
      versions: [{ by: 'secretariat:upr' }],
    });
    expect((await shown(france, reportUrl()))['side']).toBe(MASK);
  });

  it('is in no row that others may read, whatever asks the database', async () => {
    const rows = [
      `SELECT side, filed_by FROM casework.recommendation WHERE id = '${made}'`,
      `SELECT side, filed_by FROM casework.document WHERE id = '${report}'`,
    ];
    const authors = 'SELECT side FROM casework.authorship ORDER BY side';
    const read = async (who: Client) =>
      rehearsed(world.api.database.appUrl, await accountOf(who), async (client) => {
        for (const sql of rows) {
          const masked = [{ side: MASK, filed_by: MASK }];
          expect((await client.query<object>(sql)).rows).toEqual(masked);
        }
        const seen = await client.query<{ side: string }>(authors);
        return seen.rows.map(({ side }) => side);
      });
    for (const who of others) expect(await read(who)).toEqual([]);
    expect(await read(france)).toEqual(['state:FRA']);
    expect(await read(world.secretariat)).toEqual(['secretariat:upr', 'state:FRA']);
  });

  it('acts for it as before, and no later entry names it', async () => {
    const before = (await ledger.journal(review, 'parties')).length;
    const version = async () => (await shown(world.secretariat, reportUrl())).version;
    const query = { language: 'fr', standing: 'official' };
    const french = { version: await version(), query };
    await world.secretariat.upload(`${reportUrl()}/content`, 'Des mots.', french).expect(200);
    const reason = { reason: 'A figure' };
    const once = { version: await version() };
    await world.secretariat.post(`${reportUrl()}/versions`, reason, once).expect(201);
    const corrected = { version: await version() };
    await world.secretariat.upload(`${reportUrl()}/content`, 'Words.', corrected).expect(200);
    const last = { version: await version() };
    await world.secretariat.post(`${reportUrl()}/submit`, undefined, last).expect(200);
    const told = (await ledger.journal(review, 'parties')).slice(before);
    expect(told.map(({ what, by }) => [what, by])).toEqual([
      ['language-added', MASK],
      ['corrigendum-submitted', MASK],
    ]);
    const { versions } = await shown(others[0]!, reportUrl());
    expect(versions).toMatchObject([{ by: MASK }, { by: MASK }]);
  });

  it('is not in the record, when its time comes', async () => {
    const labels = [made, second].map((id, index) => ({ id, label: `6.${index + 1}` }));
    await world.secretariat.post(list('recommendations/labels'), { labels }).expect(200);
    await signOff(world, review);
    await world.at('2027-05-05T15:00:00Z');
    const moved = await world.move(await world.president(), review, 'adopt-report');
    expect(moved.status).toBe(200);
    const anyone = world.api.as();
    const { publicId } = await shown(france, url());
    expect(await shown(anyone, `/v1/record/recommendations/${publicId}`)).toMatchObject({
      text: 'Ratify it',
      recommendingStates: [],
      filedBy: null,
      withdrawn: { parts: ['author'] },
    });
    const query = { recommendingState: 'FRA' };
    const found = await anyone.get('/v1/record/recommendations', query).expect(200);
    expect((found.body as { items: object[] }).items).toEqual([]);
    const { publicId: document } = await shown(world.secretariat, reportUrl());
    expect(await shown(anyone, `/v1/record/documents/${document}`)).toMatchObject({
      by: { side: null, name: MASK },
      versions: [{ by: null }, { by: null }],
    });
  });

  it('and is taken out of the record, where that had it', async () => {
    const { publicId } = await shown(world.secretariat, `/v1/recommendations/${second}`);
    const query = { recommendingState: 'NOR' };
    const found = async () => {
      const { body } = await world.api.as().get('/v1/record/recommendations', query).expect(200);
      return (body as { items: Item[] }).items.map(({ id }) => id);
    };
    expect(await found()).toEqual([publicId]);
    await withdraw('recommendation', publicId!);
    expect(await found()).toEqual([]);
  });
});
