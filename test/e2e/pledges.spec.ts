import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY, statusesOf } from './asking.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';
import { Words } from './words.js';

interface Pledge {
  id: string;
  version: number;
  text: string;
  status: string;
  publicId: string | null;
}
interface Published {
  id: string;
  state: string;
  text: string;
  withdrawn?: object;
}

/** What the State under review promises of itself. */
describe('voluntary pledges', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let slovenia: Client;
  let drafter: Client;
  let france: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    words = new Words(world, ledger, review);
    [slovenia, drafter, france] = [
      await world.delegation('SVN'),
      await world.delegation('SVN', 'drafter'),
      await world.delegation('FRA'),
    ];
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = () => `/v1/reviews/${words.review}/pledges`;
  const draft = (who: Client, text = 'Abolish it ourselves') => who.post(url(), { text });
  const submit = (who: Client, { id, version }: Pledge) =>
    who.post(`/v1/pledges/${id}/submit`, undefined, { version });
  const made = async (text?: string): Promise<Pledge> => {
    const { body } = await draft(slovenia, text).expect(201);
    return (await submit(slovenia, body as Pledge).expect(200)).body as Pledge;
  };

  it('are drafted by the State under review alone, hidden from all others', async () => {
    await expectRefused(ledger, draft(slovenia), 409, 'wrong-stage');
    await world.reach(words.review, 'SVN', 'documented');
    for (const who of [france, world.secretariat, await world.president()]) {
      await expectRefused(ledger, draft(who), 409, 'wrong-role');
    }
    const { body } = await draft(drafter).expect(201);
    expect(body).toMatchObject({ side: 'state:SVN', status: 'draft', version: 1 });
    const item = `/v1/pledges/${(body as Pledge).id}`;
    const missing = await france.get(`/v1/pledges/${NOBODY}`).expect(404);
    for (const who of [france, world.secretariat]) {
      expect((await who.get(item).expect(404)).text).toBe(missing.text);
      expect((await who.get(url()).expect(200)).body.items).toEqual([]);
    }
    expect((await slovenia.get(url()).expect(200)).body.items).toHaveLength(1);
    await expectRefused(ledger, submit(drafter, body as Pledge), 409, 'permission-missing');
    const entry = (await ledger.journal(words.review, 'desk:state:SVN')).at(-1)!;
    expect(entry).toMatchObject({ what: 'pledge-begun', by: 'state:SVN' });
  });

  it('are edited for the version that was read, until they are made', async () => {
    const { body } = await draft(slovenia).expect(201);
    const pledge = body as Pledge;
    const item = `/v1/pledges/${pledge.id}`;
    const change = { text: 'Abolish it by 2029' };
    await expectRefused(ledger, slovenia.patch(item, change), 428, 'version-required');
    await expectRefused(ledger, slovenia.patch(item, change, { version: 9 }), 412, 'stale');
    const calls = [1, 2].map(() => slovenia.patch(item, change, { version: 1 }));
    expect(await statusesOf(calls)).toEqual([200, 412]);
    const short = slovenia.patch(item, { text: 'no' }, { version: 2 });
    await expectRefused(ledger, short, 422, 'invalid-content');
    const trial = await expectUnchanged(ledger, () =>
      slovenia.post(`${item}/submit`, undefined, { version: 2, query: { dryRun: true } }),
    );
    expect(trial.body).toMatchObject({ ok: true });
    const { body: after } = await submit(slovenia, { ...pledge, version: 2 }).expect(200);
    expect(after).toMatchObject({ status: 'submitted', publicId: null, text: change.text });
    expect(await words.told()).toEqual(['state:SVN pledge-made']);
    const late = slovenia.patch(item, change, { version: 3 });
    await expectRefused(ledger, late, 409, 'already-submitted');
    const again = submit(slovenia, { ...pledge, version: 3 });
    await expectRefused(ledger, again, 409, 'already-submitted');
    for (const who of [france, world.secretariat]) {
      const seen = await who.get(item).expect(200);
      expect(seen.body.actions.every(({ allowed }: { allowed: boolean }) => !allowed)).toBe(true);
      await expectRefused(ledger, who.patch(item, change, { version: 3 }), 409, 'wrong-role');
    }
    const { head } = await world.organization('Watch');
    await head.get(item).expect(404);
  });

  it('are listed in pages, apart from the recommendations', async () => {
    await made('Open the archives');
    const pages = await everyPage<Pledge>(slovenia, `${url()}?limit=1`);
    expect(pages.length).toBe(3);
    const { body } = await slovenia.get(`/v1/reviews/${words.review}/recommendations`).expect(200);
    expect(body.items).toEqual([]);
  });

  it('are published with the report, those made later at once, and count as no recommendation', async () => {
    expect(await words.published('pledges')).toEqual([]);
    await world.reach(words.review, 'SVN', 'wg-adopted');
    const texts = (await words.published<Published>('pledges')).map(({ text }) => text);
    expect(texts).toEqual(['Abolish it by 2029', 'Open the archives']);
    const { publicId } = await made('Train every judge');
    const anyone = world.api.as();
    const { body } = await anyone.get(`/v1/record/pledges/${publicId}`).expect(200);
    expect(body).toMatchObject({ state: 'SVN', session: 50, text: 'Train every judge' });
    const feed = await anyone.get('/v1/record/changes', { limit: 200 }).expect(200);
    const last = (feed.body.items as object[]).at(-1);
    expect(last).toMatchObject({ kind: 'pledge', href: `/v1/record/pledges/${publicId}` });
    expect(await words.published('pledges', { state: 'FRA' })).toEqual([]);
    await anyone.get('/v1/record/pledges', { session: 99_998 }).expect(400);
    await world.reach(words.review, 'SVN', 'adopted');
    const [page] = await words.published<{ outcome: object }>('proceedings');
    expect(page!.outcome).toMatchObject({ recommendations: 0 });
    await expectRefused(ledger, draft(slovenia), 409, 'wrong-stage');
  });

  it('are withdrawn for safety like everything in the record', async () => {
    const [{ id }] = (await words.published<Published>('pledges')) as [Published];
    const item = { kind: 'pledge', id };
    const told = { ground: 'risk-to-person', reason: 'It names a witness' };
    const files = { item, files: {}, ...told };
    const wrong = world.secretariat.post('/v1/withdrawals', files);
    await expectRefused(ledger, wrong, 422, 'invalid-content');
    await world.secretariat.post('/v1/withdrawals', { item, whole: true, ...told }).expect(201);
    const [gone] = (await words.published<Published>('pledges')) as [Published];
    expect(gone).toMatchObject({ text: '[withdrawn]', withdrawn: { parts: ['text'] } });
    const list = await france.get(url()).expect(200);
    expect(list.text).not.toContain('Abolish it by 2029');
    const everything = await ledger.rows<{ body: string }>('SELECT body FROM record.pledge');
    expect(JSON.stringify(everything)).not.toContain('Abolish it by 2029');
  });
});
