import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** A Party to treaties that is no State: what is for States is not for it. */
describe('the European Union', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  let delegation: Client;
  let review: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
    review = await world.review('SVN');
    delegation = await world.delegation('EUU');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  it('is in the directory, of a kind of its own and in no regional group', async () => {
    const { body } = await anyone.get('/v1/states/EUU').expect(200);
    expect(body).toMatchObject({ iso3: 'EUU', m49: null, kind: 'organization', groups: [] });
    expect(Object.keys(body.names)).toEqual(['ar', 'en', 'es', 'fr', 'ru', 'zh']);
    const { items } = (await anyone.get('/v1/states?kind=organization').expect(200)).body;
    expect(items).toEqual([body]);
  });

  it('is a Party to the Aarhus Convention', async () => {
    const found = await anyone.get('/v1/treaties/aarhus/parties?state=EUU').expect(200);
    expect(found.body.items).toMatchObject([{ state: 'EUU', periods: [{ from: '2005-05-18' }] }]);
  });

  it('has a delegation, which is of no group of States and reads none of their reviews', async () => {
    const me = await delegation.get('/v1/me').expect(200);
    expect(me.body.seats).toMatchObject([{ side: 'state:EUU', role: 'head' }]);
    const row = await ledger.row(
      `SELECT p.kind, p.within FROM identity.principal p WHERE p.key = 'state:EUU'`,
    );
    expect(row).toEqual({ kind: 'state', within: null });
    await expectProblem(delegation.get(`/v1/reviews/${review}`), 404, 'not-found');
    const { items } = (await delegation.get('/v1/reviews').expect(200)).body;
    expect(items).toEqual([]);
    const url = `/v1/reviews/${review}/recommendations`;
    const alone = delegation.post(url, { text: 'Ratify it' });
    await expectRefused(ledger, alone, 404, 'not-found');
  });

  it('makes no recommendation, with others or through somebody who sits in two delegations', async () => {
    const url = `/v1/reviews/${review}/recommendations`;
    const france = await world.delegation('FRA');
    await world.reach(review, 'SVN', 'reviewed');
    const unknown = { facts: { unknown: ['EUU'] } };
    const together = france.post(url, { text: 'Ratify it', with: ['EUU'] });
    await expectRefused(ledger, together, 422, 'unknown-state', unknown);
    const { email } = (await france.get('/v1/me').expect(200)).body;
    const seat = { email, side: 'state:EUU', role: 'officer' };
    await delegation.post('/v1/memberships', seat).expect(201);
    for (const body of [{ as: 'state:EUU' }, { onBehalfOf: 'state:EUU' }]) {
      const by = 'as' in body ? france : world.secretariat;
      const call = by.post(url, { text: 'Ratify it', ...body });
      await expectRefused(ledger, call, 409, 'wrong-role');
    }
    await france.post(url, { text: 'Ratify it' }).expect(201);
  });

  it('is not reviewed, and sits on no body of States', async () => {
    const { secretariat } = world;
    const { items } = (await anyone.get('/v1/sessions').expect(200)).body as { items: Named[] };
    const slot = {
      state: 'EUU',
      starts: '2027-05-04T09:00:00Z',
      ends: '2027-05-04T12:00:00Z',
    };
    const url = `/v1/sessions/${items[0]!.id}/schedule`;
    await expectRefused(ledger, secretariat.post(url, slot), 422, 'unknown-state');
    const seats = [{ state: 'EUU', from: '2027-01-01' }];
    const seated = secretariat.post('/v1/bodies/hrc/seats', { seats });
    await expectRefused(ledger, seated, 422, 'unknown-state');
  });
});

interface Named {
  readonly id: string;
}
