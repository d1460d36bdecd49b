import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { makeWebhook, newWebhook } from '../factories/webhooks.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

const URL_OF_SECRETS = 'https://delegation.example/hook?token=nobody-else-knows-this';

describe('webhooks', () => {
  let world: World;
  let ledger: Ledger;
  let head: Client;
  let france: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    head = await world.delegation('SVN');
    france = await world.delegation('FRA');
  });
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const post = (who: Client, body: object) => who.send('post', '/v1/webhooks').send(body);
  const change = {
    url: 'https://delegation.example/hook',
    description: 'Our registry',
    events: null,
    status: 'active',
  };
  const rotate = (who: Client, id: string, version: number, more: object = {}) =>
    who
      .send('post', `/v1/webhooks/${id}/rotate-secret`)
      .set('if-match', `"${version}"`)
      .send({ password: PASSWORD, ...more });
  const remove = (who: Client, id: string, version: number) =>
    who.send('delete', `/v1/webhooks/${id}`).set('if-match', `"${version}"`);
  const idOf = async (who: Client): Promise<string> =>
    (await who.get('/v1/me').expect(200)).body.accountId as string;
  const secretsOf = (id: string) =>
    ledger.rows<{ content: Buffer; ends_at: Date | null }>(
      'SELECT * FROM identity.webhook_secret WHERE webhook_id = $1 ORDER BY ends_at NULLS FIRST',
      [id],
    );

  it('are made with the password; the secret is shown once and kept under seal', async () => {
    const asked = newWebhook(URL_OF_SECRETS, { events: ['opened', 'moved'] });
    const { body, headers } = await post(head, asked).expect(201);
    const { secret, ...shown } = body as { secret: string; id: string; version: number };
    expect(headers['cache-control']).toBe('no-store');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).toMatchObject({
      url: URL_OF_SECRETS,
      events: ['opened', 'moved'],
      status: 'active',
      offWhy: null,
      version: 1,
    });
    const [row, ...more] = await secretsOf(shown.id);
    expect(more).toEqual([]);
    expect(row!.ends_at).toBeNull();
    expect(row!.content.includes(secret.slice(6, 20))).toBe(false);
    expect((await head.get(`/v1/webhooks/${shown.id}`).expect(200)).body).toEqual(shown);
    expect((await head.get('/v1/webhooks').expect(200)).body.items).toEqual([shown]);
    expect(world.api.logged()).not.toContain(secret);
    expect(world.api.logged()).not.toContain('nobody-else-knows-this');
    const guess = post(head, newWebhook(undefined, { password: 'another password' }));
    await expectRefused(ledger, guess, 401, 'wrong-credentials');
  });

  it('are nobody else’s, and no key’s', async () => {
    const { id, version } = await makeWebhook(head);
    const url = `/v1/webhooks/${id}`;
    const unknown = await expectProblem(
      france.get(`/v1/webhooks/${randomUUID()}`),
      404,
      'not-found',
    );
    expect((await expectProblem(france.get(url), 404, 'not-found')).text).toBe(unknown.text);
    await expectRefused(ledger, france.put(url, change, { version }), 404, 'not-found');
    await expectRefused(ledger, remove(france, id, version), 404, 'not-found');
    await expectRefused(ledger, rotate(france, id, version), 404, 'not-found');
    expect((await france.get('/v1/webhooks').expect(200)).body.items).toEqual([]);
    const key = {
      password: PASSWORD,
      name: 'A program',
      scopes: ['notices:read', 'notices:write'],
    };
    const made = await head.send('post', '/v1/api-keys').send(key).expect(201);
    const program = world.api.as((made.body as { secret: string }).secret);
    await expectProblem(program.get('/v1/webhooks'), 403, 'session-needed');
    await expectProblem(post(program, newWebhook()), 403, 'session-needed');
  });

  it('lead to the public network alone', async () => {
    for (const url of [
      'http://delegation.example/',
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://localhost.:8443/',
      'https://[::ffff:10.0.0.1]/',
      'https://169.254.169.254/latest/meta-data',
      'https://user:word@delegation.example/',
      'not an address',
      'https://',
    ]) {
      const faults = { errors: [{ pointer: '/url', detail: expect.any(String) }] };
      const asked = post(head, newWebhook(url));
      await expectRefused(ledger, asked, 422, 'invalid-content', faults);
    }
    const { id, version } = await makeWebhook(head);
    const inward = { ...change, url: 'https://10.0.0.1/', password: PASSWORD };
    const asked = head.put(`/v1/webhooks/${id}`, inward, { version });
    await expectProblem(asked, 422, 'invalid-content');
    const made = post(head, newWebhook(undefined, { events: ['opened', 'no-such-event'] }));
    await expectProblem(made, 422, 'code-unknown', { facts: { unknown: ['no-such-event'] } });
  });

  it('are changed in the version that was read; another address needs the password', async () => {
    const { id, version } = await makeWebhook(france);
    const url = `/v1/webhooks/${id}`;
    const put = (body: object, at = version) =>
      france.put(url, { ...change, ...body }, { version: at });
    await expectRefused(ledger, france.put(url, change), 428, 'version-required');
    await expectRefused(ledger, put({}, 7), 412, 'stale');
    const off = (await put({ status: 'off', events: ['opened'] }).expect(200)).body as object;
    expect(off).toMatchObject({
      status: 'off',
      offWhy: 'by-owner',
      events: ['opened'],
      version: 2,
    });
    const elsewhere = { url: 'https://elsewhere.example/' };
    await expectRefused(ledger, put(elsewhere, 2), 401, 'wrong-credentials');
    const guess = put({ ...elsewhere, password: 'another password' }, 2);
    await expectRefused(ledger, guess, 401, 'wrong-credentials');
    const { body } = await put({ ...elsewhere, password: PASSWORD }, 2).expect(200);
    expect(body).toMatchObject({ ...elsewhere, status: 'active', offSince: null, version: 3 });
    const both = await Promise.all([put({ ...elsewhere }, 3), put({ ...elsewhere }, 3)]);
    expect(both.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412']);
    await expectRefused(ledger, remove(france, id, 3), 412, 'stale');
    await remove(france, id, 4).expect(204);
    await expectProblem(france.get(url), 404, 'not-found');
    expect(await secretsOf(id)).toEqual([]);
  });

  it('get another secret, and the one before has a day, or ends at once', async () => {
    const { id, version, secret } = await makeWebhook(france);
    const guess = rotate(france, id, version, { password: 'another password' });
    await expectRefused(ledger, guess, 401, 'wrong-credentials');
    await expectRefused(ledger, rotate(france, id, 9), 412, 'stale');
    const { body } = await rotate(france, id, version).expect(200);
    const next = body as { secret: string; previousSecretUntil: string; version: number };
    expect(next.secret).not.toBe(secret);
    expect(next.version).toBe(2);
    const hours = (new Date(next.previousSecretUntil).getTime() - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    expect((await secretsOf(id)).map(({ ends_at: ends }) => ends === null)).toEqual([true, false]);
    // The third ends the first.
    await rotate(france, id, 2).expect(200);
    expect(await secretsOf(id)).toHaveLength(2);
    const ended = await rotate(france, id, 3, { endPrevious: true }).expect(200);
    expect(ended.body).toMatchObject({ previousSecretUntil: null, version: 4 });
    expect(await secretsOf(id)).toHaveLength(1);
    expect(world.api.logged()).not.toContain(next.secret);
  });

  it('are ten at the most, however many are asked for at once', async () => {
    const who = await world.stranger();
    for (let n = 0; n < 8; n += 1) await makeWebhook(who);
    // No more at once than passwords are looked at.
    const more = Array.from({ length: 4 }, () => post(who, newWebhook()));
    expect(await statusesOf(more)).toEqual([201, 201, 409, 409]);
    const facts = { facts: { most: 10 } };
    await expectRefused(ledger, post(who, newWebhook()), 409, 'too-many-webhooks', facts);
    const { body } = await who.get('/v1/webhooks', { limit: 3, count: 'true' }).expect(200);
    expect(body).toMatchObject({ count: { total: 10 } });
    const [{ id, version }] = (body as { items: [{ id: string; version: number }] }).items;
    await remove(who, id, version).expect(204);
    await post(who, newWebhook()).expect(201);
  });

  it('are switched off with the keys, and with the account', async () => {
    const who = await world.delegation('SVN', 'officer');
    const { id } = await makeWebhook(who);
    const url = `/v1/webhooks/${id}`;
    const shown = async () => (await who.get(url).expect(200)).body as object;
    const password = (current: string, next: string, more: object = {}) =>
      who.put('/v1/me/password', { current, next, ...more }).expect(200);
    await password(PASSWORD, 'another password', { endKeys: false });
    expect(await shown()).toMatchObject({ status: 'active' });
    await password('another password', PASSWORD);
    const off = { status: 'off', offWhy: 'access-ended', version: 2 };
    expect(await shown()).toMatchObject(off);
    await who.put(url, change, { version: 2 }).expect(200);
    await world.admin.post(`/v1/accounts/${await idOf(who)}/disable`).expect(200);
    const row = await ledger.row('SELECT * FROM identity.webhook WHERE id = $1', [id]);
    expect(row).toMatchObject({ status: 'off', off_why: 'access-ended', version: 4 });
  });
});
