import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { dueAt } from '../../src/kernel/telling.js';
import { Leaving } from '../factories/deliveries.js';
import type { Client } from '../setup/api.js';

const ZONE = 'Europe/Zurich';
const DAILY = { zone: ZONE, digest: 'daily', digestAt: '08:00', digestOn: 1 } as const;
const HOUR = 3_600_000;

/** What clocks in Zurich show. */
const shown = (at: Date): string =>
  new Intl.DateTimeFormat('sv', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );

/** Somebody in Zurich who reads what happened at eight in the morning, also when the clocks change. */
describe('a daily digest', () => {
  let house: Leaving;
  let review: string;
  let head: Client;
  /** Who changes their mind. */
  let drafter: Client;
  beforeAll(async () => {
    house = await Leaving.build('2026-09-01T09:00:00Z');
    head = await house.world.delegation('SVN');
    drafter = await house.world.delegation('SVN', 'drafter');
    for (const who of [head, drafter]) await house.wish(who, DAILY);
  }, 60_000);
  afterAll(() => house?.stop());

  it.each([
    ['2027-03-28', 23],
    ['2027-10-31', 25],
  ])('is one for each day when the clocks change on %s', (changed, hours) => {
    const first = new Date(`${changed}T00:00:00Z`).getTime() - 36 * HOUR;
    const minutes = Array.from({ length: 4 * 24 * 60 }, (_, n) => new Date(first + n * 60_000));
    const digests = minutes.map((now) => dueAt({ ...DAILY, quiet: null }, 'normal', now));
    expect(digests.every(({ digest }) => digest)).toBe(true);
    const mornings = [...new Set(digests.map(({ at }) => at.getTime()))];
    expect(mornings).toEqual(mornings.toSorted((a, b) => a - b));
    const days = mornings.map((at) => shown(new Date(at)));
    for (const day of days) expect(day).toMatch(/ 08:00:00$/);
    expect(new Set(days).size).toBe(days.length);
    const at = days.indexOf(`${changed} 08:00:00`);
    const apart = mornings.slice(1).map((morning, n) => (morning - mornings[n]!) / HOUR);
    expect(apart[at - 1]).toBe(hours);
    expect(apart.toSpliced(at - 1, 1)).toEqual(apart.slice(1).map(() => 24));
  });

  const mailed = async () =>
    (await house.planned(head)).filter(({ channel }) => channel === 'mail');

  it('is planned for the next morning there, with all that happened', async () => {
    const before = Date.now();
    review = await house.world.review('SVN');
    await house.world.reach(review, 'SVN', 'preparation');
    await house.settled();
    const all = await mailed();
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 'queued'));
    expect(all.length).toBeGreaterThan(1);
    for (const { due } of all) {
      expect(shown(due)).toMatch(/ 08:00:00$/);
      expect(due.getTime()).toBeGreaterThan(before);
      // A minute before, nothing more comes into a digest; a day has 25 hours at most.
      expect(due.getTime() - before).toBeLessThanOrEqual(25 * HOUR + 120_000);
    }
    expect(new Set(all.map(({ letter }) => letter)).size).toBe(1);
    expect(await house.mails(head)).toEqual([]);
  });

  it('leaves at once where somebody wishes so by now', async () => {
    await house.wish(drafter, { digest: 'at-once' });
    await house.until(async () => (await house.mails(drafter)).length > 0);
    await house.settled();
    await house.wish(drafter, { digest: 'daily' });
    const [mail, ...more] = await house.mails(drafter);
    expect(more.map(({ subject }) => subject)).toEqual([]);
    expect(mail!.subject).toMatch(/^Comity: notices/);
  });

  let cut: string[];
  it('that is cut off in the middle goes out again, whole and marked, without what came later', async () => {
    cut = (await mailed()).map(({ id }) => id);
    // The next morning, when a worker was killed with the digest in its hands; its time is not over.
    await house.ledger.rows(
      `WITH cut AS (UPDATE identity.delivery SET letter = $2, status = 'attempted', attempts = 1,
           queued_at = queued_at - interval '1 day', due_at = due_at - interval '1 day',
           claimed_until = now() + interval '1 hour', look_at = now() + interval '1 hour'
         WHERE id = ANY ($1) RETURNING id)
       INSERT INTO identity.delivery_attempt SELECT id, 1, now(), NULL, 'attempted', NULL FROM cut`,
      [cut, randomUUID()],
    );
    const filer = await house.world.delegation('SVN', 'officer');
    await house.world.file(filer, review, { kind: 'national-report' });
    await house.told();
    expect(await house.mails(head)).toEqual([]);
    await house.ledger.rows(
      `UPDATE identity.delivery SET claimed_until = now() - interval '1 second', look_at = now()
       WHERE id = ANY ($1)`,
      [cut],
    );
    await house.until(async () => (await house.mails(head)).length > 0);
    await house.settled();
    const [mail, ...more] = await house.mails(head);
    expect(more).toEqual([]);
    expect(mail!.headers.get('comity-again')).toBe('true');
    expect(mail!.subject).toBe(`Comity: notices (${cut.length})`);
    expect(mail!.text).not.toContain('document');
    const all = await mailed();
    expect(new Map(all.map(({ id, status }) => [id, status]))).toEqual(
      new Map([...cut.map((id) => [id, 'accepted'] as const), [all.at(-1)!.id, 'queued']]),
    );
    for (const notice of await house.notices(head)) {
      const [delivery] = await house.deliveries(head, notice.id);
      if (delivery!.status === 'queued') continue;
      expect(delivery!.again).toBe(true);
      expect(delivery!.attempts.map(({ outcome }) => outcome)).toEqual(['cut', 'accepted']);
    }
  });

  it('that comes after it has what came later, and nothing twice', async () => {
    const [later, ...more] = (await mailed()).filter(({ status }) => status === 'queued');
    expect(more).toEqual([]);
    expect(shown(later!.due)).toMatch(/ 08:00:00$/);
    await house.hurry();
    const [first, second, ...others] = await house.mails(head);
    expect(others).toEqual([]);
    expect(second!.messageId).not.toBe(first!.messageId);
    expect(second!.headers.has('comity-again')).toBe(false);
    expect(second!.text).toContain('a document was submitted');
    for (const said of ['Proceeding opened', 'Draw by hand recorded', 'Record the troika']) {
      expect(first!.text).toContain(said);
      expect(second!.text).not.toContain(said);
    }
  });

  it('that left early does not lend its name to the one of the morning', async () => {
    const [early, morning, ...more] = await house.mails(drafter);
    expect(more.map(({ subject }) => subject)).toEqual([]);
    expect(morning!.text).toContain('a document was submitted');
    // Of two that are called the same, mailboxes show one.
    expect(morning!.messageId).not.toBe(early!.messageId);
  });
});
