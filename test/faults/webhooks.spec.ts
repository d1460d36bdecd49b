import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Posting, WAITS } from '../factories/posting.js';
import { letterTo, type MadeWebhook } from '../factories/webhooks.js';
import { PASSWORD } from '../factories/world.js';
import type { Receiver } from '../setup/receiver.js';
import { faultsOfPosting } from '../setup/contract.js';
import { handedTo } from '../factories/letters.js';

/** Webhooks against real servers: that are dead, slow, rude, or lead elsewhere. */
describe('posting to webhooks', () => {
  let posting: Posting;
  let receiver: Receiver;
  beforeAll(async () => {
    posting = await Posting.open();
    receiver = await posting.receiver();
  });
  afterEach(async () => {
    receiver.answers = (answer) => answer.writeHead(204).end();
    receiver.received.length = 0;
    await posting.ledger.rows('DELETE FROM identity.webhook');
  });
  afterAll(() => posting?.stop());

  const verify = (secret: string, at = 0): unknown => {
    const { body, headers } = receiver.received.at(at)!;
    return new Webhook(secret).verify(body, headers);
  };

  it('arrives signed, as any library of Standard Webhooks verifies it', async () => {
    const made = await posting.webhook(`${receiver.url}/hook?token=abc`);
    const letter = letterTo(made.id, posting.accountId);
    expect(await handedTo(posting.sender, letter)).toBe('204');
    const [notice] = letter.notices;
    const { path, headers } = receiver.received[0]!;
    expect(verify(made.secret)).toEqual({
      type: 'notice.opened',
      timestamp: notice!.toldAt,
      data: notice,
    });
    expect(path).toBe('/hook?token=abc');
    expect(faultsOfPosting(headers, verify(made.secret))).toEqual([]);
    expect(faultsOfPosting({ 'webhook-timestamp': 'now' }, {})).toHaveLength(5);
    expect(headers).toMatchObject({ 'webhook-id': letter.id, 'content-type': 'application/json' });
    await handedTo(posting.sender, { ...letter, attempt: 2, again: true });
    const again = { 'webhook-id': letter.id, 'comity-attempt': '2', 'comity-again': 'true' };
    expect(receiver.received[1]!.headers).toMatchObject(again);
    expect(() => verify(`whsec_${'A'.repeat(43)}=`)).toThrow('No matching signature');
  });

  it('is signed with both secrets for a day, and with one where the other was ended', async () => {
    const made = await posting.webhook(receiver.url);
    const rotate = async (version: number, more: object = {}) => {
      const { body } = await posting.owner
        .send('post', `/v1/webhooks/${made.id}/rotate-secret`)
        .set('if-match', `"${version}"`)
        .send({ password: PASSWORD, ...more })
        .expect(200);
      return (body as MadeWebhook).secret;
    };
    const second = await rotate(1);
    await posting.send(made);
    for (const secret of [made.secret, second]) verify(secret);
    await posting.ledger.rows(
      `UPDATE identity.webhook_secret SET ends_at = now() WHERE ends_at IS NOT NULL`,
    );
    await posting.send(made);
    verify(second, 1);
    expect(() => verify(made.secret, 1)).toThrow('No matching signature');
    const third = await rotate(2, { endPrevious: true });
    await posting.send(made);
    verify(third, 2);
    expect(() => verify(second, 2)).toThrow('No matching signature');
  });

  it('follows no redirect, inward or elsewhere, and says so', async () => {
    const inward = await posting.receiver();
    const made = await posting.webhook(receiver.url);
    for (const status of [301, 302, 303, 307, 308]) {
      const location = status === 308 ? 'http://169.254.169.254/latest/' : inward.url;
      receiver.answers = (answer) => answer.writeHead(status, { location }).end('Over there');
      const answer = `${status} redirects are not followed`;
      expect(await posting.refused(made)).toEqual({ answer, forGood: false, unreached: false });
    }
    expect([receiver.received.length, inward.connections]).toEqual([5, 0]);
    expect(await posting.seen(made)).toMatchObject({
      failingSince: expect.any(String),
      retryAt: null,
    });
  });

  it('to a dead port costs one attempt for all that wait, and recovers by itself', async () => {
    const dead = await posting.receiver();
    const made = await posting.webhook(dead.url);
    await dead.down();
    const first = { answer: 'no answer came: ECONNREFUSED', forGood: false, unreached: true };
    expect(await posting.refused(made)).toEqual(first);
    await dead.up();
    for (let n = 0; n < 3; n += 1) {
      expect(await posting.refused(made)).toEqual(WAITS);
    }
    expect(dead.received).toEqual([]);
    // When the wait is over one goes first; the others wait for what becomes of it.
    await posting.later(made);
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => (release = done));
    dead.answers = (answer) => void held.then(() => answer.writeHead(200).end('Thanks'));
    const trial = posting.send(made);
    while (dead.received.length === 0) await new Promise((done) => setTimeout(done, 5));
    expect(await posting.refused(made)).toEqual(WAITS);
    release();
    expect(await trial).toBe('200 Thanks');
    expect(await posting.seen(made)).toMatchObject({ failingSince: null, retryAt: null });
    expect(await posting.send(made)).toBe('200 Thanks');
  });

  it('lets another through where the one whose turn it was is put back untried', async () => {
    const dead = await posting.receiver();
    const made = await posting.webhook(dead.url);
    await dead.down();
    await posting.refused(made);
    await posting.later(made);
    const prepare = () => posting.sender.prepare(letterTo(made.id, posting.accountId));
    const { giveBack } = await prepare();
    await expect(prepare()).rejects.toThrow('the letter waits');
    await giveBack!();
    // It is one again: whoever failed meanwhile has its own wait.
    const next = await prepare();
    await expect(next.hand()).rejects.toMatchObject({ unreached: true });
    await next.giveBack!();
    expect(await posting.waits(made)).toBe(5);
    await dead.up();
  });

  it('waits longer each time that nobody answers', async () => {
    const dead = await posting.receiver();
    const made = await posting.webhook(dead.url);
    await dead.down();
    const waits = [];
    for (let n = 0; n < 6; n += 1) {
      await posting.refused(made);
      waits.push(await posting.waits(made));
      await posting.later(made);
    }
    expect(waits).toEqual([1, 5, 15, 60, 120, 120]);
    await dead.up();
  });

  it('gives a slow server up, and holds up nothing that goes elsewhere', async () => {
    const slow = await posting.receiver();
    slow.answers = () => undefined;
    const one = await posting.webhook(slow.url);
    const other = await posting.webhook(receiver.url);
    const waiting = Promise.all(Array.from({ length: 12 }, () => posting.refused(one)));
    let settled = false;
    void waiting.then(() => (settled = true));
    while (slow.received.length === 0) await new Promise((done) => setTimeout(done, 5));
    for (let n = 0; n < 5; n += 1) expect(await posting.send(other)).toBe('204');
    expect(settled).toBe(false);
    const told = new Set((await waiting).map(({ answer }) => answer.replace(/before .*/, '')));
    expect([...told]).toContain('no answer came in time');
  });

  it('reads a little of a long answer, and counts a status whose words never end', async () => {
    const made = await posting.webhook(receiver.url);
    receiver.answers = (answer) => {
      const more = (): boolean => answer.destroyed || (answer.write('x'.repeat(65_536)) && more());
      answer.writeHead(500, { 'content-type': 'text/html' });
      answer.write('<b>No\u0000\n\nluck</b> ');
      answer.on('drain', more);
      more();
    };
    const { answer } = await posting.refused(made);
    expect(answer).toMatch(/^500 <b>No luck<\/b> x+$/);
    expect(answer).toHaveLength(204);
    receiver.answers = (reply) => {
      reply.writeHead(202);
      reply.write('Taken, and ');
    };
    expect(await posting.send(made)).toBe('202 Taken, and');
  });

  it('is left alone for as long as the other side asks', async () => {
    const made = await posting.webhook(receiver.url);
    receiver.answers = (answer) => answer.writeHead(429, { 'retry-after': '600' }).end('Later');
    expect(await posting.refused(made)).toMatchObject({ answer: '429 Later', unreached: false });
    expect(await posting.waits(made)).toBe(10);
    expect(await posting.refused(made)).toEqual(WAITS);
    expect(receiver.received).toHaveLength(1);
  });
});
