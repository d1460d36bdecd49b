import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';

/** The holidays that are shipped end with 2031. */
describe('a deadline that is counted in working days', () => {
  let world: World;
  let review: string;
  let session: string;
  beforeAll(async () => {
    world = await World.build();
    const { sessionId, slotId } = await world.slot('SVN');
    session = sessionId;
    const { body } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
    review = (body as { id: string }).id;
  });
  afterAll(() => world.stop());

  const uncounted = async (): Promise<string[]> => {
    const { body } = await world.secretariat.get(`/v1/reviews/${review}/deadlines`).expect(200);
    const { items } = body as { items: { key: string; holidaysKnown: boolean }[] };
    return items.filter(({ holidaysKnown }) => !holidaysKnown).map(({ key }) => key);
  };

  it('says so where it was counted over a year without known holidays', async () => {
    expect(await uncounted()).toEqual([]);
    const starts = '2032-01-12T09:00:00+01:00';
    const slots = [
      { state: 'SVN', starts, ends: '2032-01-12T12:30:00+01:00', outcomeStarts: null },
    ];
    const dates = { starts: '2032-01-12', ends: '2032-01-23', reason: 'Postponed', slots };
    const url = `/v1/sessions/${session}/reschedule`;
    await world.secretariat.post(url, dates, { version: 1 }).expect(200);
    expect(await uncounted()).toEqual(['advance-questions']);
  });
});
