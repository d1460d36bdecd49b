import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partyStanding } from '../../src/modules/directory/index.js';
import { PublicReader } from '../../src/platform/database/public-reader.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY, statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface Dated {
  readonly id: string;
  readonly from: string;
  readonly until: string | null;
  readonly verified: boolean;
  readonly changes: readonly object[];
}
interface Found {
  readonly state: string;
  readonly periods: readonly Dated[];
  readonly optOuts: readonly Dated[];
}

const URL = '/v1/treaties/aarhus';
const source = 'C.N.1.2027.TREATIES-XXVII.13';
const OPT_OUT = { procedure: 'communications', from: '2027-02-01', until: '2031-02-01' };

describe('the Parties to a treaty', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  let office: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
    office = await world.person('secretariat:aarhus');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const list = async (query: Record<string, string | number>) =>
    (await anyone.get(`${URL}/parties`, query).expect(200)).body.items as Found[];
  const one = async (state: string): Promise<Found> => (await list({ state }))[0]!;
  const codes = async (query: Record<string, string | number>) =>
    (await list({ limit: 200, ...query })).map(({ state }) => state);
  const add = (by: Client, ...parties: object[]) => by.post(`${URL}/parties`, { parties });
  const optOut = (by: Client, ...optOuts: object[]) => by.post(`${URL}/opt-outs`, { optOuts });
  const change = (by: Client, body: object) => by.post(`${URL}/changes`, body);
  const standing = async (iso3: string, on: string) => {
    const reader = new PublicReader(world.api.database.publicUrl);
    const asked = { treaty: 'aarhus', iso3, procedure: 'communications', on };
    try {
      return await partyStanding(reader, asked);
    } finally {
      await reader.close();
    }
  };

  it('begin with those that are common knowledge, none of them verified', async () => {
    const treaties = await anyone.get('/v1/treaties').expect(200);
    const [aarhus] = treaties.body.items as object[];
    expect(aarhus).toMatchObject({ key: 'aarhus', inForceFrom: '2001-10-30' });
    expect(aarhus).toMatchObject({ optOuts: [{ procedure: 'communications', years: 4 }] });
    expect(treaties.headers['cache-control']).toBe('public, max-age=30');
    const all = (await everyPage<Found>(anyone, `${URL}/parties?limit=20`)).flat();
    expect(all).toHaveLength(48);
    const unverified = { source: null, verified: false, changes: [] };
    expect(all[0]).toMatchObject({ state: 'ALB', periods: [unverified], optOuts: [] });
    const count = await anyone.get(`${URL}/parties?count=true&on=2024-01-01`).expect(200);
    expect(count.body.count).toEqual({ total: 47, capped: false });
  });

  it('are found by the day and by the State', async () => {
    expect(await codes({ on: '2001-10-29' })).toEqual([]);
    expect(await codes({ on: '2001-10-30' })).toHaveLength(16);
    expect(await codes({ state: 'BLR', on: '2022-10-23' })).toEqual(['BLR']);
    expect(await codes({ state: 'BLR', on: '2022-10-24' })).toEqual([]);
    expect(await codes({ state: 'USA' })).toEqual([]);
    const errors = [{ parameter: 'state' }];
    const unknown = anyone.get(`${URL}/parties`, { state: 'ZZZ' });
    await expectProblem(unknown, 400, 'invalid-parameter', { errors });
    await expectProblem(anyone.get('/v1/treaties/nothing/parties'), 404, 'not-found');
  });

  it('are entered by the treaty’s secretariat, and heard twice are entered once', async () => {
    const parties = [
      { state: 'MCO', from: '2027-02-01', source },
      { state: 'AND', from: '2010-01-01', until: '2015-01-01' },
      { state: 'AND', from: '2015-01-01' },
    ];
    const once = await add(office, ...parties, parties[0]!).expect(200);
    expect(once.body).toEqual({ added: 3, known: 1 });
    const changed = [{ ...parties[0], source: 'another' }, parties[1]!];
    expect((await add(office, ...changed).expect(200)).body).toEqual({ added: 0, known: 2 });
    const { periods } = await one('MCO');
    const isNow = { from: '2027-02-01', until: null, source };
    expect(periods).toEqual([
      {
        id: periods[0]!.id,
        ...isNow,
        verified: true,
        changes: [{ at: expect.any(String), by: 'secretariat:aarhus', was: null, isNow }],
      },
    ]);
    expect((await one('AND')).periods.map(({ verified }) => verified)).toEqual([false, false]);
  });

  it('are not entered by others, nor twice at a time, nor out of order', async () => {
    const party = { state: 'SMR', from: '2027-02-01' };
    await expectProblem(add(world.api.as(), party), 401, 'unauthenticated');
    const needs = { facts: { needs: 'secretariat:aarhus' } };
    const drafter = await world.person('secretariat:aarhus', 'drafter');
    for (const by of [world.admin, world.secretariat, await world.delegation('SVN'), drafter]) {
      await expectRefused(ledger, add(by, party), 403, 'forbidden', needs);
      const out = optOut(by, { state: 'SVN', ...OPT_OUT });
      await expectRefused(ledger, out, 403, 'forbidden', needs);
      const changed = change(by, { item: NOBODY, source });
      await expectRefused(ledger, changed, 403, 'forbidden', needs);
    }
    const unknown = { facts: { unknown: ['ZZZ'] } };
    const nowhere = add(office, party, { ...party, state: 'ZZZ' });
    await expectRefused(ledger, nowhere, 422, 'unknown-state', unknown);
    const turned = add(office, { ...party, until: '2027-02-01' });
    await expectRefused(ledger, turned, 422, 'dates-in-disorder');
    for (const state of ['SVN', 'MCO']) {
      const again = add(office, party, { state, from: '2027-06-01', until: '2028-01-01' });
      await expectRefused(ledger, again, 409, 'periods-overlap');
    }
    const twice = add(office, party, { ...party, from: '2026-01-01', until: '2027-02-02' });
    await expectRefused(ledger, twice, 409, 'periods-overlap');
    await expectRefused(ledger, add(office), 422, 'invalid-content');
    const elsewhere = office.post('/v1/treaties/nothing/parties', { parties: [party] });
    await expectRefused(ledger, elsewhere, 404, 'not-found');
  });

  it('entered at once by two are entered by one', async () => {
    const from = ['2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04'];
    const calls = from.map((day) => add(office, { state: 'LIE', from: day }));
    expect(await statusesOf(calls)).toEqual([200, 409, 409, 409]);
    expect((await one('LIE')).periods).toHaveLength(1);
  });

  it('opt out for as long as the treaty allows, and only while they are Parties', async () => {
    const out = { state: 'MCO', ...OPT_OUT };
    expect((await optOut(office, out, out).expect(200)).body).toEqual({ added: 1, known: 1 });
    expect((await optOut(office, out).expect(200)).body).toEqual({ added: 0, known: 1 });
    const since = '2027-02-01';
    expect(await standing('MCO', '2027-01-31')).toMatchObject({ party: false, optedOut: false });
    expect(await standing('MCO', '2027-02-01')).toEqual({ party: true, optedOut: true, since });
    expect(await standing('MCO', '2031-02-01')).toEqual({ party: true, optedOut: false, since });
    const years = { facts: { state: 'SVN', years: 4 } };
    const long = optOut(office, { ...out, state: 'SVN', until: '2031-02-02' });
    await expectRefused(ledger, long, 422, 'opt-out-too-long', years);
    const other = optOut(office, { ...out, state: 'SVN', procedure: 'submissions' });
    const offered = { facts: { procedure: 'submissions', offered: ['communications'] } };
    await expectRefused(ledger, other, 422, 'opt-out-not-offered', offered);
    const early = optOut(office, { ...out, from: '2027-01-31', until: '2027-02-01' });
    await expectRefused(ledger, early, 409, 'not-a-party', { facts: { on: '2027-01-31' } });
    const never = optOut(office, { ...out, state: 'USA' });
    await expectRefused(ledger, never, 409, 'not-a-party');
    const over = optOut(office, { ...out, from: '2030-01-01' });
    await expectRefused(ledger, over, 409, 'periods-overlap');
    const turned = optOut(office, { ...out, state: 'SVN', until: '2027-02-01' });
    await expectRefused(ledger, turned, 422, 'dates-in-disorder');
    const nowhere = optOut(office, { ...out, state: 'ZZZ' });
    await expectRefused(ledger, nowhere, 422, 'unknown-state');
  });

  it('revoke an opt-out, withdraw and are verified, and what was on record stays to be read', async () => {
    const [out] = (await one('MCO')).optOuts;
    const asked = { item: out!.id, until: '2028-01-01', source: 'A revocation' };
    const { body } = await change(office, asked).expect(200);
    expect(body).toEqual(await one('MCO'));
    expect(body.optOuts[0]).toMatchObject({
      until: '2028-01-01',
      changes: [
        { was: null },
        { by: 'secretariat:aarhus', was: { until: '2031-02-01' }, isNow: { until: '2028-01-01' } },
      ],
    });
    expect((await change(office, asked).expect(200)).body).toEqual(body);
    expect(await standing('MCO', '2028-01-01')).toMatchObject({ party: true, optedOut: false });

    const { periods } = await one('SVN');
    const verified = await change(office, { item: periods[0]!.id, source }).expect(200);
    const now = { from: '2004-10-27', until: null, source };
    expect(verified.body.periods).toEqual([
      {
        id: periods[0]!.id,
        ...now,
        verified: true,
        changes: [expect.objectContaining({ was: { ...now, source: null }, isNow: now })],
      },
    ]);
    await change(office, { item: periods[0]!.id, until: '2028-01-01', source: 'W' }).expect(200);
    expect(await standing('SVN', '2027-12-31')).toMatchObject({ party: true });
    expect(await standing('SVN', '2028-01-01')).toMatchObject({ party: false, since: null });
    await change(office, { item: periods[0]!.id, until: null, source: 'It stays' }).expect(200);
    expect((await one('SVN')).periods[0]!.changes).toHaveLength(3);

    const wrong: [number, string, object][] = [
      [422, 'unknown-period', { item: NOBODY }],
      [422, 'dates-in-disorder', { item: periods[0]!.id, until: '2004-10-27' }],
      [422, 'opt-out-too-long', { item: out!.id, until: null }],
      [409, 'not-a-party', { item: out!.id, from: '2026-12-31' }],
      [409, 'periods-overlap', { item: (await one('AND')).periods[0]!.id, until: '2015-01-02' }],
    ];
    for (const [status, code, fields] of wrong) {
      await expectRefused(ledger, change(office, { source, ...fields }), status, code);
    }
    const bare = change(office, { item: out!.id, until: '2029-01-01' });
    await expectRefused(ledger, bare, 422, 'invalid-content', { errors: [{ pointer: '/source' }] });
  });
});
