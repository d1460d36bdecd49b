import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Purposes } from '../../src/modules/lots/index.js';
import { lotFile, verifyLot } from '../../src/modules/lots/verify-lot.js';
import { publicValue } from '../factories/council.js';
import { World } from '../factories/world.js';
import { expectRefused, Ledger } from './ledger.js';

const seen = {
  drawnOn: '2027-01-09',
  meeting: 'Organizational meeting',
  witnesses: ['Secretary of the Council'],
};

/** Who speaks when an outcome is considered: from a list that another module keeps. */
describe('the speakers of a plenary', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  const spoken: string[][] = [];
  const registered: string[] = [];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const asked = (knownFrom: string) => ({
    purpose: 'plenary-speakers',
    publicValue: { ...publicValue, knownFrom },
  });
  const announce = (body: object, id = review) =>
    world.secretariat.post(`/v1/reviews/${id}/lots`, body);

  it('are not drawn where nobody keeps their list', async () => {
    const { secretariat } = world;
    const purposes = world.api.app.get(Purposes, { strict: false });
    purposes.speakers = undefined;
    const facts = { purpose: 'plenary-speakers' };
    const call = announce(asked('2027-01-12T09:00:00Z'));
    await expectRefused(ledger, call, 409, 'lot-not-offered', { facts });
    const result = [{ drawn: ['KEN'] }];
    const url = `/v1/reviews/${review}/lots/by-hand`;
    const byHand = secretariat.post(url, { purpose: 'plenary-speakers', result, ...seen });
    await expectRefused(ledger, byHand, 409, 'lot-not-offered', { facts });
    purposes.speakers = {
      registered: () =>
        Promise.resolve({ keys: registered, seats: Math.min(13, registered.length) }),
      drawn: (_, { proceeding }, { drawn }) => {
        spoken.push([proceeding.subject, ...drawn]);
        return Promise.resolve();
      },
    };
  });

  it('are those registered, thirteen at the most, in the order in which they are drawn', async () => {
    const knownFrom = '2027-01-12T09:00:00Z';
    await expectRefused(ledger, announce(asked(knownFrom)), 409, 'lot-pool-too-small');
    registered.push(...'FRA KEN BRA NOR JPN FJI THA ALB EST CRI PRT GHA SEN URY CHE'.split(' '));
    const { body } = await announce(asked(knownFrom)).expect(201);
    expect(body.input.draw.rounds[0].seats).toBe(13);
    expect(body.input.draw.pool).toHaveLength(15);
    await world.at(knownFrom);
    registered.push('ITA');
    const draw = () =>
      world.secretariat.post(`/v1/lots/${body.id}/draw`, { publicValue: '1' }, { version: 1 });
    await expectRefused(ledger, draw(), 409, 'lot-outdated');
    registered.pop();
    const drawn = await draw().expect(200);
    const [{ drawn: order }] = drawn.body.result as [{ drawn: string[] }];
    expect(new Set(order).size).toBe(13);
    expect(spoken).toEqual([['SVN', ...order]]);
    const open = await world.api.as().get(`/v1/lots/${body.id}`).expect(200);
    expect(verifyLot(lotFile.parse(open.body)).holds).toBe(true);
    await expectRefused(ledger, announce(asked('2027-02-01T09:00:00Z')), 409, 'already-given');
  });

  it('may be drawn by hand', async () => {
    registered.splice(2);
    const other = await world.review('ISL', { number: 51 });
    const url = `/v1/reviews/${other}/lots/by-hand`;
    const record = (drawn: string[], who = world.secretariat) =>
      who.post(url, { purpose: 'plenary-speakers', result: [{ drawn }], ...seen });
    const because = { facts: { because: 'outside-pool', for: null, drawn: ['BRA'] } };
    await expectRefused(ledger, record(['KEN', 'BRA']), 422, 'draw-invalid', because);
    const iceland = await world.delegation('ISL');
    await expectRefused(ledger, record(['KEN', 'FRA'], iceland), 409, 'wrong-role');
    const stranger = await world.stranger();
    await expectRefused(ledger, record(['KEN', 'FRA'], stranger), 404, 'not-found');
    const { body, headers } = await record(['KEN', 'FRA']).expect(201);
    expect(headers['location']).toBe(`/v1/lots/${body.id}`);
    expect(body).toMatchObject({ method: 'by-hand', witnesses: seen.witnesses, state: 'ISL' });
    expect(spoken.at(-1)).toEqual(['ISL', 'KEN', 'FRA']);
    const facts = { lot: body.id, purpose: 'plenary-speakers', on: seen.drawnOn };
    expect((await ledger.journal(other, 'case')).at(-1)).toMatchObject({
      what: 'lot-recorded',
      facts: { ...facts, drawn: ['KEN', 'FRA'] },
    });
    await expectRefused(ledger, record(['KEN', 'FRA']), 409, 'already-given');
  });
});
