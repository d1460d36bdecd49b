import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comity } from '../../client/index.js';
import { Leaving } from '../factories/deliveries.js';
import { makeWebhook } from '../factories/webhooks.js';
import type { Client } from '../setup/api.js';
import { Receiver } from '../setup/receiver.js';
import { speak } from '../setup/speak.js';

const DAILY = { zone: 'Europe/Zurich', digest: 'daily', digestAt: '08:00' };

/**
 * A delegation of the troika that is told of two reviews. In the middle of one, its drafter is excluded
 * from it, and one of its officers leaves: from that second they are told nothing more of it.
 */
describe('a recusal in mid-procedure', () => {
  let house: Leaving;
  let receiver: Receiver;
  let head: Client;
  let drafter: Client;
  let officer: Client;
  let as: (who?: Client) => Comity;
  let slovenia: string;
  let kenya: string;
  /** How far mails and posts had come when it happened. */
  let until: { mails: number; posts: number; planned: number };
  beforeAll(async () => {
    house = await Leaving.build('2026-09-01T09:00:00Z', { LOG_LEVEL: 'debug' });
    as = await speak(house.world.api);
    receiver = await Receiver.start();
    head = await house.world.delegation('BRA');
    drafter = await house.world.delegation('BRA', 'drafter');
    officer = await house.world.delegation('BRA', 'officer');
    for (const who of [drafter, officer]) await house.wish(who, DAILY);
    // Nobody answers there yet: what is posted waits.
    receiver.answers = (answer) => answer.writeHead(503).end();
    for (const who of [drafter, officer]) await makeWebhook(who, receiver.url);
    slovenia = await house.world.review('SVN');
    kenya = await house.world.review('KEN', { number: 51 });
    for (const [review, state] of [
      [slovenia, 'SVN'],
      [kenya, 'KEN'],
    ] as const)
      await house.world.reach(review, state, 'preparation');
    await house.settled();
  }, 60_000);
  afterAll(async () => {
    await house?.stop();
    await receiver?.down();
  });

  const waiting = async (who: Client, review: string) =>
    (await house.planned(who)).filter((each) => each.review === review);
  const kinds = async (who: Client, review: string) =>
    new Set((await waiting(who, review)).map(({ channel, status }) => `${channel} ${status}`));
  /** Whoever did not answer does again: one after the other, all that waits leaves. */
  const answering = () =>
    house.until(async () => {
      await house.ledger.rows(`UPDATE identity.webhook SET retry_at = now() - interval '1 second'`);
      await house.hurry();
      const left = 'SELECT FROM identity.delivery WHERE settled_at IS NULL';
      return (await house.ledger.rows(left)).length === 0;
    });
  const reviewsOf = async (who: Client) =>
    new Set((await as(who).all('/v1/notices', {})).map(({ proceeding }) => proceeding.id));

  it('finds much planned that was not sent yet', async () => {
    for (const who of [drafter, officer]) {
      for (const review of [slovenia, kenya]) {
        const all = await waiting(who, review);
        expect(new Set(all.map(({ channel }) => channel))).toEqual(new Set(['mail', 'webhook']));
        for (const { status } of all) expect(['queued', 'deferred']).toContain(status);
      }
      const digest = (await house.planned(who)).filter(({ channel }) => channel === 'mail');
      expect(new Set(digest.map(({ letter }) => letter)).size).toBe(1);
      expect(await house.mails(who)).toEqual([]);
    }
    expect(receiver.received.length).toBeGreaterThan(0);
    expect(await reviewsOf(drafter)).toEqual(new Set([slovenia, kenya]));
  });

  it('ends all of it for who is excluded, and for who has left', async () => {
    const { accountId } = await as(drafter).get('/v1/me', {});
    await house.ledger.rows(
      `INSERT INTO casework.exclusion VALUES ($1, $2, now(), 'a conflict of interest')`,
      [accountId, slovenia],
    );
    const seats = await as(head).all('/v1/memberships', { query: { side: 'state:BRA' } });
    const { id } = seats.find(({ role }) => role === 'officer')!;
    await as(head).post('/v1/memberships/{id}/revoke', { path: { id } });
    until = {
      mails: house.server.mails.length,
      posts: receiver.received.length,
      planned: (await house.planned(drafter)).length,
    };
    receiver.answers = (answer) => answer.writeHead(204).end();
    await answering();
    const nothing = new Set(['mail withheld', 'webhook withheld']);
    expect(await kinds(drafter, slovenia)).toEqual(nothing);
    for (const review of [slovenia, kenya]) expect(await kinds(officer, review)).toEqual(nothing);
  });

  it('leaves what else they are told of: a digest of the other review alone', async () => {
    expect(await kinds(drafter, kenya)).toEqual(new Set(['mail accepted', 'webhook accepted']));
    const [digest, ...more] = await house.mails(drafter);
    expect(more).toEqual([]);
    expect(digest!.text).toContain(kenya);
    const told = (await waiting(drafter, kenya)).filter(({ channel }) => channel === 'mail');
    expect(digest!.subject).toBe(`Comity: notices (${told.length})`);
    const posted = receiver.received.slice(until.posts);
    const data = posted.map(({ body }) => JSON.parse(body) as { data: Told });
    expect(new Set(data.map((each) => each.data.proceeding.id))).toEqual(new Set([kenya]));
    expect(await reviewsOf(drafter)).toEqual(new Set([kenya]));
    expect(await house.mails(officer)).toEqual([]);
  });
  interface Told {
    readonly proceeding: { readonly id: string };
  }

  it('goes on without them: the head is told, by every way', async () => {
    const before = (await house.mails(head)).length;
    await house.moveSession();
    expect((await house.mails(head)).length).toBe(before + 1);
    expect((await house.mails(head)).at(-1)!.subject).toContain('Slovenia: new date');
    expect(await house.notices(head, 'deadline-recomputed')).toHaveLength(1);
    // Not even planned, however urgent.
    expect(await house.planned(drafter)).toHaveLength(until.planned);
    expect(await house.notices(drafter, 'deadline-recomputed')).toEqual([]);
    expect(await house.mails(officer)).toEqual([]);
    expect(await reviewsOf(officer)).toEqual(new Set());
  });

  it('is told to nobody: not by a mail, a proof or a log', async () => {
    const since = house.server.mails.slice(until.mails);
    expect(since.length).toBeGreaterThan(1);
    const gone = [await house.address(drafter), await house.address(officer)];
    const others = since.filter(({ to }) => !gone.some((each) => textOf(to).includes(each)));
    expect(others).toHaveLength(since.length - 1);
    for (const { to, cc, bcc, subject, text, headerLines } of others) {
      expect([cc, bcc]).toEqual([undefined, undefined]);
      const whole = [textOf(to), subject, text, ...headerLines.map(({ line }) => line)].join('\n');
      for (const word of [...gone, 'conflict', 'withheld', 'exclu'])
        expect(whole).not.toContain(word);
    }
    for (const { text, subject, headerLines } of await house.mails(drafter)) {
      const whole = [subject, text, ...headerLines.map(({ line }) => line)].join('\n');
      for (const word of [slovenia, 'Slovenia', 'withheld']) expect(whole).not.toContain(word);
    }
    const path = { id: slovenia };
    const proofs = await as(house.world.secretariat).all('/v1/reviews/{id}/deliveries', { path });
    const logs = house.logged() + house.world.api.logged();
    expect(house.logged()).toContain('a letter was not taken');
    for (const each of [...gone, 'conflict of interest']) {
      expect(JSON.stringify(proofs)).not.toContain(each);
      expect(logs).not.toContain(each);
    }
    const missing = await house.planned(drafter);
    const { id } = missing.find(({ review }) => review === slovenia)!;
    const again = as(drafter).post('/v1/deliveries', { body: { of: id, reason: 'I lost it' } });
    await expect(again).rejects.toMatchObject({ status: 404, code: 'not-found' });
  });
});

const textOf = (to: unknown): string => JSON.stringify(to);
