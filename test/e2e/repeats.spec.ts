import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { World } from '../factories/world.js';
import { bodyOf, named, NOBODY } from './asking.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

/** What is asked twice, or for trial, or of a clock that was turned. */
describe('requests that are repeated, rehearsed, or out of time', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    await world.reach(review, 'SVN', 'documented');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const draft = { text: 'Ratify the convention' };
  const url = () => `/v1/reviews/${review}/recommendations`;
  const versionOf = async (id = review): Promise<number> =>
    (await world.secretariat.get(`/v1/reviews/${id}`).expect(200)).body.version as number;

  describe('under one Idempotency-Key', () => {
    it('answer what they answered first, and have no second effect', async () => {
      const france = await world.delegation('FRA');
      const key = randomUUID();
      const first = await france.post(url(), draft, { key }).expect(201);
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      await expectUnchanged(ledger, async () => {
        const again = await france.post(url(), draft, { key }).expect(201);
        expect(again.headers['idempotency-replayed']).toBe('true');
        expect(again.text).toBe(first.text);
        expect(again.headers['etag']).toBe(first.headers['etag']);
        expect(again.headers['cache-control']).toBe('no-store');
      });
    });

    it('keep their first answer after the thing has changed', async () => {
      const france = await world.delegation('FRA');
      const key = randomUUID();
      const { body } = await france.post(url(), draft).expect(201);
      const submit = `/v1/recommendations/${body.id}/submit`;
      const once = { version: body.version as number, key };
      const first = await france.post(submit, undefined, once).expect(200);
      const again = await france.post(submit, undefined, once).expect(200);
      expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
      await expectRefused(
        ledger,
        france.post(submit, undefined, { version: body.version }),
        412,
        'stale',
      );
    });

    it('are refused with another body, address or query', async () => {
      const france = await world.delegation('FRA');
      const key = randomUUID();
      await france.post(url(), draft, { key }).expect(201);
      const others = [
        france.post(url(), { text: 'Ratify the protocol' }, { key }),
        france.post(`/v1/reviews/${review}/documents`, { kind: 'addendum', title: 'A' }, { key }),
        france.post(`/v1/recommendations/${NOBODY}/confirm`, {}, { key }),
      ];
      for (const other of others) {
        await expectRefused(ledger, other, 422, 'idempotency-key-reused');
      }
    });

    it('belong to one account: another’s key is no key of mine', async () => {
      const key = randomUUID();
      const [one, other] = [await world.delegation('FRA'), await world.delegation('BRA')];
      const first = await one.post(url(), draft, { key }).expect(201);
      const second = await other.post(url(), draft, { key }).expect(201);
      expect(second.body.id).not.toBe(first.body.id);
      expect(second.headers['idempotency-replayed']).toBeUndefined();
    });

    it('are refused while the first is still running', async () => {
      const brazil = await world.delegation('BRA');
      const { body } = await brazil.post(url(), draft).expect(201);
      const submit = `/v1/recommendations/${body.id}/submit`;
      const once = { version: body.version as number, key: randomUUID() };
      const lock = 'SELECT FROM casework.proceeding WHERE id = $1 FOR UPDATE';
      const hold = await ledger.hold(lock, [review]);
      const first = brazil.post(submit, undefined, once).then((answer) => answer);
      await hold.queue(1);
      await expectProblem(brazil.post(submit, undefined, once), 409, 'idempotency-in-flight');
      await hold.release();
      expect((await first).status).toBe(200);
      const again = await brazil.post(submit, undefined, once).expect(200);
      expect(again.headers['idempotency-replayed']).toBe('true');
    });

    it('may be tried again after a refusal, which is not kept', async () => {
      const key = randomUUID();
      const france = await world.delegation('FRA');
      const { body } = await france.post(url(), draft).expect(201);
      const submit = `/v1/recommendations/${body.id}/submit`;
      await expectRefused(ledger, france.post(submit, undefined, { key }), 428, 'version-required');
      await expectRefused(
        ledger,
        france.post(submit, undefined, { key, version: 77 }),
        412,
        'stale',
      );
      await france.post(submit, undefined, { key, version: body.version }).expect(200);
    });

    it('are not answered to who may no longer see what was answered', async () => {
      const officer = await world.delegation('KEN', 'officer');
      const key = randomUUID();
      await officer.post(url(), draft, { key }).expect(201);
      const { accountId } = (await officer.get('/v1/me').expect(200)).body;
      const recuse = `INSERT INTO casework.exclusion VALUES ($1, $2, now(), 'a conflict')`;
      await ledger.rows(recuse, [accountId, review]);
      await expectRefused(ledger, officer.post(url(), draft, { key }), 404, 'not-found');
      await ledger.rows('DELETE FROM casework.exclusion');
      const again = await officer.post(url(), draft, { key }).expect(201);
      expect(again.headers['idempotency-replayed']).toBe('true');
      const seat = (await officer.get('/v1/me')).body.seats[0].membershipId as string;
      const head = await world.delegation('KEN');
      await head.post(`/v1/memberships/${seat}/revoke`).expect(200);
      await expectRefused(ledger, officer.post(url(), draft, { key }), 404, 'not-found');
    });

    it('are kept so that neither the key nor what was sent can be read from the store', async () => {
      const key = randomUUID();
      const password = 'a password that nobody may guess';
      const email = `${randomUUID()}@comity.test`;
      await world.admin.post('/v1/accounts', { email, name: 'X', password }, { key }).expect(201);
      const [row] = await ledger.rows(
        `SELECT *, t::text AS all FROM casework.idempotency t ORDER BY stored_at DESC LIMIT 1`,
      );
      expect(row!['target']).toBe('POST /v1/accounts');
      expect(row!['all']).not.toContain(key);
      expect(row!['all']).not.toContain('password');
    });
  });

  describe('for trial', () => {
    const rehearse = { query: { dryRun: true } };

    it('say where a move leads and which deadlines it sets, and change nothing', async () => {
      const version = await versionOf();
      const move = { move: 'relay-questions' };
      const answer = await expectUnchanged(ledger, () =>
        world.secretariat.post(`/v1/reviews/${review}/moves`, move, { version, ...rehearse }),
      );
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ ok: true, refusals: [], to: 'ready', deadlines: [] });
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['etag']).toBeUndefined();
    });

    it('say which deadlines a new review would have', async () => {
      const { slotId } = await world.slot('FRA', 61);
      const answer = await expectUnchanged(ledger, () =>
        world.secretariat.post('/v1/reviews', { slotId }, rehearse),
      );
      expect(answer.body).toMatchObject({ ok: true, refusals: [] });
      expect(answer.body.deadlines).toContainEqual({
        key: 'national-report',
        due: '2027-02-08T16:00:00.000Z',
      });
    });

    it('say why something would be refused', async () => {
      const version = await versionOf();
      const { slotId } = (await world.secretariat.get(`/v1/reviews/${review}`)).body;
      const president = await world.president();
      const draw = bodyOf(named('recordTroika'));
      const ask = (client: typeof president, path: string, body: object) =>
        expectUnchanged(ledger, () => client.post(path, body, { version, ...rehearse }));
      const cases: [typeof president, string, object, string][] = [
        [world.secretariat, `/v1/reviews/${review}/moves`, { move: 'adopt-report' }, 'wrong-role'],
        [president, `/v1/reviews/${review}/moves`, { move: 'adopt-report' }, 'wrong-stage'],
        [president, `/v1/reviews/${review}/moves`, { move: 'hold-dialogue' }, 'not-yet-held'],
        [world.secretariat, `/v1/reviews/${review}/troika`, draw, 'already-given'],
        [world.secretariat, '/v1/reviews', { slotId }, 'already-exists'],
        [world.secretariat, '/v1/reviews', { slotId: NOBODY }, 'unknown-slot'],
      ];
      for (const [client, path, body, code] of cases) {
        const answer = await ask(client, path, body);
        expect([code, answer.status]).toEqual([code, 200]);
        expect(answer.body).toMatchObject({ ok: false, refusals: [{ code }], deadlines: [] });
      }
    });

    it('answer as ever for what is missing, stale or of the wrong shape', async () => {
      const path = `/v1/reviews/${review}/moves`;
      const move = { move: 'relay-questions' };
      const { secretariat } = world;
      const missing = secretariat.post(`/v1/reviews/${NOBODY}/moves`, move, rehearse);
      await expectRefused(ledger, missing, 404, 'not-found');
      await expectRefused(ledger, secretariat.post(path, move, rehearse), 428, 'version-required');
      const stale = secretariat.post(path, move, { version: 99, ...rehearse });
      await expectRefused(ledger, stale, 412, 'stale');
      const wrong = secretariat.post(path, { move: 7 }, { version: 1, ...rehearse });
      await expectRefused(ledger, wrong, 422, 'invalid-content');
    });

    it('leave their key free for the real thing', async () => {
      const once = { key: randomUUID(), version: await versionOf() };
      const path = `/v1/reviews/${review}/moves`;
      const move = { move: 'relay-questions' };
      await world.secretariat.post(path, move, { ...once, ...rehearse }).expect(200);
      const real = await world.secretariat.post(path, move, once).expect(200);
      expect(real.headers['idempotency-replayed']).toBeUndefined();
      expect(real.body.status).toBe('ready');
    });
  });

  describe('of the clock', () => {
    const advance = (to: string) => world.admin.post('/v1/clock/advance', { to });

    it('never go backwards', async () => {
      const now = (await world.secretariat.get('/v1/clock').expect(200)).body.now as string;
      for (const to of ['2001-01-01T00:00:00Z', new Date(Date.parse(now) - 1000).toISOString()]) {
        const facts = { to: new Date(to).toISOString() };
        await expectRefused(ledger, advance(to), 409, 'clock-backwards', { facts });
      }
      const later = new Date(Date.parse(now) + 60_000).toISOString();
      await advance(later).expect(200);
      const { body } = await world.secretariat.get('/v1/clock').expect(200);
      expect(body.shifted).toBe(true);
      expect(Date.parse(body.now as string)).toBeGreaterThanOrEqual(Date.parse(later));
    });

    it('are for administrators alone', async () => {
      const call = world.secretariat.post('/v1/clock/advance', { to: '2028-01-01T00:00:00Z' });
      await expectRefused(ledger, call, 403, 'forbidden', { facts: { needs: 'administrator' } });
    });
  });
});
