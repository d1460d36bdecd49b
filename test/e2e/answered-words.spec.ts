import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

/** A State answers the words that it read: to other words it has given no answer yet. */
describe('an answer given in the room', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let kenya: Client;
  let id: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    kenya = await world.delegation('KEN');
    await world.reach(review, 'SVN', 'documented');
    id = await world.recommend(kenya, review, 'Ratify it');
    await world.reach(review, 'SVN', 'reviewed');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const read = async () =>
    (await kenya.get(`/v1/recommendations/${id}`).expect(200)).body as {
      text: string;
      version: number;
      position: { position: string } | null;
    };
  const prepare = async () => {
    const url = `/v1/recommendations/${id}/position`;
    const { version } = (await slovenia.get(url).expect(200)).body as { version: number };
    await slovenia.put(url, { position: 'supported' }, { version }).expect(200);
  };
  const give = () => slovenia.post(`/v1/reviews/${review}/positions`, {});
  const answer = async () => {
    await prepare();
    await give().expect(200);
  };
  const amend = async (text: string) => {
    const { version } = await read();
    const body = { text, reason: 'Agreed in the room' };
    await kenya.post(`/v1/recommendations/${id}/amendments`, body, { version }).expect(201);
  };

  it('falls with its words when they become others, and is kept among those before', async () => {
    await answer();
    expect(await read()).toMatchObject({ position: { position: 'supported' } });
    await amend('Abolish it');
    expect(await read()).toMatchObject({ text: 'Abolish it', position: null });
    const kept = await ledger.rows(
      'SELECT position, status FROM casework.position WHERE recommendation_id = $1',
      [id],
    );
    expect(kept).toEqual([{ position: 'supported', status: 'superseded' }]);
  });

  it('is given anew to the words that stand, and not from what was prepared on others', async () => {
    await prepare();
    await amend('Abolish it soon');
    const facts = { recommendations: [id] };
    await expectRefused(ledger, give(), 409, 'wording-changed', { facts });
    await answer();
    expect(await read()).toMatchObject({
      text: 'Abolish it soon',
      position: { position: 'supported' },
    });
  });
});
