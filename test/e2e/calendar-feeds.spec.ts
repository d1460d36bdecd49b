import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { feedOf, readCalendar } from '../factories/calendars.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

describe('the secret address of a calendar', () => {
  let world: World;
  let ledger: Ledger;
  let head: Client;
  let review: string;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z', { COMITY_URL: 'https://comity.test' });
    ledger = await Ledger.open(world.api);
    head = await world.delegation('SVN');
    review = await world.review('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const post = (who: Client, more: object = {}) =>
    who
      .send('post', '/v1/me/calendar-feeds')
      .send({ password: PASSWORD, name: 'My telephone', ...more });
  const end = (who: Client, id: string) => who.send('delete', `/v1/me/calendar-feeds/${id}`);
  const idOf = async (who: Client): Promise<string> =>
    (await who.get('/v1/me').expect(200)).body.accountId as string;
  const missing = (path: string) => expectProblem(world.api.as().get(path), 404, 'not-found');

  it('is shown once and kept as a hash', async () => {
    const { body } = await post(head).expect(201);
    const { url, ...rest } = body as { url: string; id: string };
    expect(rest).toMatchObject({ name: 'My telephone', revokedAt: null });
    expect(url).toMatch(/^https:\/\/comity\.test\/v1\/calendar-feeds\/cf_[\w-]{43}$/);
    const secret = url.split('/').at(-1)!;
    const row = await ledger.row('SELECT * FROM identity.calendar_feed WHERE id = $1', [rest.id]);
    expect(row['secret_hash']).toBe(createHash('sha256').update(secret).digest('base64url'));
    const list = await head.get('/v1/me/calendar-feeds').expect(200);
    expect(list.body.items).toEqual([rest]);
    const events = await readCalendar(world, new URL(url).pathname);
    expect(events.get('Slovenia: Interactive dialogue')).toBeDefined();
    expect(world.api.logged()).not.toContain(secret);
    const others = await (await world.delegation('FRA')).get('/v1/me/calendar-feeds').expect(200);
    expect(others.body.items).toEqual([]);
  });

  it('is made with the password, and by no key', async () => {
    const guess = post(head, { password: 'another password' });
    await expectRefused(ledger, guess, 401, 'wrong-credentials');
    const key = { password: PASSWORD, name: 'A program', scopes: ['me:read', 'calendar:write'] };
    const made = await head.send('post', '/v1/api-keys').send(key).expect(201);
    const program = world.api.as((made.body as { secret: string }).secret);
    await expectProblem(post(program), 403, 'session-needed');
    await expectProblem(program.get('/v1/me/calendar-feeds'), 403, 'session-needed');
  });

  it('is missing alike when it is unknown, ended, or of a disabled account', async () => {
    const who = await world.delegation('SVN', 'officer');
    const [ended, kept] = [await feedOf(who), await feedOf(who)];
    await readCalendar(world, ended.path);
    await end(who, ended.id).expect(204);
    const unknown = (await missing('/v1/calendar-feeds/cf_unknown')).text;
    expect((await missing(ended.path)).text).toBe(unknown);
    await end(who, ended.id).expect(204);
    await expectRefused(ledger, end(head, kept.id), 404, 'not-found');
    await readCalendar(world, kept.path);
    const account = `/v1/accounts/${await idOf(who)}`;
    await world.admin.post(`${account}/disable`).expect(200);
    expect((await missing(kept.path)).text).toBe(unknown);
    // As keys, it has ended for good.
    await world.admin.post(`${account}/enable`).expect(200);
    expect((await missing(kept.path)).text).toBe(unknown);
    await missing(`/v1/calendar-feeds/${'x'.repeat(500)}`);
  });

  it('is one of ten at the most, however many are asked for at once', async () => {
    const who = await world.stranger();
    const many = Array.from({ length: 12 }, () => post(who));
    expect(await statusesOf(many)).toEqual([...Array<number>(10).fill(201), 409, 409]);
    await expectRefused(ledger, post(who), 409, 'too-many-feeds', { facts: { most: 10 } });
    const { body } = await who.get('/v1/me/calendar-feeds').expect(200);
    const [first] = (body as { items: [{ id: string }] }).items;
    await end(who, first.id).expect(204);
    await post(who).expect(201);
  });

  it('ends with the keys, when the password is set anew', async () => {
    const who = await world.delegation('FRA');
    const { path } = await feedOf(who);
    const change = (current: string, next: string, more = {}) =>
      who.put('/v1/me/password', { current, next, ...more }).expect(200);
    await change(PASSWORD, 'another password', { endKeys: false });
    await readCalendar(world, path);
    await change('another password', PASSWORD);
    await missing(path);
  });

  it('shows nothing of a review to whoever is excluded from it, or unseated', async () => {
    const who = await world.delegation('SVN', 'focal-point');
    const { path } = await feedOf(who);
    const { path: colleagues } = await feedOf(head);
    const before = await readCalendar(world, path);
    expect(before.size).toBeGreaterThan(5);
    const exclude = `INSERT INTO casework.exclusion VALUES ($1, $2, now(), 'a conflict')`;
    await ledger.rows(exclude, [await idOf(who), review]);
    expect((await readCalendar(world, path)).size).toBe(0);
    expect(await readCalendar(world, colleagues)).toEqual(before);
    const officer = await world.delegation('BRA', 'officer');
    await world.reach(review, 'SVN', 'preparation');
    const { path: troika } = await feedOf(officer);
    expect((await readCalendar(world, troika)).size).toBe(before.size);
    await ledger.rows(
      `UPDATE identity.membership SET revoked_at = now(), revoked_by = account_id
       WHERE account_id = $1`,
      [await idOf(officer)],
    );
    expect((await readCalendar(world, troika)).size).toBe(0);
  });
});
