import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import { expectRefused, Ledger } from './ledger.js';

const HELD = {
  state: 'SVN',
  starts: '2027-05-03T07:00:00.000Z',
  ends: '2027-05-03T10:30:00.000Z',
};

describe('a place in a session whose dialogue was held', () => {
  let world: World;
  let ledger: Ledger;
  let session: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const { sessionId, slotId } = await world.slot('SVN');
    session = sessionId;
    const { body } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
    await world.reach((body as { id: string }).id, 'SVN', 'reviewed');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const move = (slot: object) =>
    world.secretariat.post(
      `/v1/sessions/${session}/reschedule`,
      { reason: 'Another day', slots: [slot] },
      { version: 1 },
    );

  it('is not moved, to a day to come either', async () => {
    const later = { ...HELD, starts: '2027-05-10T07:00:00Z', ends: '2027-05-10T10:30:00Z' };
    await expectRefused(ledger, move(later), 409, 'too-late', { facts: { state: 'SVN' } });
  });

  it('may get another day for its outcome', async () => {
    const { body } = await move({ ...HELD, outcomeStarts: '2027-09-24T08:00:00Z' }).expect(200);
    expect(body).toMatchObject({ version: 2 });
  });
});
