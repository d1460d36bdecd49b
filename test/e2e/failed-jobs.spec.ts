import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rehearsed } from '../database/direct.js';
import { plantFailedJob } from '../factories/failed-job.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

/** What an administrator sees of jobs that failed, and decides; the worker is not here. */
describe('failed jobs', () => {
  let world: World;
  let ledger: Ledger;
  let id: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    id = await plantFailedJob(world);
    await plantFailedJob(world, { name: 'sweep-deadlines', data: {} });
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const of = () => `/v1/failed-jobs/${id}`;
  const items = async (query: Record<string, string>) => {
    const { body } = await world.admin.get('/v1/failed-jobs', query).expect(200);
    return (body as { items: { name: string }[] }).items;
  };

  it('are shown to administrators, in pages, which failed last first', async () => {
    expect((await items({})).map(({ name }) => name)).toEqual([
      'sweep-deadlines',
      'entry-appended',
    ]);
    expect(await items({ status: 'healed' })).toEqual([]);
    const { body: page } = await world.admin
      .get('/v1/failed-jobs', { limit: 1, count: 'true' })
      .expect(200);
    expect(page).toMatchObject({ count: { total: 2 }, items: [{ name: 'sweep-deadlines' }] });
    const { next } = page as { next: string };
    expect((await items({ limit: '1', cursor: next })).map(({ name }) => name)).toEqual([
      'entry-appended',
    ]);
    const { body } = await world.admin.get(of()).expect(200);
    expect(body).toMatchObject({
      about: [expect.any(String)],
      error: { name: 'QueryFailedError', code: '57014' },
      times: 1,
      status: 'open',
      acts: [],
      actions: [
        { action: 'retry', allowed: true },
        { action: 'discard', allowed: true },
      ],
    });
  });

  it('are for nobody else, in any way', async () => {
    const needs = { facts: { needs: 'administrator' } };
    const reason = { reason: 'A reason' };
    const others: Client[] = [world.secretariat, await world.delegation('SVN')];
    for (const who of others) {
      for (const call of [
        who.get('/v1/failed-jobs'),
        who.get(of()),
        who.post(`${of()}/retry`, reason, { version: 1 }),
        who.post(`${of()}/discard`, reason, { version: 1 }),
      ]) {
        await expectRefused(ledger, call, 403, 'forbidden', needs);
      }
    }
    await world.api.as().get('/v1/failed-jobs').expect(401);
    // The database says the same to whoever gets past the service.
    const { body } = await world.secretariat.get('/v1/me').expect(200);
    const { accountId } = body as { accountId: string };
    const seen = await rehearsed(world.api.database.appUrl, accountId, (client) =>
      client.query('SELECT id FROM identity.failed_job'),
    );
    expect(seen.rowCount).toBe(0);
  });

  it('are decided about with a reason, of the version that one saw, once', async () => {
    const reason = { reason: 'The disk has room again' };
    const retry = (version?: number) =>
      world.admin.post(`${of()}/retry`, reason, version === undefined ? {} : { version });
    await expectRefused(ledger, retry(), 428, 'version-required');
    await expectRefused(ledger, retry(7), 412, 'stale');
    const unsaid = world.admin.post(`${of()}/discard`, {}, { version: 1 });
    await expectRefused(ledger, unsaid, 422, 'invalid-content');
    const { body } = await retry(1).expect(200);
    expect(body).toMatchObject({
      status: 'retrying',
      version: 2,
      acts: [{ act: 'retry', ...reason }],
      actions: [
        { action: 'retry', because: 'job-decided' },
        { action: 'discard', allowed: true },
      ],
    });
    await expectRefused(ledger, retry(2), 409, 'job-decided', { facts: { status: 'retrying' } });
    const given = world.admin.post(`${of()}/discard`, { reason: 'No' }, { version: 2 });
    expect((await given.expect(200)).body).toMatchObject({ status: 'discarding', version: 3 });
    const nowhere = world.admin.get('/v1/failed-jobs/8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10');
    await expectRefused(ledger, nowhere, 404, 'not-found');
  });

  it('are forgotten 90 days after they were settled, and not before', async () => {
    const settled = (days: number) =>
      ledger.rows(`UPDATE identity.failed_job SET status = 'discarded',
        settled_at = now() - interval '${days} days' WHERE id = '${id}'`);
    const forget = () =>
      ledger.row<{ gone: number }>(`SELECT identity.forget_failed_jobs('90 days', 100) AS gone`);
    await settled(89);
    expect(await forget()).toEqual({ gone: 0 });
    await settled(91);
    expect(await forget()).toEqual({ gone: 1 });
    // One that is open stays as long as it is.
    await ledger.rows(`UPDATE identity.failed_job SET first_failed_at = now() - interval '1 year',
      last_failed_at = now() - interval '1 year'`);
    expect(await forget()).toEqual({ gone: 0 });
    expect(await items({})).toHaveLength(1);
  });
});
