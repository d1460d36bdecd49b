import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openSession } from '../factories/session.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

type State = 'SVN' | 'KEN' | 'FRA';

describe('one move in several reviews of a session', () => {
  let world: World;
  let ledger: Ledger;
  let session: string;
  let reviews: Record<State, string>;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    ({ sessionId: session, reviews } = await openSession(world, ['SVN', 'KEN', 'FRA']));
    for (const state of ['SVN', 'KEN', 'FRA'] as const) {
      await world.reach(reviews[state], state, 'preparation');
      for (const kind of ['compilation', 'stakeholder-summary']) {
        await world.file(world.secretariat, reviews[state], { kind });
      }
    }
    await world.file(await world.delegation('SVN'), reviews.SVN, { kind: 'national-report' });
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const url = () => `/v1/sessions/${session}/moves`;
  const statusOf = async (state: State) =>
    (await world.secretariat.get(`/v1/reviews/${reviews[state]}`).expect(200)).body as {
      status: string;
      version: number;
    };
  const items = async (...states: State[]) => {
    const all: { reviewId: string; version: number }[] = [];
    for (const state of states) {
      all.push({ reviewId: reviews[state], version: (await statusOf(state)).version });
    }
    return all;
  };
  const ask = (body: object, who: Client = world.secretariat, more: object = {}) =>
    who.post(url(), { move: 'issue-documents', ...body }, more);
  const moved = async (state: State) =>
    (await ledger.journal(reviews[state], 'case')).filter(({ what }) => what === 'moved').length;

  it('a dry run tells what each would be refused for, and changes nothing', async () => {
    const all = await items('SVN', 'KEN');
    const { body } = await expectUnchanged(ledger, () =>
      ask({ items: all }, world.secretariat, { query: { dryRun: true } }),
    );
    expect(body).toMatchObject({
      ok: false,
      refusals: [{ code: 'documents-missing', facts: { item: reviews.KEN } }],
    });
    const stale = [{ reviewId: reviews.SVN, version: 99 }];
    const again = await ask({ items: stale }, world.secretariat, { query: { dryRun: true } });
    expect(again.body).toMatchObject({ ok: false, refusals: [{ code: 'stale' }] });
    const one = await items('SVN');
    const fine = await ask({ items: one }, world.secretariat, { query: { dryRun: true } });
    expect(fine.body).toMatchObject({ ok: true, refusals: [] });
  });

  it('together: all of them or none', async () => {
    const all = await items('SVN', 'KEN');
    await expectRefused(ledger, ask({ items: all, together: true }), 409, 'documents-missing', {
      facts: { reviewId: reviews.KEN },
    });
    const stale = [all[0]!, { ...all[1]!, version: 1 }];
    await expectRefused(ledger, ask({ items: stale, together: true }), 412, 'stale');
    const nobody = [all[0]!, { reviewId: randomUUID(), version: 1 }];
    await expectRefused(ledger, ask({ items: nobody, together: true }), 404, 'not-found');
  });

  it('each for itself: what can be moved is, what cannot be says why, and nothing twice', async () => {
    const [svn, ken, fra] = await items('SVN', 'KEN', 'FRA');
    const elsewhere = await world.review('BRA', { number: 51 });
    const before = await moved('SVN');
    const all = [
      svn!,
      ken!,
      { ...fra!, version: 1 },
      { reviewId: randomUUID(), version: 1 },
      { reviewId: elsewhere, version: 1 },
    ];
    const key = randomUUID();
    const reason = 'The documents are out';
    const { body } = await ask({ items: all, reason }, world.secretariat, { key }).expect(200);
    expect(body).toMatchObject({
      made: 1,
      outcomes: [
        { reviewId: reviews.SVN, made: true, status: 'documented', refused: null },
        { reviewId: reviews.KEN, made: false, refused: { code: 'documents-missing' } },
        { reviewId: reviews.FRA, refused: { code: 'stale', facts: { given: 1 } } },
        { refused: { code: 'not-found', facts: {} } },
        // Of another session.
        { reviewId: elsewhere, refused: { code: 'not-found', facts: {} } },
      ],
    });
    expect(await statusOf('SVN')).toMatchObject({
      status: 'documented',
      version: body.outcomes[0].version,
    });
    expect(await statusOf('KEN')).toMatchObject({ status: 'preparation' });
    const entry = (await ledger.journal(reviews.SVN, 'case')).findLast((e) => e.what === 'moved');
    expect(entry).toMatchObject({ reason, facts: { move: 'issue-documents', to: 'documented' } });
    // What is asked again is answered again, though it could be done now.
    await world.file(await world.delegation('KEN'), reviews.KEN, { kind: 'national-report' });
    const again = await ask({ items: all, reason }, world.secretariat, { key }).expect(200);
    expect(again.body).toEqual(body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await moved('SVN')).toBe(before + 1);
    const other = ask({ items: [ken!], reason }, world.secretariat, { key });
    await expectProblem(other, 422, 'idempotency-key-reused');
  });

  it('a repeat goes on where the first was cut off', async () => {
    const [ken, fra] = await items('KEN', 'FRA');
    await world.file(await world.delegation('FRA'), reviews.FRA, { kind: 'national-report' });
    const key = randomUUID();
    // The second is held by somebody else until the request gives up: the first is done.
    const hold = await ledger.hold('SELECT id FROM casework.proceeding WHERE id = $1 FOR UPDATE', [
      reviews.FRA,
    ]);
    const asked = Promise.resolve(ask({ items: [ken!, fra!] }, world.secretariat, { key }));
    await hold.queue(1);
    await ledger.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
    );
    expect((await asked).status).toBeGreaterThanOrEqual(500);
    await hold.release();
    expect(await statusOf('KEN')).toMatchObject({ status: 'documented' });
    expect(await statusOf('FRA')).toMatchObject({ status: 'preparation' });
    const { body } = await ask({ items: [ken!, fra!] }, world.secretariat, { key }).expect(200);
    expect(body).toMatchObject({ made: 2 });
    expect(await moved('KEN')).toBe(await moved('FRA'));
  });

  it('is refused as a whole for what is wrong with it', async () => {
    const [svn] = await items('SVN');
    await expectProblem(ask({ items: [] }), 422, 'invalid-content');
    await expectProblem(ask({ items: [svn!, svn!] }), 422, 'invalid-content');
    await expectProblem(ask({ items: [svn!], swiftly: true }), 400, 'unknown-field');
    const nowhere = world.secretariat.post(`/v1/sessions/${reviews.SVN}/moves`, {
      move: 'issue-documents',
      items: [svn!],
    });
    await expectProblem(nowhere, 404, 'not-found');
    await expectProblem(ask({ items: [svn!] }, world.api.as()), 401, 'unauthenticated');
    const france = await world.delegation('FRA');
    const { body } = await ask({ items: [svn!] }, france).expect(200);
    expect(body).toMatchObject({ made: 0, outcomes: [{ refused: { code: 'wrong-role' } }] });
  });
});
