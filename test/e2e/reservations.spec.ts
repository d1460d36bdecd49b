import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

/** What States reserve on the adoption of a report: recorded, published, and taken out again. */
describe('reservations on the adoption of the report', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let office: Client;
  let france: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    [office, france] = [world.secretariat, await world.delegation('FRA')];
    await world.reach(review, 'SVN', 'reviewed');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const text = 'France dissociates itself from paragraph 6.';
  const said = { state: 'FRA', kind: 'reservation', text, madeOn: '2027-05-05' };
  const record = (who: Client, body: object = said) =>
    who.post(`/v1/reviews/${review}/reservations`, body);
  const page = async () => {
    const { body } = await world.api
      .as()
      .get('/v1/record/proceedings', { state: 'SVN' })
      .expect(200);
    return (body as { items: { reservations?: { text: string }[] }[] }).items[0]!;
  };

  it('are recorded by the secretariat, from the adoption on', async () => {
    await expectRefused(ledger, record(office), 409, 'wrong-stage', {
      facts: { status: 'reviewed', during: ['wg-adopted', 'positioned'] },
    });
    await world.reach(review, 'SVN', 'wg-adopted');
    expect((await page()).reservations).toBeUndefined();
    for (const who of [france, await world.president()]) {
      await expectRefused(ledger, record(who), 409, 'wrong-role');
    }
    const drafter = await world.person('secretariat:upr', 'drafter');
    await expectRefused(ledger, record(drafter), 409, 'permission-missing');
    await (await world.stranger()).get(`/v1/reviews/${review}/reservations`).expect(404);
    await record(await world.stranger()).expect(404);
    await record(world.api.as()).expect(401);
    await expectRefused(ledger, record(office, { ...said, state: 'XXX' }), 422, 'unknown-state');
    await record(office, { ...said, kind: 'veto' }).expect(422);
    const { body } = await record(office).expect(201);
    expect(body).toMatchObject({ ...said, proceedingId: review, withdrawnAt: null, version: 1 });
    expect((await ledger.journal(review, 'parties')).at(-1)).toMatchObject({
      what: 'reservation-recorded',
      by: 'secretariat:upr',
      facts: { reservationId: (body as { id: string }).id, kind: 'reservation', state: 'FRA' },
    });
    const told = await france.get(`/v1/reviews/${review}/reservations`).expect(200);
    expect(told.body.items).toEqual([body]);
  });

  it('stand on the page of the review, whatever is published of it later', async () => {
    expect((await page()).reservations).toMatchObject([
      { state: 'FRA', text, madeOn: '2027-05-05' },
    ]);
    await world.reach(review, 'SVN', 'positioned');
    expect((await page()).reservations).toMatchObject([{ text }]);
  });

  it('lose their words for good where that is needed for safety', async () => {
    const list = await office.get(`/v1/reviews/${review}/reservations`).expect(200);
    const [{ id }] = (list.body as { items: [{ id: string }] }).items;
    const url = `/v1/reservations/${id}`;
    const withdraw = (who: Client, change: { version?: number } = { version: 1 }) =>
      who.post(`${url}/withdraw`, undefined, change);
    await expectRefused(ledger, withdraw(france), 409, 'wrong-role');
    await expectRefused(ledger, withdraw(office, {}), 428, 'version-required');
    await expectRefused(ledger, withdraw(office, { version: 3 }), 412, 'stale');
    await (await world.stranger()).get(url).expect(404);
    const { body } = await withdraw(office).expect(200);
    expect(body).toMatchObject({
      text: '[withdrawn]',
      withdrawnAt: expect.any(String),
      version: 2,
    });
    expect((await page()).reservations).toMatchObject([{ state: 'FRA', text: '[withdrawn]' }]);
    const again = withdraw(office, { version: 2 });
    await expectRefused(ledger, again, 409, 'already-withdrawn');
    expect((await france.get(url).expect(200)).body).toEqual(body);
  });
});
