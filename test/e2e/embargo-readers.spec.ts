import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rehearsed } from '../database/direct.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, Ledger } from './ledger.js';

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly publication: object | null;
}

const UNTIL = { draft: '2027-01-10T09:00:00.000Z', filed: '2027-02-01T09:00:00.000Z' };
const REASON = 'Its author leaves the country first';

/** Of a document that nobody has yet, and of one that was handed in. */
describe('who learns of an embargo', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let ngo: { side: string; head: Client };
  let parties: Client[];
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    ngo = await world.organization('An observatory');
    parties = [
      await world.delegation('SVN'),
      await world.delegation('FRA'),
      await world.president(),
    ];
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const show = async (who: Client, id: string): Promise<Shown> =>
    (await who.get(`/v1/documents/${id}`).expect(200)).body as Shown;
  const hold = async (who: Client, id: string, until: string) => {
    const { version } = await show(who, id);
    const body = { until, reason: REASON };
    return who.put(`/v1/documents/${id}/embargo`, body, { version }).expect(200);
  };
  /** Everything about the review that somebody can read of it. */
  const readings = async (who: Client, id: string): Promise<string> => {
    const urls = [
      `/v1/documents/${id}`,
      `/v1/reviews/${review}`,
      `/v1/reviews/${review}/documents?limit=200&count=true`,
      `/v1/reviews/${review}/journal?limit=200`,
      `/v1/reviews/${review}/journal/verification`,
      '/v1/me/duties?limit=200',
    ];
    const answers = await Promise.all(urls.map((url) => who.get(url)));
    return answers.map(({ text, headers }) => `${headers['etag']} ${text}`).join('\n');
  };
  const rowsOf = async (who: Client): Promise<object[]> => {
    const { accountId } = (await who.get('/v1/me').expect(200)).body as { accountId: string };
    return rehearsed(world.api.database.appUrl, accountId, async (client) => {
      const { rows } = await client.query<object>('SELECT reason FROM casework.publication');
      return rows;
    });
  };

  it('about a draft: its own side, until that hands it in; then the secretariat', async () => {
    await world.reach(review, 'SVN', 'preparation');
    const body = { kind: 'stakeholder-submission', title: 'A submission' };
    const begun = await ngo.head.post(`/v1/reviews/${review}/documents`, body).expect(201);
    const { id, version } = begun.body as Shown;
    await ngo.head.upload(`/v1/documents/${id}/content`, 'Words.', { version }).expect(200);
    const before = await readings(world.secretariat, id);
    await hold(ngo.head, id, UNTIL.draft);
    expect(await readings(world.secretariat, id)).toBe(before);
    expect(await rowsOf(world.secretariat)).toEqual([]);
    const { version: now } = await show(ngo.head, id);
    await ngo.head.post(`/v1/documents/${id}/submit`, undefined, { version: now }).expect(200);
    for (const who of [ngo.head, world.secretariat]) {
      expect((await show(who, id)).publication).toMatchObject({
        until: UNTIL.draft,
        reason: REASON,
      });
      expect(await rowsOf(who)).toEqual([{ reason: REASON }]);
    }
  });

  it('about what was handed in: its side and the secretariat, to the byte', async () => {
    const id = await world.file(ngo.head, review, { kind: 'joint-submission' });
    const before = await Promise.all(parties.map((who) => readings(who, id)));
    const { body } = await hold(world.secretariat, id, UNTIL.filed);
    expect((body as Shown).publication).toMatchObject({ until: UNTIL.filed, reason: REASON });
    expect(await Promise.all(parties.map((who) => readings(who, id)))).toEqual(before);
    for (const who of parties) {
      expect(await rowsOf(who)).toEqual([]);
    }
    const told = (await ledger.journal(review)).filter(({ what }) => what === 'embargo-set');
    expect(told.map(({ compartment }) => compartment)).toEqual([
      `desk:${ngo.side}`,
      `desk:${ngo.side}`,
      'desk:secretariat:upr',
    ]);
    // The version that its side names has gone on too.
    const { version } = await show(ngo.head, id);
    const again = { until: UNTIL.filed, reason: REASON };
    const stale = ngo.head.put(`/v1/documents/${id}/embargo`, again, { version: version - 1 });
    await expectProblem(stale, 412, 'stale');
  });

  it('and nobody but a procedure writes what was asked', async () => {
    const { accountId } = (await ngo.head.get('/v1/me').expect(200)).body as { accountId: string };
    await rehearsed(world.api.database.appUrl, accountId, async (client) => {
      const { rowCount } = await client.query('UPDATE casework.publication SET until = NULL');
      expect(rowCount).toBe(0);
    });
  });
});
