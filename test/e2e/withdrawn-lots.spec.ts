import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lotFile, verifyLot } from '../../src/modules/lots/verify-lot.js';
import { draw, KNOWN_FROM, publicValue, seatCouncil } from '../factories/council.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

const MASK = '[withdrawn]';
const NAMES = ['a source that tells', 'a meeting that tells', 'a witness who is at risk'];

/** A lot is public, and so are its words: what endangers somebody leaves it as it leaves the record. */
describe('what is withdrawn of a lot', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  const reviews: string[] = [];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
    await seatCouncil(world);
    for (const [index, state] of ['SVN', 'AUT', 'MLT'].entries())
      reviews.push(await world.review(state, { number: 50 + index }));
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const withdraw = (id: string, what: object) =>
    world.secretariat.post('/v1/withdrawals', {
      item: { kind: 'lot', id },
      ground: 'risk-to-person',
      reason: 'It names a witness',
      ...what,
    });
  const open = async (id: string) => (await anyone.get(`/v1/lots/${id}`).expect(200)).body;

  it('by hand are the meeting, and who was there: everywhere, and for good', async () => {
    const [review] = reviews;
    const told = { drawnOn: '2027-01-09', meeting: NAMES[1], witnesses: [NAMES[2]] };
    const troika = { states: ['ALB', 'BRA', 'NOR'], ...told };
    await world.secretariat
      .post(`/v1/reviews/${review}/troika`, troika, { version: 1 })
      .expect(200);
    const url = `/v1/reviews/${review}/lots`;
    const [{ id }] = (await world.secretariat.get(url).expect(200)).body.items as [{ id: string }];
    await withdraw(id, { fields: ['text'] }).expect(422);
    await withdraw(id, { whole: true }).expect(201);
    const item = await open(id);
    expect(item).toMatchObject({ byHand: { meeting: MASK }, result: [{ for: 'SVN' }] });
    expect(item.withdrawn.parts).toContain('witnesses');
    const mine = (await world.secretariat.get(url).expect(200)).body.items[0];
    expect(mine).toMatchObject({ witnesses: [MASK], byHand: { meeting: MASK } });
    const change = (await anyone.get('/v1/record/changes', { after: 0 })).body.items.at(-1);
    expect(change).toMatchObject({ what: 'withdrawn', kind: 'lot', href: `/v1/lots/${id}` });
    await expectRefused(ledger, withdraw(id, { whole: true }), 409, 'already-withdrawn');
    for (const table of ['casework.lot', 'casework.participant', 'casework.idempotency']) {
      const rows = await ledger.rows<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
      const all = rows.map(({ row }) => row).join('\n');
      expect([table, ...NAMES.filter((name) => all.includes(name))]).toEqual([table]);
    }
  });

  it('may be the name of its public value: it is not drawn then, but announced anew', async () => {
    const [, review] = reviews;
    const named = { source: NAMES[0], knownFrom: KNOWN_FROM };
    const asked = { purpose: 'troika', publicValue: named };
    const { body } = await world.secretariat.post(`/v1/reviews/${review}/lots`, asked).expect(201);
    await withdraw(body.id, { fields: ['source'] }).expect(201);
    expect((await open(body.id)).input.publicValue).toEqual({ ...named, source: MASK });
    await world.at(KNOWN_FROM);
    const { version } = await open(body.id);
    const url = `/v1/lots/${body.id}`;
    const call = world.secretariat.post(`${url}/draw`, { publicValue: '1' }, { version });
    const facts = { because: 'withdrawn' };
    await expectRefused(ledger, call, 409, 'lot-outdated', { facts });
    const reason = { reason: 'The name of its value was withdrawn' };
    await world.secretariat.post(`${url}/cancel`, reason, { version }).expect(200);
    expect((await open(body.id)).input.publicValue.source).toBe(MASK);
    const later = { ...publicValue, knownFrom: '2027-02-01T09:00:00Z' };
    const again = { purpose: 'troika', publicValue: later };
    await world.secretariat.post(`/v1/reviews/${review}/lots`, again).expect(201);
  });

  it('of one that was drawn leaves the result, and says why it cannot be drawn again', async () => {
    const [, , review] = reviews;
    const asked = { ...publicValue, knownFrom: '2027-01-20T09:00:00Z' };
    const { body } = await world.secretariat
      .post(`/v1/reviews/${review}/lots`, { purpose: 'troika', publicValue: asked })
      .expect(201);
    await world.at(asked.knownFrom);
    const drawn = await draw(world, body);
    expect(verifyLot(lotFile.parse(await open(body.id))).holds).toBe(true);
    await withdraw(body.id, { fields: ['publicValue'] }).expect(201);
    const item = await open(body.id);
    expect(item).toMatchObject({ publicValue: MASK, result: drawn.result, seed: drawn.seed });
    const { holds, lines } = verifyLot(lotFile.parse(item));
    expect([holds, lines.at(-1)]).toEqual([false, 'Withdrawn from the record since: publicValue.']);
  });

  it('may be asked for by anybody', async () => {
    const lots = await anyone.get('/v1/record/changes', { after: 0 }).expect(200);
    const { id } = lots.body.items.find(({ kind }: { kind: string }) => kind === 'lot');
    const stranger = await world.stranger();
    const asked = { item: { kind: 'lot', id }, why: 'It tells where I was' };
    const request = await stranger.post('/v1/withdrawal-requests', asked).expect(201);
    expect(request.body).toMatchObject({ status: 'open', item: { kind: 'lot', id } });
  });
});
