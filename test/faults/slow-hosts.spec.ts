import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { Leaving } from '../factories/deliveries.js';
import { makeWebhook, type MadeWebhook } from '../factories/webhooks.js';
import type { Client } from '../setup/api.js';
import { Receiver } from '../setup/receiver.js';

/** More than a process takes in hand. */
const MANY = 400;
/** Letters that one place is handed at a time, at the most. */
const AT_ONCE = 4;

describe('a host that is slow', () => {
  let house: Leaving;
  let slovenia: Client;
  let slow: Receiver;
  let quick: Receiver;
  let slowHook: MadeWebhook;
  const waiting: ServerResponse[] = [];
  beforeAll(async () => {
    house = await Leaving.build('2026-09-01T09:00:00Z');
    slow = await Receiver.start();
    quick = await Receiver.start();
    slovenia = await house.world.delegation('SVN');
    await house.world.review('SVN');
    await house.settled();
    slow.answers = (answer) => void waiting.push(answer);
    slowHook = await makeWebhook(slovenia, slow.url);
  }, 60_000);
  afterAll(async () => {
    await house?.stop();
    await slow?.down();
    await quick?.down();
  });

  /** So many letters of the last notice, due at once. */
  const plant = (hook: MadeWebhook, many: number) =>
    house.ledger.rows(
      `INSERT INTO identity.delivery SELECT gen_random_uuid(), n.id, 'webhook', $1, k, 'planted',
         gen_random_uuid(), 'queued', false, 0, now(), now(), NULL, now(), NULL
       FROM (SELECT id FROM identity.notice ORDER BY told_at DESC LIMIT 1) n
       CROSS JOIN generate_series(1, $2::int) k`,
      [hook.id, many],
    );
  const left = async (hook: MadeWebhook) => {
    const { many } = await house.ledger.row<{ many: number }>(
      `SELECT count(*)::int AS many FROM identity.delivery WHERE target = $1 AND settled_at IS NULL`,
      [hook.id],
    );
    return many;
  };

  it('holds up none of what goes elsewhere, and is not crowded', async () => {
    await plant(slowHook, MANY);
    await house.until(() => Promise.resolve(waiting.length > 0));
    const quickHook = await makeWebhook(slovenia, quick.url);
    await plant(quickHook, 50);
    await house.until(async () => (await left(quickHook)) === 0);
    expect(quick.received).toHaveLength(50);
    // All the while nothing was answered there.
    expect(await left(slowHook)).toBe(MANY);
    expect(waiting.length).toBeLessThanOrEqual(AT_ONCE);
  }, 60_000);

  it('leaves what is put back as late as it is, for whoever watches', async () => {
    await house.until(async () => {
      const { away } = await house.ledger.row<{ away: number }>(
        'SELECT count(*)::int AS away FROM identity.delivery WHERE target = $1 AND not_before > now()',
        [slowHook.id],
      );
      return away > 0;
    });
    const { late, planned } = await house.ledger.row<{ late: number; planned: boolean }>(
      `SELECT extract(epoch FROM now() - min(due_at))::float8 AS late,
         bool_and(due_at = queued_at) AS planned FROM identity.delivery
       WHERE target = $1 AND not_before > now()`,
      [slowHook.id],
    );
    expect(planned).toBe(true);
    const counted = await house.ledger.rows<{ channel: string; status: string; overdue: number }>(
      'SELECT channel, status, overdue FROM identity.count_deliveries()',
    );
    const queued = counted.find((each) => each.channel === 'webhook' && each.status === 'queued');
    expect(queued!.overdue).toBeGreaterThanOrEqual(late);
    // A job that comes too early takes none of them.
    const { taken } = await house.ledger.row<{ taken: number }>(
      `SELECT count(*)::int AS taken FROM identity.claim_letters(ARRAY(SELECT letter
         FROM identity.delivery WHERE target = $1 AND not_before > now()), interval '1 second')`,
      [slowHook.id],
    );
    expect(taken).toBe(0);
  }, 60_000);

  it('gets each letter once, when it has become quicker', async () => {
    slow.answers = (answer) => answer.writeHead(204).end();
    for (const answer of waiting) answer.writeHead(204).end();
    await house.until(async () => {
      await house.ledger.rows(
        `UPDATE identity.delivery SET look_at = now(), not_before = NULL
         WHERE id IN (SELECT id FROM identity.delivery WHERE status IN ('queued', 'deferred')
           FOR UPDATE SKIP LOCKED)`,
      );
      await house.ledger.rows('UPDATE identity.webhook SET retry_at = NULL');
      return (await left(slowHook)) === 0;
    });
    const ids = slow.received
      .filter(({ headers }) => headers['comity-again'] === undefined)
      .map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
  }, 60_000);
});
