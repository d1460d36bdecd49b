import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  COUNCIL,
  draw,
  groupOf,
  KNOWN_FROM,
  publicValue,
  seatCouncil,
  type Lot,
} from '../factories/council.js';
import { World } from '../factories/world.js';
import { lotFile, verifyLot } from '../../src/modules/lots/verify-lot.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** A troika of one review, from the announcement to the seats that it fills. */
describe('a lot', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  let review: string;
  let sessionId: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
    const place = await world.slot('SVN');
    sessionId = place.sessionId;
    const { body } = await world.secretariat.post('/v1/reviews', { slotId: place.slotId });
    review = (body as Lot).id;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = (id = review) => `/v1/reviews/${id}/lots`;
  const asked = { purpose: 'troika', publicValue };
  const ask = (who: Client, more: object = {}) => who.post(url(), { ...asked, ...more });
  const later = { ...publicValue, knownFrom: '2027-02-01T09:00:00Z' };
  let lot: Lot;

  describe('is announced', () => {
    it('by who keeps the meeting, of what the procedure draws, from a pool that is on record', async () => {
      const { secretariat } = world;
      const by = { facts: { by: ['president', 'secretariat'] } };
      for (const who of [await world.delegation('SVN'), await world.delegation('FRA')])
        await expectRefused(ledger, ask(who), 409, 'wrong-role', by);
      const drafter = await world.person('secretariat:upr', 'drafter');
      await expectRefused(ledger, ask(drafter), 409, 'permission-missing');
      const unknown = { facts: { body: 'hrc', day: '2027-01-12' } };
      await expectRefused(ledger, ask(secretariat), 409, 'membership-unknown', unknown);
      await seatCouncil(world, [...COUNCIL['african']!, ...COUNCIL['weog']!]);
      const groups = { facts: { for: 'SVN', seats: 3, groups: ['african', 'weog'] } };
      await expectRefused(ledger, ask(secretariat), 409, 'lot-groups-too-few', groups);
      await seatCouncil(world);
      const speakers = ask(secretariat, { purpose: 'plenary-speakers' });
      await expectRefused(ledger, speakers, 409, 'list-open');
      await expectRefused(ledger, ask(secretariat, { purpose: 'pope' }), 422, 'invalid-content');
      const stranger = await world.stranger();
      await expectRefused(ledger, ask(stranger), 404, 'not-found');
    });

    it('with a public value that nobody can know yet, in one line', async () => {
      const past = { source: 'Yesterday’s value', knownFrom: '2027-01-10T09:00:00Z' };
      const known = ask(world.secretariat, { publicValue: past });
      await expectRefused(ledger, known, 409, 'public-value-known');
      const lines = { ...publicValue, source: 'Two\nlines' };
      const errors = [{ pointer: '/publicValue/source' }];
      const broken = ask(world.secretariat, { publicValue: lines });
      await expectRefused(ledger, broken, 422, 'invalid-content', { errors });
    });

    it('to everybody, with all but the seed', async () => {
      const { body, headers } = await ask(await world.president()).expect(201);
      lot = body as Lot;
      expect([headers['etag'], headers['location']]).toEqual(['"1"', `/v1/lots/${lot.id}`]);
      const states = Object.values(COUNCIL).flat().toSorted();
      const pool = states.map((key) => ({ key, group: groupOf(key) }));
      const round = { for: 'SVN', seats: 3, excluded: ['SVN'], groupsTaken: [], groupForced: null };
      const told = {
        status: 'announced',
        method: 'sealed',
        state: 'SVN',
        session: 50,
        sessionId,
        input: {
          lot: lot.id,
          purpose: 'troika',
          publicValue,
          draw: { algorithm: 'choose', balanced: false, pool, rounds: [round] },
        },
        commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
        seed: null,
        publicValue: null,
        result: null,
      };
      expect(body).toMatchObject({ ...told, witnesses: null });
      const { body: open, headers: shown } = await anyone.get(`/v1/lots/${lot.id}`).expect(200);
      expect(open).toMatchObject(told);
      expect(open).not.toHaveProperty('witnesses');
      await anyone.get(`/v1/lots/${lot.id}`).set('if-none-match', shown['etag']!).expect(304);
      const listed = await anyone.get(`/v1/sessions/${sessionId}/lots`).expect(200);
      expect(listed.body.items).toEqual([open]);
      const mine = await (await world.president()).get(url(), { count: true }).expect(200);
      expect(mine.body).toMatchObject({ items: [body], count: { total: 1 }, next: null });
      const entry = (await ledger.journal(review, 'case')).at(-1)!;
      const { commitment, inputDigest } = open;
      expect(entry).toMatchObject({
        what: 'lot-announced',
        by: 'president',
        facts: { lot: lot.id, purpose: 'troika', commitment, input: inputDigest },
      });
      const row = await ledger.row(
        `SELECT l.status, l.seed, s.compartment, octet_length(s.content) AS bytes
         FROM casework.lot l JOIN casework.sealed_seed s ON s.lot_id = l.id WHERE l.id = $1`,
        [lot.id],
      );
      expect(row).toEqual({ status: 'announced', seed: null, compartment: 'identity', bytes: 32 });
    });

    it('and says what can be done with it', async () => {
      const actions = async (who: Client) =>
        (await who.get(url()).expect(200)).body.items[0].actions;
      const [draws, cancels] = await actions(world.secretariat);
      expect(draws).toMatchObject({ action: 'draw', allowed: false, because: 'too-early' });
      expect(cancels).toMatchObject({ action: 'cancel', allowed: true, because: null });
      const [hers] = await actions(await world.delegation('SVN'));
      expect(hers).toMatchObject({ allowed: false, because: 'wrong-role' });
    });

    it('once at a time', async () => {
      await expectRefused(ledger, ask(world.secretariat), 409, 'already-exists');
    });
  });

  describe('is drawn', () => {
    const drawing = (who: Client, version?: number, id = lot.id) =>
      who.post(`/v1/lots/${id}/draw`, { publicValue: '4711.08' }, { ...(version && { version }) });

    it('not before its public value can be known, nor by anybody else, nor for trial', async () => {
      const { secretariat } = world;
      const early = { facts: { notBefore: KNOWN_FROM } };
      await expectRefused(ledger, drawing(secretariat, 1), 409, 'too-early', early);
      await world.at(KNOWN_FROM);
      await expectRefused(ledger, drawing(secretariat), 428, 'version-required');
      await expectRefused(ledger, drawing(secretariat, 2), 412, 'stale');
      await expectRefused(ledger, drawing(await world.delegation('SVN'), 1), 409, 'wrong-role');
      await expectRefused(ledger, drawing(await world.stranger(), 1), 404, 'not-found');
      await expectRefused(ledger, drawing(secretariat, 1, NOBODY), 404, 'not-found');
      const trial = secretariat.post(
        `/v1/lots/${lot.id}/draw`,
        { publicValue: '1' },
        { version: 1, query: { dryRun: true } },
      );
      await expectRefused(ledger, trial, 400, 'dry-run-not-offered');
    });

    it('while what was announced holds', async () => {
      const seats = [{ state: 'URY', from: '2026-01-01', source: 'A/80/PV.2' }];
      await world.secretariat.post('/v1/bodies/hrc/seats', { seats }).expect(200);
      const changed = { facts: { because: 'rules' } };
      await expectRefused(ledger, drawing(world.secretariat, 1), 409, 'lot-outdated', changed);
      await ledger.rows(`DELETE FROM reference.body_seat WHERE iso3 = 'URY'`);
    });

    it('for all to see: the seed, the result, and the seats that it fills', async () => {
      const drawn = await draw(world, lot);
      expect(drawn).toMatchObject({ status: 'drawn', version: 2, publicValue: '4711.08' });
      const states = drawn.result![0]!.drawn;
      expect(new Set(states.map(groupOf)).size).toBe(3);
      const { body, text } = await anyone.get(`/v1/lots/${lot.id}`).expect(200);
      expect(verifyLot(lotFile.parse(body)).holds).toBe(true);
      expect(body.commitment).toBe(lot.commitment);
      expect(text).toContain(drawn.seed!);
      const parts = await world.secretariat.get(`/v1/reviews/${review}/participants`).expect(200);
      const rapporteurs = (
        parts.body.items as { role: string; principal: string; basis: string }[]
      ).filter(({ role }) => role === 'rapporteur');
      expect(rapporteurs.map(({ principal }) => principal)).toEqual(
        states.map((state) => `state:${state}`),
      );
      expect(rapporteurs[0]!.basis).toBe(`drawn by lot ${lot.id}`);
      const seated = await world.delegation(states[0]!);
      expect((await seated.get(`/v1/reviews/${review}`).expect(200)).body.roles).toContain(
        'rapporteur',
      );
      const facts = { lot: lot.id, purpose: 'troika', drawn: states };
      expect((await ledger.journal(review, 'case')).at(-1)).toMatchObject({
        what: 'lot-drawn',
        facts,
      });
      expect(await ledger.rows('SELECT * FROM casework.sealed_seed')).toEqual([]);
      const changes = await anyone.get('/v1/record/changes', { after: 0 }).expect(200);
      expect((changes.body.items as object[]).slice(-2)).toMatchObject([
        { what: 'updated', kind: 'proceeding' },
        { what: 'updated', kind: 'lot', href: `/v1/lots/${lot.id}` },
      ]);
      expect((await world.move(world.secretariat, review, 'record-troika')).status).toBe(200);
    });

    it('once', async () => {
      const settled = { facts: { status: 'drawn' } };
      await expectRefused(ledger, drawing(world.secretariat, 2), 409, 'lot-settled', settled);
      const cancel = world.secretariat.post(
        `/v1/lots/${lot.id}/cancel`,
        { reason: 'No' },
        { version: 2 },
      );
      await expectRefused(ledger, cancel, 409, 'lot-settled', settled);
      const again = ask(world.secretariat, { publicValue: later });
      await expectRefused(ledger, again, 409, 'already-given');
    });
  });

  describe('is cancelled', () => {
    it('before the draw, with a reason that everybody reads; its seed is gone', async () => {
      const other = await world.review('AUT', { number: 51 });
      const again = { purpose: 'troika', publicValue: later };
      const { body } = await world.secretariat.post(url(other), again).expect(201);
      const cancel = (who: Client, version?: number) =>
        who.post(
          `/v1/lots/${body.id}/cancel`,
          { reason: 'A seat changed' },
          { ...(version && { version }) },
        );
      await expectRefused(ledger, cancel(world.secretariat), 428, 'version-required');
      await expectRefused(ledger, cancel(world.secretariat, 7), 412, 'stale');
      await expectRefused(ledger, cancel(await world.delegation('AUT'), 1), 409, 'wrong-role');
      const gone = await cancel(world.secretariat, 1).expect(200);
      expect(gone.body).toMatchObject({ status: 'cancelled', version: 2, seed: null });
      const open = await anyone.get(`/v1/lots/${body.id}`).expect(200);
      expect(open.body.cancelled).toMatchObject({ reason: 'A seat changed' });
      expect(verifyLot(lotFile.parse(open.body)).holds).toBeUndefined();
      expect(await ledger.rows('SELECT * FROM casework.sealed_seed')).toEqual([]);
      expect((await ledger.journal(other, 'case')).at(-1)).toMatchObject({ what: 'lot-cancelled' });
      await world.secretariat.post(url(other), again).expect(201);
    });
  });

  it('of a rehearsal never reaches the record', async () => {
    const test = await world.review('EST', { number: 52, test: true });
    const own = { purpose: 'troika', publicValue: later };
    const { body } = await world.secretariat.post(url(test), own).expect(201);
    await expectProblem(anyone.get(`/v1/lots/${body.id}`), 404, 'not-found');
    const { items } = (await world.secretariat.get(url(test)).expect(200)).body;
    expect(items).toEqual([body]);
  });
});
