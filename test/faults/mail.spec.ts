import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Post, tokenOf } from '../factories/post.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from '../e2e/ledger.js';

const PASSWORD = 'a password for the tests';
const TEXTS = `SELECT format('SELECT count(*)::int AS n FROM %I.%I t WHERE t::text LIKE $1', schemaname,
  tablename) AS sql FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;

/** Mail against a real server: that refuses, goes away, and is written to by workers that die. */
describe('the outbox of mail', () => {
  let world: World;
  let ledger: Ledger;
  let mail: Post;
  let head: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    mail = await Post.open(world.api);
    head = await world.delegation('SVN');
    await mail.deliver();
  });
  afterAll(async () => {
    await mail.stop();
    await ledger.close();
    await world.stop();
  });

  const invite = async (language = 'en') => {
    const email = `${randomUUID()}@comity.test`;
    const body = { email, side: 'state:SVN', role: 'drafter', language };
    const { id } = (await head.post('/v1/invitations', body).expect(201)).body as { id: string };
    return { email, id };
  };
  const accept = (token: string) =>
    world.api
      .as()
      .send('post', '/v1/invitations/accept')
      .send({ token, name: 'Ana Novak', password: PASSWORD });
  /** What the inviter is told of the mail. */
  const told = async (id: string) => {
    const { body } = await head.get('/v1/invitations', { limit: 200 }).expect(200);
    return (body.items as { id: string; mail: object }[]).find((each) => each.id === id)!.mail;
  };
  /** Time passes: what waits for its next attempt, or for a worker that died, is due. */
  const later = () =>
    ledger.rows(`UPDATE identity.mail SET due_at = now() - interval '1 second'
      WHERE status IN ('queued', 'sending')`);
  const everywhere = async (text: string): Promise<number> => {
    let found = 0;
    for (const { sql } of await ledger.rows<{ sql: string }>(TEXTS)) {
      found += (await ledger.row<{ n: number }>(sql, [`%${text}%`])).n;
    }
    return found;
  };

  it('sends text and HTML, in the language asked for, with the headers of a machine', async () => {
    const { email } = await invite('ar');
    const [letter] = await mail.deliver(email);
    const { headers, messageId, subject, text, html, from, date } = letter!;
    expect(subject).toBe('دعوة للانضمام إلى سلوفينيا على Comity');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('ar');
    expect(messageId).toMatch(/^<[0-9a-f-]{36}\.1@localhost>$/);
    expect(Math.abs(date!.getTime() - Date.now())).toBeLessThan(60_000);
    expect(from!.value).toEqual([{ address: 'comity@localhost', name: 'Comity' }]);
    const token = tokenOf(letter!);
    expect(text).toContain(token);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain(`<code>${token}</code>`);
    expect(headers.get('bcc') ?? headers.get('cc')).toBeUndefined();
  });

  it('keeps a token nowhere but in the mail', async () => {
    const { email } = await invite();
    const token = await mail.token(email);
    expect(await everywhere(email)).toBeGreaterThan(1);
    expect(await everywhere(token)).toBe(0);
    await accept(token).expect(201);
    expect(await everywhere(token)).toBe(0);
    expect(world.api.logged()).not.toContain(token);
    expect(world.api.logged()).not.toContain(email);
  });

  it('tells the inviter what the other server said, without the token that it quoted', async () => {
    const gone = await invite();
    mail.server.refused.set(gone.email, { code: 550, text: '5.1.1 No such mailbox here' });
    const busy = await invite();
    mail.server.refused.set(busy.email, { code: 451, text: '4.7.1 Come back later' });
    await mail.deliver();
    expect(await told(gone.id)).toEqual({
      status: 'failed',
      attempts: 1,
      answer: '550 5.1.1 No such mailbox here',
    });
    const waiting = { status: 'queued', attempts: 1, answer: '451 4.7.1 Come back later' };
    expect(await told(busy.id)).toEqual(waiting);
    await mail.deliver();
    expect(await told(busy.id)).toEqual(waiting);
    mail.server.refused.clear();
    await later();
    const [letter] = await mail.deliver(busy.email);
    expect(letter!.messageId).toMatch(/\.2@/);
    expect(await told(busy.id)).toMatchObject({ status: 'sent', attempts: 2 });
    expect(mail.server.to(gone.email)).toEqual([]);

    const quoted = await invite();
    let leaked = '';
    mail.server.refusal = (raw) => {
      [leaked] = /\bcm_[\w-]{43}\b/.exec(raw.replaceAll('=\r\n', ''))!;
      return { code: 554, text: `5.7.1 Spam: ${leaked}` };
    };
    await mail.deliver();
    mail.server.refusal = undefined;
    expect(leaked).not.toBe('');
    expect(await told(quoted.id)).toMatchObject({ status: 'failed', answer: '554 5.7.1 Spam: …' });
    expect(await everywhere(leaked)).toBe(0);
  });

  it('waits for a server that is away, longer each time, and gives up in the end', async () => {
    const { id, email } = await invite();
    const lost = await invite();
    await mail.server.down();
    await mail.deliver();
    const first = (await told(id)) as { status: string; attempts: number; answer: string };
    expect(first).toMatchObject({ status: 'queued', attempts: 1 });
    expect(first.answer).toContain('ECONNREFUSED');
    // Nobody answered: the next was not even tried.
    expect(await told(lost.id)).toMatchObject({ status: 'queued', attempts: 0 });
    const wait = await ledger.row<{ minutes: number }>(
      `SELECT round(extract(epoch FROM due_at - now()) / 60)::int AS minutes FROM identity.mail
       WHERE invitation_id = $1`,
      [id],
    );
    expect(wait.minutes).toBe(1);
    await mail.server.up();
    await later();
    await mail.deliver();
    expect(await told(id)).toMatchObject({ status: 'sent', attempts: 2 });
    await accept(tokenOf(mail.server.to(email)[0]!)).expect(201);

    const never = await invite();
    mail.server.refused.set(never.email, { code: 451, text: '4.3.2 Not now' });
    for (let n = 0; n < 8; n += 1) {
      await later();
      await mail.deliver();
    }
    expect(await told(never.id)).toMatchObject({ status: 'failed', attempts: 8 });
    mail.server.refused.clear();
    await head.post(`/v1/invitations/${never.id}/resend`).expect(200);
    expect(await told(never.id)).toMatchObject({ status: 'queued', attempts: 0 });
    await mail.token(never.email);
  });

  /** A unit of work that ends before its n-th piece, as a process that is killed does. */
  const dying = (n: number): UnitOfWork => {
    let pieces = 0;
    const system: UnitOfWork['system'] = (name, work) => {
      pieces += 1;
      return pieces === n ? Promise.reject(new Error('killed')) : mail.work.system(name, work);
    };
    return { system } as UnitOfWork;
  };

  it('survives a death before the mail went out: another is sent, with another token', async () => {
    const { id, email } = await invite();
    const transport = { send: () => Promise.reject(new Error('killed')) };
    await expect(mail.outbox({ transport }).sendDue()).rejects.toThrow('killed');
    // It is the dead worker's for a while, and nobody else's.
    expect(await mail.deliver(email)).toEqual([]);
    expect(await told(id)).toMatchObject({ status: 'queued', attempts: 1 });
    await later();
    await accept(await mail.token(email)).expect(201);
  });

  it('survives a death after the mail went out: the second mail ends the first', async () => {
    const { id, email } = await invite();
    await expect(mail.outbox({ work: dying(2) }).sendDue()).rejects.toThrow('killed');
    const first = tokenOf(mail.server.to(email)[0]!);
    await later();
    await mail.deliver(email);
    const [, letter] = mail.server.to(email);
    const second = tokenOf(letter!);
    expect(second).not.toBe(first);
    await accept(first).expect(422);
    await accept(second).expect(201);
    expect(await told(id)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('a token of a mail whose fate was not written down works until another goes out', async () => {
    const { email } = await invite();
    await expect(mail.outbox({ work: dying(2) }).sendDue()).rejects.toThrow('killed');
    await accept(tokenOf(mail.server.to(email)[0]!)).expect(201);
    // There is nothing to invite to any more: no second mail.
    await later();
    await mail.deliver();
    expect(mail.server.to(email)).toHaveLength(1);
  });

  it('a worker that was slow does not overwrite what another did since', async () => {
    const { id, email } = await invite();
    let free: (answer: string) => void = () => undefined;
    const slow = { send: () => new Promise<string>((resolve) => (free = resolve)) };
    const sending = mail.outbox({ transport: slow }).sendDue();
    while ((await ledger.rows(`SELECT FROM identity.mail WHERE status = 'sending'`)).length === 0);
    await later();
    await mail.deliver(email);
    free('250 at last');
    await sending;
    const { answer } = (await told(id)) as { answer: string };
    expect(answer).not.toContain('at last');
  });

  it('is sent once, though many send at the same time', async () => {
    const invited = [];
    for (let n = 0; n < 12; n += 1) invited.push(await invite());
    await Promise.all(Array.from({ length: 4 }, () => mail.outbox().sendDue()));
    for (const { email } of invited) expect(mail.server.to(email)).toHaveLength(1);
  });

  it('forgets addresses a month after', async () => {
    const { email } = await invite();
    await mail.deliver(email);
    const sweep = () =>
      mail.work.system('mail', (tx) => tx.rows('SELECT identity.sweep_mail() AS n'));
    const kept = 'SELECT FROM identity.mail WHERE address = $1';
    await sweep();
    expect(await ledger.rows(kept, [email])).toHaveLength(1);
    const month = `UPDATE identity.mail SET settled_at = now() - interval '31 days' WHERE address = $1`;
    await ledger.rows(month, [email]);
    await sweep();
    expect(await ledger.rows(kept, [email])).toEqual([]);
  });
});
