import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Lists, OPENS, PLENARY_CLOSES, PLENARY_OPENS } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import { expectRefused, Ledger } from './ledger.js';

const FIFTEEN = 'ALB BRA CHE CIV DEU EGY FRA GHA IND JPN KEN MEX NOR PER ZMB'.split(' ');
const closed = (instant: string): string => instant.replace('16:00:00', '16:01:00');
const seen = {
  drawnOn: '2027-04-30',
  meeting: 'Meeting with the delegations',
  witnesses: ['Secretary of the Council'],
};

/** What lots give comes to the lists of speakers, whichever was there first. */
describe('lists of speakers and lots', () => {
  let world: World;
  let ledger: Ledger;
  let sessionId: string;
  let slovenia: Lists;
  let estonia: Lists;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const { secretariat } = world;
    const place = await world.slot('SVN');
    ({ sessionId } = place);
    slovenia = await listsIn(place.slotId);
    const { body } = await secretariat
      .post(`/v1/sessions/${sessionId}/schedule`, {
        state: 'EST',
        starts: '2027-05-04T09:00:00+02:00',
        ends: '2027-05-04T12:30:00+02:00',
      })
      .expect(201);
    estonia = await listsIn((body as { id: string }).id);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  async function listsIn(slotId: string): Promise<Lists> {
    const { body } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
    return new Lists(world, (body as { id: string }).id);
  }
  const byHand = (of: string, purpose: string, drawn: readonly string[]) =>
    world.secretariat.post(`/v1/${of}/lots/by-hand`, {
      purpose,
      result: [{ for: null, drawn }],
      ...seen,
    });
  const draws = async (lists: Lists, list = 'dialogue') =>
    (await lists.seen(world.secretariat, list)).draw as { lot: string; drawn: string[] } | null;

  it('begin with the letter drawn for the session, those closed before, and those after', async () => {
    await world.reach(slovenia.review, 'SVN', 'documented');
    await world.at(OPENS);
    await slovenia.onBehalf(['FRA', 'KEN', 'ZMB']);
    // One of them had its own draw in a meeting: that stands.
    const president = await world.president();
    await estonia.draw(president, ['ZMB']).expect(200);
    await estonia.onBehalf(['KEN', 'ZMB', 'ALB']);
    await world.at(closed('2027-04-29T16:00:00Z'));
    expect(await slovenia.seen(president)).toMatchObject({ status: 'draw-needed', draw: null });
    expect(await estonia.order(president)).toEqual(['ZMB', 'ALB', 'KEN']);
    const { body } = await byHand(`sessions/${sessionId}`, 'first-speaker', ['K']).expect(201);
    const lot = (body as { id: string }).id;
    expect(await draws(slovenia)).toEqual({ drawn: ['K'], lot, byHand: null });
    expect(await slovenia.order(president)).toEqual(['KEN', 'ZMB', 'FRA']);
    expect(await draws(estonia)).toMatchObject({ drawn: ['ZMB'], lot: null });
    const { items } = (
      await world.api.as().get('/v1/record/speakers', { state: 'SVN' }).expect(200)
    ).body as { items: { by: { name: string }; place: number }[] };
    expect(items.map(({ by, place }) => [place, by.name])).toEqual([
      [1, 'Kenya'],
      [2, 'Zambia'],
      [3, 'France'],
    ]);
    const entry = (await ledger.journal(slovenia.review, 'case')).findLast(
      ({ what }) => what === 'speakers-drawn',
    );
    expect(entry?.facts).toEqual({ list: 'dialogue', drawn: 1, by: 'lot' });
    await expectRefused(ledger, slovenia.draw(president, ['A']), 409, 'already-given');
  });

  it('of a review that is opened later begin with it when they close', async () => {
    const { body } = await world.secretariat
      .post(`/v1/sessions/${sessionId}/schedule`, {
        state: 'FJI',
        starts: '2027-05-05T09:00:00+02:00',
        ends: '2027-05-05T12:30:00+02:00',
      })
      .expect(201);
    const fiji = await listsIn((body as { id: string }).id);
    // Its time was over when it was opened: it closes with nobody on it.
    await world.at('2027-04-30T09:00:00Z');
    expect(await fiji.seen(world.secretariat)).toMatchObject({ status: 'settled', speakers: [] });
    expect(await draws(fiji)).toMatchObject({ drawn: ['K'] });
  });

  it('of the plenary are drawn by a lot that anybody can draw again, once they have closed', async () => {
    const { review } = slovenia;
    await world.reach(review, 'SVN', 'wg-adopted');
    await world.at(PLENARY_OPENS);
    const announce = () =>
      world.secretariat.post(`/v1/reviews/${review}/lots`, {
        purpose: 'plenary-speakers',
        publicValue: { source: 'An index on 17 September', knownFrom: '2027-09-17T09:00:00Z' },
      });
    await slovenia.onBehalf(FIFTEEN, 'plenary');
    await expectRefused(ledger, announce(), 409, 'list-open');
    await world.at(closed(PLENARY_CLOSES));
    const { body } = await announce().expect(201);
    const lot = body as { id: string; input: { draw: { pool: object[] } } };
    expect(lot.input.draw.pool).toHaveLength(15);
    await world.at('2027-09-17T09:00:00Z');
    const drawn = await world.secretariat
      .post(`/v1/lots/${lot.id}/draw`, { publicValue: '4711.08' }, { version: 1 })
      .expect(200);
    const [{ drawn: order }] = drawn.body.result as [{ drawn: string[] }];
    expect(order).toHaveLength(13);
    expect(await slovenia.order(world.secretariat, 'plenary')).toEqual(order);
    expect(await draws(slovenia, 'plenary')).toMatchObject({ lot: lot.id });
    const again = slovenia.draw(
      world.secretariat,
      order.map((code) => `state:${code}`),
      { list: 'plenary' },
    );
    await expectRefused(ledger, again, 409, 'already-given');
    const twice = byHand(`reviews/${review}`, 'plenary-speakers', order);
    await expectRefused(ledger, twice, 409, 'already-given');
  });
});
