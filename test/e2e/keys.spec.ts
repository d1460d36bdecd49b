import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { contract } from '../../src/contract.js';
import { askedOf } from '../../src/platform/http/scope.js';
import { CASE_KEY_SCOPES } from '../../src/platform/identity/case-key-scopes.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { ALL, ask, askRaw, named, NOBODY } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface Made {
  id: string;
  secret: string;
  prefix: string;
  expiresAt: string;
}

describe('keys', () => {
  let world: World;
  let ledger: Ledger;
  let head: Client;
  let review: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    head = await world.delegation('SVN');
    review = await world.review('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const post = (by: Client, more: object = {}) =>
    by
      .send('post', '/v1/api-keys')
      .send({ password: PASSWORD, name: 'A program', scopes: ['reviews:read'], ...more });
  const make = async (by: Client, scopes: string[], more: object = {}) => {
    const { body } = await post(by, { scopes, ...more }).expect(201);
    return { ...(body as Made), client: world.api.as((body as Made).secret) };
  };

  it('are shown once, kept as a hash, and known by how they begin', async () => {
    const made = await make(head, ['reviews:read', 'me:read']);
    expect(made.secret).toMatch(/^ck_[\w-]{43}$/);
    expect(made.secret.startsWith(made.prefix)).toBe(true);
    expect(made.prefix).toHaveLength(9);
    const days = (Date.parse(made.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(365, 1);
    const row = await ledger.row('SELECT * FROM identity.api_key WHERE id = $1', [made.id]);
    expect(row['secret_hash']).toBe(createHash('sha256').update(made.secret).digest('base64url'));
    expect(JSON.stringify(row)).not.toContain(made.secret);
    const list = await head.get('/v1/api-keys').expect(200);
    expect(list.text).not.toContain(made.secret);
    expect(list.body.items.at(-1)).toMatchObject({
      id: made.id,
      prefix: made.prefix,
      scopes: ['me:read', 'reviews:read'],
      usedAt: null,
    });
    expect(world.api.logged()).not.toContain(made.secret);
    const stored = await ledger.rows(`SELECT 1 FROM casework.idempotency WHERE answer LIKE $1`, [
      `%${made.secret}%`,
    ]);
    expect(stored).toEqual([]);
  });

  it('do what their scopes name, and nothing else; the scope is asked for before the shape', async () => {
    const { client } = await make(head, ['reviews:read']);
    await client.get(`/v1/reviews/${review}`).expect(200);
    const asked = ALL.filter((each) => typeof askedOf(each) === 'object');
    expect(asked.length).toBeGreaterThan(40);
    for (const operation of asked) {
      const { scope } = askedOf(operation) as { scope: string };
      if (scope === 'reviews:read') continue;
      const answer = ask(client, operation).query({ nonsense: 1 });
      await expectProblem(answer, 403, 'scope-missing', { facts: { scope } });
    }
    const half = askRaw(client, named('createDocument'), { bytes: '{"half":' });
    await expectProblem(half, 403, 'scope-missing');
  });

  it('never sign in, change passwords, make keys, or add people, whatever their scopes', async () => {
    const scopes = new Set(
      ALL.flatMap((each) => {
        const asked = askedOf(each);
        return typeof asked === 'object' ? [asked.scope] : [];
      }),
    );
    const { client } = await make(head, [...scopes]);
    const personal = ALL.filter((each) => askedOf(each) === 'session');
    expect(personal.map(({ id }) => id).toSorted()).toEqual([
      'acceptAssistance',
      'addMember',
      'approveRecovery',
      'changePassword',
      'createAccount',
      'createCalendarFeed',
      'createKey',
      'createWebhook',
      'declareDestruction',
      'delegateSignature',
      'deleteWebhook',
      'disableAccount',
      'discardFailedJob',
      'enableAccount',
      'endAssistance',
      'endTerm',
      'getFailedJob',
      'getWebhook',
      'grantMembership',
      'invite',
      'listCalendarFeeds',
      'listFailedJobs',
      'listKeys',
      'listRecoveries',
      'listWebhooks',
      'logout',
      'nameAssistant',
      'putWebhook',
      'refuseRecovery',
      'resendInvitation',
      'retryFailedJob',
      'revokeCalendarFeed',
      'revokeInvitation',
      'revokeKey',
      'revokeMembership',
      'revokeSignature',
      'rotateWebhookSecret',
      'succeedMembership',
    ]);
    await client.get('/v1/me').expect(200);
    for (const operation of personal) {
      await expectRefused(ledger, ask(client, operation), 403, 'session-needed');
    }
    await client.get(`/v1/reviews/${review}`).expect(200);
  });

  it('act as the person, whose memberships are read live', async () => {
    const drafter = await world.delegation('SVN', 'drafter');
    const { client } = await make(drafter, ['reviews:read', 'documents:write', 'me:read']);
    const { body: me } = await client.get('/v1/me').expect(200);
    const begun = { kind: 'national-report', title: 'Our report' };
    const documents = `/v1/reviews/${review}/documents`;
    const { body } = await client.post(documents, begun).expect(201);
    const refused = client.post(`/v1/documents/${body.id}/submit`, undefined, { version: 1 });
    expect((await refused).status).toBe(409);
    const { membershipId } = (me as { seats: [{ membershipId: string }] }).seats[0];
    await head.post(`/v1/memberships/${membershipId}/revoke`).expect(200);
    await expectProblem(client.get(`/v1/reviews/${review}`), 404, 'not-found');
    await expectProblem(client.post(documents, begun), 404, 'not-found');
  });

  it('are refused once revoked, run out, or unknown, and by others than their owner', async () => {
    const { client, id } = await make(head, ['reviews:read']);
    const other = await make(head, ['reviews:read']);
    const remove = (by: Client) => by.send('delete', `/v1/api-keys/${id}`);
    const missing = head.send('delete', `/v1/api-keys/${NOBODY}`);
    const stranger = await expectRefused(ledger, remove(world.secretariat), 404, 'not-found');
    expect((await missing.expect(404)).text).toBe(stranger.text);
    await client.get('/v1/reviews').expect(200);
    await remove(head).expect(204);
    await remove(head).expect(204);
    await expectProblem(client.get('/v1/reviews'), 401, 'unauthenticated');
    await other.client.get('/v1/reviews').expect(200);
    await ledger.rows(
      `UPDATE identity.api_key SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [other.id],
    );
    await expectProblem(other.client.get('/v1/reviews'), 401, 'unauthenticated');
    const near = world.api.as(`${other.secret.slice(0, -1)}_`);
    await expectProblem(near.get('/v1/reviews'), 401, 'unauthenticated');
  });

  it('note their use, at most once a minute', async () => {
    const { client, id } = await make(head, ['reviews:read']);
    const used = async () =>
      (
        await ledger.row<{ at: Date | null }>(
          'SELECT used_at AS at FROM identity.api_key WHERE id = $1',
          [id],
        )
      ).at;
    expect(await used()).toBeNull();
    await client.get('/v1/reviews').expect(200);
    const first = await used();
    expect(first).not.toBeNull();
    await client.get('/v1/reviews').expect(200);
    expect(await used()).toEqual(first);
    const back = `UPDATE identity.api_key SET used_at = used_at - interval '61 seconds' WHERE id = $1`;
    await ledger.rows(back, [id]);
    await client.get('/v1/reviews').expect(200);
    expect((await used())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
  });

  it('have scopes that exist, an end within a year, and are not too many', async () => {
    const person = await world.stranger();
    const unknown = post(person, { scopes: ['reviews:read', 'dreams:write'] });
    const facts = { unknown: ['dreams:write'] };
    await expectRefused(ledger, unknown, 422, 'unknown-scope', { facts });
    for (const scopes of [[], ['reviews'], ['reviews:delete'], ['me:read', 'me:read']]) {
      await expectRefused(ledger, post(person, { scopes }), 422, 'invalid-content');
    }
    const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
    for (const expiresAt of [days(-1), days(367)]) {
      await expectRefused(ledger, post(person, { expiresAt }), 422, 'dates-in-disorder');
    }
    for (let n = 0; n < 20; n += 1) await make(person, ['reviews:read'], { expiresAt: days(1) });
    await expectRefused(ledger, post(person), 409, 'too-many-keys', { facts: { most: 20 } });
    const { body } = await person.get('/v1/api-keys').expect(200);
    await person.send('delete', `/v1/api-keys/${body.items[0].id}`).expect(204);
    const both = await Promise.all([post(person), post(person)]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });

  it('and their scopes are in the contract, for each operation', () => {
    const { paths } = contract() as unknown as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    for (const operation of ALL) {
      const entry = paths[operation.path]![operation.method.toLowerCase()]!;
      const asked = askedOf(operation);
      const scope = typeof asked === 'object' ? asked.scope : undefined;
      expect([operation.id, entry['x-scope']]).toEqual([operation.id, scope]);
      const security = {
        nothing: [],
        session: [{ session: [] }],
        'case-key': [{ caseKey: [] }],
        scope: [
          { session: [] },
          { key: [scope] },
          ...(CASE_KEY_SCOPES.includes(scope!) && !operation.mailed ? [{ caseKey: [scope] }] : []),
        ],
      }[typeof asked === 'object' ? 'scope' : asked];
      expect([operation.id, entry['security']]).toEqual([operation.id, security]);
    }
    expect(paths['/v1/api-keys']!['post']!['x-shown-once']).toBe(true);
  });
});
