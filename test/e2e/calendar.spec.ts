import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY } from './asking.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';

interface Deadline {
  key: string;
  due: string;
  status: string;
  history: { what: string; was: string | null; isNow: string; reason: string | null }[];
}

describe('the calendar', () => {
  let world: World;
  let ledger: Ledger;
  let cycleId: string;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    const cycle = { mechanism: 'upr', number: 4, starts: '2022-11-07', source: 'A/HRC/RES/51/30' };
    const { body } = await world.secretariat.post('/v1/cycles', cycle).expect(201);
    cycleId = body.id as string;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const session = (more: object = {}) => ({
    cycleId,
    number: 41,
    title: 'Forty-first session',
    starts: '2027-05-03',
    ends: '2027-05-14',
    ...more,
  });
  const slot = (more: object = {}) => ({
    state: 'SVN',
    starts: '2027-05-03T09:00:00+02:00',
    ends: '2027-05-03T12:30:00+02:00',
    outcomeStarts: '2027-09-23T10:00:00+02:00',
    ...more,
  });
  /** Who is refused for lack of a seat, or of the permission that the seat would need. */
  const expectKeptByItsSecretariat = async (post: (by: Client) => PromiseLike<never>) => {
    const drafter = await world.person('secretariat:upr', 'drafter');
    const facts = { permission: 'submit', side: 'secretariat:upr' };
    const others = [world.admin, await world.delegation('SVN'), await world.president(), drafter];
    for (const by of others) {
      await expectRefused(ledger, post(by), 409, 'permission-missing', { facts });
    }
  };

  it('has cycles, each number once, kept by the secretariat of the procedure', async () => {
    const cycle = { mechanism: 'upr', number: 5, starts: '2027-07-01', ends: '2032-02-28' };
    const post = (by: Client, more = {}) => by.post('/v1/cycles', { ...cycle, ...more }) as never;
    await expectKeptByItsSecretariat(post);
    const { body } = await world.secretariat.post('/v1/cycles', cycle).expect(201);
    expect(body).toEqual({ id: expect.any(String), ...cycle, source: null, verified: false });
    const row = await ledger.row(
      'SELECT mechanism, number, starts::text, ends::text FROM reference.cycle WHERE id = $1',
      [body.id],
    );
    expect(row).toEqual(cycle);
    const { secretariat } = world;
    await expectRefused(ledger, post(secretariat), 409, 'already-exists');
    const turned = post(secretariat, { number: 6, ends: '2027-06-30' });
    await expectRefused(ledger, turned, 422, 'dates-in-disorder');
    const nothing = post(secretariat, { mechanism: 'nothing' });
    await expectRefused(ledger, nothing, 422, 'unknown-mechanism', {
      facts: { mechanism: 'nothing' },
    });
    for (const wrong of [{ number: 0 }, { number: 1.5 }, { number: 1000 }, { starts: '7 Nov' }]) {
      await expectRefused(ledger, post(secretariat, wrong), 422, 'invalid-content');
    }
    const listed = await world.api.as().get('/v1/cycles', { mechanism: 'upr' }).expect(200);
    expect(listed.body.items.map(({ number }: { number: number }) => number)).toEqual([4, 5]);
  });

  it('has sessions, whose own dates and hours name deadlines that there are', async () => {
    const post = (by: Client, more = {}) => by.post('/v1/sessions', session(more)) as never;
    await expectKeptByItsSecretariat(post);
    const own = { dates: { compilation: '2027-03-01' }, hours: { 'national-report': '12:00' } };
    const { body } = await world.secretariat.post('/v1/sessions', session(own)).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      ...session(own),
      mechanism: 'upr',
      changes: [],
      version: 1,
    });
    const { secretariat } = world;
    await expectRefused(ledger, post(secretariat), 409, 'already-exists');
    const lost = post(secretariat, { number: 42, cycleId: NOBODY });
    await expectRefused(ledger, lost, 422, 'unknown-cycle', { facts: { cycleId: NOBODY } });
    const turned = post(secretariat, { number: 42, ends: '2027-05-02' });
    await expectRefused(ledger, turned, 422, 'dates-in-disorder');
    const unknown = post(secretariat, {
      number: 42,
      hours: { lunch: '12:00', constructor: '12:00' },
    });
    await expectRefused(ledger, unknown, 422, 'unknown-deadline', {
      facts: { unknown: ['lunch', 'constructor'] },
    });
    for (const hours of [{ compilation: '24:00' }, { compilation: '9:00' }, { 'A/B': '09:00' }]) {
      await expectRefused(ledger, post(secretariat, { hours }), 422, 'invalid-content');
    }
    const read = await world.api.as().get(`/v1/sessions/${body.id}`).expect(200);
    expect(read.body).toEqual(body);
    const id = (await ledger.row<{ id: string }>('SELECT id FROM reference.session')).id;
    expect(id).toBe(body.id);
  });

  it('gives a State one place in a session, in order of time', async () => {
    const { id } = await ledger.row<{ id: string }>('SELECT id FROM reference.session');
    const url = `/v1/sessions/${id}/schedule`;
    const post = (by: Client, more = {}) => by.post(url, slot(more)) as never;
    await expectKeptByItsSecretariat(post);
    const { body } = await world.secretariat.post(url, slot()).expect(201);
    expect(body).toMatchObject({ state: 'SVN', starts: '2027-05-03T07:00:00.000Z', changes: [] });
    const { secretariat } = world;
    await expectRefused(ledger, post(secretariat), 409, 'already-exists');
    const unknown = post(secretariat, { state: 'ZZZ' });
    await expectRefused(ledger, unknown, 422, 'unknown-state', { facts: { unknown: ['ZZZ'] } });
    const disorder = [
      { ends: '2027-05-03T09:00:00+02:00' },
      { outcomeStarts: '2027-05-03T12:30:00+02:00' },
    ];
    for (const wrong of disorder) {
      const call = post(secretariat, { state: 'FRA', ...wrong });
      await expectRefused(ledger, call, 422, 'dates-in-disorder');
    }
    const elsewhere = secretariat.post(`/v1/sessions/${NOBODY}/schedule`, slot());
    await expectRefused(ledger, elsewhere, 404, 'not-found');
    for (const [state, day] of [
      ['NOR', '04'],
      ['KEN', '03'],
    ]) {
      const at = { starts: `2027-05-${day}T12:30:00Z`, ends: `2027-05-${day}T16:00:00Z` };
      await secretariat.post(url, { state, ...at }).expect(201);
    }
    const pages = await everyPage<{ state: string }>(world.api.as(), `${url}?limit=2`);
    const seen = pages.flat().map((each) => each.state);
    expect(seen).toEqual(['SVN', 'KEN', 'NOR']);
  });

  describe('when a session is put off', () => {
    let review: string;
    let url: string;
    let moved: { starts: string; ends: string; slots: object[] };
    const reason = 'liquidity of the organization';
    beforeAll(async () => {
      const { body } = await world.api.as().get('/v1/sessions').expect(200);
      const { id } = body.items[0] as { id: string };
      url = `/v1/sessions/${id}/reschedule`;
      const schedule = await world.api.as().get(`/v1/sessions/${id}/schedule`).expect(200);
      const slotId = (schedule.body.items as { id: string }[])[0]!.id;
      const opened = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
      review = opened.body.id as string;
      await world.file(await world.delegation('SVN'), review, { kind: 'national-report' });
      await world.at('2026-12-01T00:00:00Z');
      const [starts, ends] = ['2027-11-01T09:00:00+01:00', '2027-11-01T12:30:00+01:00'];
      const outcomeStarts = '2028-03-20T10:00:00+01:00';
      moved = {
        starts: '2027-11-01',
        ends: '2027-11-12',
        slots: [{ state: 'SVN', starts, ends, outcomeStarts }],
      };
    });
    const deadlines = async (): Promise<Record<string, Deadline>> => {
      const { body } = await world.secretariat.get(`/v1/reviews/${review}/deadlines`).expect(200);
      return Object.fromEntries((body.items as Deadline[]).map((each) => [each.key, each]));
    };
    const put = (body: object, more: object = {}, by = world.secretariat) =>
      by.post(url, { reason, ...body }, { version: 1, ...more });

    it('refuses what is not its to change, or makes no sense, whole', async () => {
      await expectKeptByItsSecretariat((by) => put(moved, {}, by) as never);
      const without = world.secretariat.post(url, { reason, ...moved });
      await expectRefused(ledger, without, 428, 'version-required', { facts: { version: 1 } });
      await expectRefused(ledger, put(moved, { version: 2 }), 412, 'stale');
      const missing = url.replace(/sessions\/[^/]+/, `sessions/${NOBODY}`);
      const lost = world.secretariat.post(missing, { reason }, { version: 1 });
      await expectRefused(ledger, lost, 404, 'not-found');
      const stranger = { ...moved.slots[0], state: 'FRA' };
      const both = put({ ...moved, slots: [...moved.slots, stranger] });
      await expectRefused(ledger, both, 422, 'unknown-state', { facts: { unknown: ['FRA'] } });
      await expectRefused(ledger, put({ hours: { tea: '17:00' } }), 422, 'unknown-deadline');
      await expectRefused(ledger, put({ ends: '2027-05-01' }), 422, 'dates-in-disorder');
      const past = { starts: '2026-11-02T09:00:00Z', ends: '2026-11-02T12:00:00Z' };
      const back = put({ slots: [{ ...moved.slots[0], ...past }] });
      await expectRefused(ledger, back, 409, 'too-late', { facts: { state: 'SVN' } });
      const turned = {
        ...moved,
        slots: [{ ...moved.slots[0], ends: '2027-11-01T08:00:00+01:00' }],
      };
      await expectRefused(ledger, put(turned), 422, 'dates-in-disorder');
      const silent = world.secretariat.post(url, moved, { version: 1 });
      await expectRefused(ledger, silent, 422, 'invalid-content', {
        errors: [{ pointer: '/reason' }],
      });
    });

    it('counts deadlines again, with the reason; the lapsed and the met stay so', async () => {
      const was = await deadlines();
      expect(was['stakeholder-submissions']!.status).toBe('lapsed');
      const trial = await expectUnchanged(ledger, () => put(moved, { query: { dryRun: true } }));
      expect(trial.body).toMatchObject({ ok: true, refusals: [] });
      const rules = { dates: {}, hours: {} };
      const { body } = await put({ ...moved, ...rules }).expect(200);
      expect(body).toMatchObject({ ends: moved.ends, ...rules, version: 2, deadlinesMoved: 6 });
      const now = await deadlines();
      expect(now['stakeholder-submissions']).toEqual(was['stakeholder-submissions']);
      // What came in early stays met, and moves like the others: nobody is to tell them apart.
      const report = { status: 'met', due: '2027-08-09T15:00:00.000Z' };
      expect(now['national-report']).toMatchObject(report);
      expect(now['compilation']!.due).toBe('2027-09-20T15:00:00.000Z');
      expect(now['compilation']!.history.slice(1)).toEqual([
        expect.objectContaining({
          what: 'recomputed',
          was: was['compilation']!.due,
          isNow: now['compilation']!.due,
          reason,
        }),
      ]);
      const entries = (await ledger.journal(review, 'case')).slice(-6);
      expect(entries.map(({ facts }) => String(facts['deadline'])).toSorted()).toEqual(
        'advance-questions compilation national-report speakers-close speakers-open stakeholder-summary'.split(
          ' ',
        ),
      );
      const told = { what: 'deadline-recomputed', by: 'secretariat', reason };
      for (const entry of entries) expect(entry).toMatchObject(told);
    });

    it('keeps what the schedule said before, for everybody to read', async () => {
      const { body } = await world.api.as().get(url.replace('reschedule', 'schedule')).expect(200);
      const place = (body.items as { state: string; version: number }[]).find(
        ({ state }) => state === 'SVN',
      );
      expect(place).toMatchObject({
        version: 2,
        starts: '2027-11-01T08:00:00.000Z',
        changes: [{ reason, was: { starts: '2027-05-03T07:00:00.000Z' } }],
      });
    });
  });
});
