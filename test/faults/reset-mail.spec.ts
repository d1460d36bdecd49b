import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Ledger } from '../e2e/ledger.js';
import { Post } from '../factories/post.js';
import { ADMIN, startApi, type Client, type TestApi } from '../setup/api.js';

/** Links that set a password, through a server that refuses and by a worker that dies. */
describe('mails with links', () => {
  let api: TestApi;
  let ledger: Ledger;
  let mail: Post;
  let admin: Client;
  beforeAll(async () => {
    api = await startApi();
    ledger = await Ledger.open(api);
    mail = await Post.open(api);
    admin = await api.signIn(ADMIN);
  });
  afterAll(async () => {
    await mail.stop();
    await ledger.close();
    await api.stop();
  });

  const account = async () => {
    const email = `${randomUUID()}@comity.test`;
    const body = { email, name: 'Somebody', password: 'a password to begin with' };
    await admin.post('/v1/accounts', body).expect(201);
    return email;
  };
  const askFor = (email: string) =>
    api.as().send('post', '/v1/auth/password-resets').send({ email });
  const redeem = (token: string) =>
    api
      .as()
      .send('post', '/v1/auth/password-resets/redeem')
      .send({ token, password: 'quite another password' });
  const due = (email: string) =>
    ledger.rows('UPDATE identity.mail SET due_at = now() WHERE address = $1', [email]);
  /** Minutes until the next attempt at what waits. */
  const waiting = (email: string) =>
    ledger.rows<{ minutes: number }>(
      `SELECT round(extract(epoch FROM due_at - now()) / 60)::int AS minutes FROM identity.mail
       WHERE address = $1 AND status = 'queued'`,
      [email],
    );

  it('do not wait for hours for a mail server that was away, when they are asked for again', async () => {
    const email = await account();
    await askFor(email).expect(202);
    mail.server.refused.set(email, { code: 451, text: '4.7.1 Come back later' });
    for (let n = 0; n < 5; n += 1) {
      await due(email);
      await mail.deliver(email);
    }
    expect(await waiting(email)).toEqual([{ minutes: 180 }]);
    await askFor(email).expect(202);
    expect(await waiting(email)).toEqual([{ minutes: 5 }]);
    mail.server.refused.clear();
    await due(email);
    await mail.token(email);
  });

  it('that are sent again have another token, which ends that mail’s own before it', async () => {
    const email = await account();
    await askFor(email).expect(202);
    const settle = { send: () => Promise.reject(new Error('killed')) };
    await expect(mail.outbox({ transport: settle }).sendDue()).rejects.toThrow('killed');
    await due(email);
    const token = await mail.token(email);
    const links = `SELECT FROM identity.password_reset r JOIN identity.account a ON a.id = r.account_id
      WHERE a.email = $1`;
    const rows = await ledger.rows(links, [email]);
    expect(rows).toHaveLength(1);
    await redeem(token).expect(204);
  });
});
