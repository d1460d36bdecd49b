import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly publication: object | null;
  readonly actions: { readonly action: string; readonly because: string | null }[];
}

const OFFICE = 'secretariat:upr';
const UNTIL = '2027-01-10T09:00:00.000Z';

/** The secretariat files what an organization handed to it: both see it, and decide. */
describe('a document filed for another side', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let watch: { side: string; head: Client };
  let other: Client;
  let drafter: Client;
  let id: string;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    watch = await world.organization('A watch');
    other = (await world.organization('Another')).head;
    drafter = await world.person(watch.side, 'drafter');
    await world.reach(review, 'SVN', 'preparation');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const url = () => `/v1/documents/${id}`;
  const show = async (who: Client): Promise<Shown> =>
    (await who.get(url()).expect(200)).body as Shown;
  const put = async (who: Client, what: 'embargo' | 'audience', body: object) => {
    const { version } = await show(who);
    return who.put(`${url()}/${what}`, { reason: 'They asked', ...body }, { version });
  };
  const refused = async (who: Client, what: 'embargo' | 'audience', body: object, by: string[]) => {
    const { version } = await show(who);
    const call = who.put(`${url()}/${what}`, { reason: 'x', ...body }, { version });
    await expectRefused(ledger, call, 409, 'wrong-role', { facts: { by } });
  };
  const told = async (what: string) =>
    (await ledger.journal(review))
      .filter((entry) => entry.what === what)
      .map(({ compartment, by, onBehalfOf }) => ({ compartment, by, onBehalfOf }));
  const because = ({ actions }: Shown, name: string) =>
    actions.find(({ action }) => action === name)!.because;

  it('is its filer’s alone while it is a draft, and what was asked about it', async () => {
    const kind = 'stakeholder-submission';
    const body = { kind, title: 'Handed over', onBehalfOf: watch.side };
    const begun = await world.secretariat.post(`/v1/reviews/${review}/documents`, body).expect(201);
    id = (begun.body as Shown).id;
    const { version } = begun.body as Shown;
    await world.secretariat.upload(`${url()}/content`, 'Our words.', { version }).expect(200);
    expect((await put(world.secretariat, 'embargo', { until: UNTIL })).status).toBe(200);
    await expectProblem(watch.head.get(url()), 404, 'not-found');
    const places = 'SELECT compartment FROM casework.publication WHERE document_id = $1';
    expect(await ledger.rows(places, [id])).toEqual([{ compartment: `desk:${OFFICE}` }]);
    expect(await told('embargo-set')).toEqual([
      { compartment: `desk:${OFFICE}`, by: OFFICE, onBehalfOf: watch.side },
    ]);
  });

  it('is seen by the side whose document it is, with what was asked for it', async () => {
    const { version } = await show(world.secretariat);
    await world.secretariat.post(`${url()}/submit`, undefined, { version }).expect(200);
    for (const who of [watch.head, world.secretariat]) {
      const shown = await show(who);
      expect(shown).toMatchObject({
        side: watch.side,
        filedBy: OFFICE,
        publication: { audience: 'public', until: UNTIL, reason: 'They asked', askedBy: OFFICE },
      });
      expect(because(shown, 'put-embargo')).toBeNull();
      expect(because(shown, 'put-audience')).toBeNull();
    }
    expect(because(await show(drafter), 'put-embargo')).toBe('permission-missing');
    await expectProblem(other.get(url()), 404, 'not-found');
    const journal = await watch.head.get(`/v1/reviews/${review}/journal`, { limit: 200 });
    expect(journal.text).not.toContain('embargo-set');
  });

  it('what who filed it has asked for, either of them takes back', async () => {
    const until = '2027-01-05T09:00:00.000Z';
    expect((await put(world.secretariat, 'embargo', { until })).status).toBe(200);
    expect((await put(watch.head, 'embargo', { until: UNTIL })).body).toMatchObject({
      publication: { until: UNTIL, askedBy: watch.side },
    });
    const desks = [`desk:${watch.side}`, `desk:${OFFICE}`];
    const set = await told('embargo-set');
    const last = set.filter(({ by }) => by === watch.side);
    expect(last).toEqual(
      desks.map((compartment) => ({ compartment, by: watch.side, onBehalfOf: undefined })),
    );
    const office = set.filter(({ by }) => by === OFFICE);
    expect(office.map(({ compartment }) => compartment)).toEqual([desks[0], desks[1], desks[1]]);
    for (const { onBehalfOf } of office) expect(onBehalfOf).toBe(watch.side);
  });

  it('what its own side has asked for, nobody takes back for it, by no way round', async () => {
    await refused(world.secretariat, 'embargo', { until: null }, [watch.side]);
    const sooner = '2027-01-05T09:00:00.000Z';
    await refused(world.secretariat, 'embargo', { until: sooner }, [watch.side]);
    // Whoever filed it may hold it back longer, and not let it out then.
    const later = '2027-01-20T09:00:00.000Z';
    expect((await put(world.secretariat, 'embargo', { until: later })).status).toBe(200);
    await refused(world.secretariat, 'embargo', { until: sooner }, [watch.side]);
    expect((await put(watch.head, 'audience', { audience: 'parties' })).status).toBe(200);
    await refused(world.secretariat, 'audience', { audience: 'public' }, [watch.side]);
  });

  it('is a duty of both before its embargo ends, and of nobody else', async () => {
    await world.at('2027-01-15T09:00:00Z');
    const dutiesOf = async (who: Client): Promise<object[]> => {
      const { body } = await who.get('/v1/me/duties', { limit: 200 }).expect(200);
      const { items } = body as { items: { deadline: string }[] };
      return items.filter(({ deadline }) => deadline === 'embargo-end');
    };
    for (const who of [watch.head, world.secretariat]) expect(await dutiesOf(who)).toHaveLength(1);
    for (const who of [other, await world.delegation('SVN')])
      expect(await dutiesOf(who)).toEqual([]);
    expect((await told('embargo-ending')).map(({ compartment }) => compartment)).toEqual([
      `desk:${watch.side}`,
      `desk:${OFFICE}`,
    ]);
  });
});
