import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { policiesOf } from '../../src/platform/limits/policies.js';
import { operations } from '../../src/contract.js';
import { connected } from '../database/direct.js';
import { ADMIN, joinApi, startApi, type TestApi } from '../setup/api.js';
import { describeOnRedis, redisUrl } from '../setup/redis.js';

const LIMITS = 'public=90/60,account=40/60,write=10/60,upload=3/60,sign-in=20/60,refused=5/60';
const PUBLIC = '/v1/record/recommendations?limit=1';

/** From an address of documentation's, as a proxy that is believed tells it. */
const from = (api: TestApi, address: string, url = PUBLIC) =>
  api.as().get(url).set('x-forwarded-for', address);

/** Two processes that count together. */
function countsTogether(store: () => Record<string, string>): void {
  let first: TestApi;
  let second: TestApi;
  beforeAll(async () => {
    const settings = {
      COMITY_RATE_LIMITS: LIMITS,
      COMITY_TRUSTED_PROXIES: '127.0.0.1, ::1',
      ...store(),
    };
    first = await startApi(settings);
    second = await joinApi(first.database, settings);
  });
  afterAll(async () => {
    await second?.stop();
    await first?.stop();
  });

  it('let one address have its quota once, whichever it asks', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 110; n += 1) {
      statuses.push((await from(n % 2 ? first : second, '192.0.2.1')).status);
    }
    const passed = statuses.filter((status) => status === 200).length;
    // What a process had taken in a lot of three and the other could have used is lost.
    expect(passed).toBeGreaterThanOrEqual(88);
    expect(passed).toBeLessThanOrEqual(90);
    expect(statuses.at(-1)).toBe(429);
    for (const api of [first, second]) {
      const { headers, body } = await from(api, '192.0.2.1').expect(429);
      expect(body).toMatchObject({ code: 'rate-limited', status: 429 });
      expect(headers['ratelimit-policy']).toBe('"public";q=90;w=60');
      expect(headers['ratelimit']).toMatch(/^"public";r=0;t=\d{1,2}$/);
      const wait = Number(headers['retry-after']);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
    }
  });

  it('say what is left, and leave others alone', async () => {
    const { headers } = await from(first, '192.0.2.2').expect(200);
    expect(headers['ratelimit-policy']).toBe('"public";q=90;w=60');
    expect(headers['ratelimit']).toBe('"public";r=89;t=60');
    const next = await from(first, '192.0.2.2').expect(200);
    expect(next.headers['ratelimit']).toMatch(/^"public";r=88;t=\d+$/);
  });

  it('give out each point once, though all ask at the same moment', async () => {
    const asked = Array.from({ length: 120 }, (_, n) =>
      from(n % 2 ? first : second, '192.0.2.3').then(({ status }) => status),
    );
    const passed = (await Promise.all(asked)).filter((status) => status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(86);
    expect(passed).toBeLessThanOrEqual(90);
  });

  it('count a home with IPv6 once, and a mapped IPv4 as what it is', async () => {
    const used = async (address: string) =>
      (await from(first, address).expect(200)).headers['ratelimit']!.replace(/;t=.*/, '');
    expect(await used('2001:db8:1:2::1')).toBe('"public";r=89');
    expect(await used('2001:db8:1:2:ffff::7')).toBe('"public";r=88');
    expect(await used('2001:db8:1:3::1')).toBe('"public";r=89');
    expect(await used('192.0.2.4')).toBe('"public";r=89');
    expect(await used('::ffff:192.0.2.4')).toBe('"public";r=88');
  });

  it('count an account wherever it signs in, and what changes something apart', async () => {
    const here = await first.signIn(ADMIN);
    const there = await second.signIn(ADMIN);
    const { headers } = await here.get('/v1/me').expect(200);
    expect(headers['ratelimit-policy']).toBe('"account";q=40;w=60');
    const statuses: number[] = [];
    for (let n = 0; n < 14; n += 1) {
      const { status } = await (n % 2 ? here : there).post('/v1/organizations', {});
      statuses.push(status);
    }
    expect(statuses.filter((status) => status !== 429)).toHaveLength(10);
    const refused = await there.post('/v1/organizations', {}).expect(429);
    expect(refused.headers['ratelimit-policy']).toBe('"account";q=40;w=60, "write";q=10;w=60');
    expect(refused.headers['ratelimit']).toMatch(/^"account";r=\d+;t=\d+, "write";r=0;t=\d+$/);
    await there.get('/v1/me').expect(200);
  });

  it('let nobody try tokens for long', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const call = first.as(`cs_guess${n}`).get('/v1/me').set('x-forwarded-for', '192.0.2.9');
      statuses.push((await call).status);
    }
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.at(-1)).toBe(429);
    const other = first.as('cs_guess').get('/v1/me').set('x-forwarded-for', '192.0.2.10');
    await other.expect(401);
    // Whoever shares the address, and has a good one, is not kept out.
    const good = await first.signIn(ADMIN);
    await good.get('/v1/me').set('x-forwarded-for', '192.0.2.9').expect(200);
  });

  it('leave the health of the process alone', async () => {
    for (let n = 0; n < 100; n += 1) {
      const { status, headers } = await from(first, '192.0.2.11', '/health/live');
      expect([status, headers['ratelimit']]).toEqual([200, undefined]);
    }
  });
}

describe('two processes with their counters in PostgreSQL', () => {
  countsTogether(() => ({}));
});
describeOnRedis('two processes with their counters in Redis', () => {
  beforeAll(async () => {
    const redis = new Redis(redisUrl());
    await redis.flushdb();
    await redis.quit();
  });
  countsTogether(() => ({ REDIS_URL: redisUrl() }));
});

describe('a process whose store is away', () => {
  let api: TestApi;
  beforeAll(async () => {
    // Nothing listens on the port of discarding.
    api = await startApi({ COMITY_RATE_LIMITS: LIMITS, REDIS_URL: 'redis://127.0.0.1:9' });
  });
  afterAll(() => api?.stop());

  it('counts alone, and says so in its log', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 95; n += 1) statuses.push((await api.as().get(PUBLIC)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(90);
    expect(statuses.at(-1)).toBe(429);
    expect(api.logged()).toContain('rate limits are counted by this process alone');
  });
});

describe('a table of counters that refuses', () => {
  it('keeps nobody out', async () => {
    const api = await startApi({ COMITY_RATE_LIMITS: LIMITS });
    try {
      await connected(api.database.adminUrl, (client) =>
        client.query('REVOKE ALL ON identity.allowance FROM comity_app'),
      );
      await api.as().get(PUBLIC).expect(200);
      expect(api.logged()).toContain('rate limits are counted by this process alone');
    } finally {
      await api.stop();
    }
  });
});

describe('the policies', () => {
  it('are there for every operation but the one that says the process lives', () => {
    const free = operations().filter((operation) => {
      const { address, account } = policiesOf(operation);
      return address === undefined && account.length === 0;
    });
    expect(free.map(({ id }) => id)).toEqual(['healthLive']);
  });

  it('name no address in the database', async () => {
    const api = await startApi({ COMITY_RATE_LIMITS: LIMITS });
    try {
      await api.as().get(PUBLIC).expect(200);
      const { rows } = await connected(api.database.adminUrl, (client) =>
        client.query<{ key: string }>('SELECT key FROM identity.allowance'),
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ key }) => /127\.0\.0\.1|::/.test(key.slice(8)))).toEqual([]);
    } finally {
      await api.stop();
    }
  });
});
