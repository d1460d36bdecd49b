// Once before all tests: compiled sources, a private PostgreSQL with the migrated database
// `test_template`, and a private Redis. Servers given by TEST_ADMIN_URL or TEST_REDIS_URL are used
// as they are. The tests read: TEST_ADMIN_URL (superuser, database postgres), TEST_APP_URL,
// TEST_WORKER_URL and TEST_PUBLIC_URL (the template as each role), TEST_SIGNING_KEYS (whose keys the
// template publishes), TEST_REDIS_URL or, where there
// is no Redis, TEST_REDIS_MISSING (why).
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { root } from '../../scripts/command.mjs';
import { ensureBuilt } from '../../scripts/first-run.mjs';
import { startPostgres } from '../../scripts/postgres.mjs';
import { startRedis } from '../../scripts/redis.mjs';
import { makeScratch } from '../../scripts/scratch.mjs';

const template = 'test_template';
/** Signs in as ADMIN of `api.ts`. */
const admin = { email: 'admin@comity.test', password: 'administrator of the tests' };
// Read once: in watch mode what an earlier run set must not count as given.
const { TEST_ADMIN_URL: givenPostgres, TEST_REDIS_URL: givenRedis } = process.env;

/** Specs beside their sources and those on architecture need no servers. */
function needsServers({ testPathPatterns }) {
  const { patterns } = testPathPatterns;
  const unit = /^(\.\/)?(src|client|test\/(architecture|mechanisms))\b/;
  return patterns.length === 0 || !patterns.every((pattern) => unit.test(pattern));
}

async function migrateTemplate(adminUrl, signingKeys) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`drop database if exists ${template} with (force)`);
    await client.query(`create database ${template}`);
    const built = (name) => pathToFileURL(path.join(root, 'dist', 'src', name)).href;
    const { bootstrap } = await import(built('bootstrap.js'));
    const { ensureSigningKeys } = await import(built('platform/signing/signing-keys.js'));
    await ensureSigningKeys(signingKeys);
    const url = Object.assign(new URL(adminUrl), { pathname: template }).href;
    const urls = await bootstrap({ adminUrl: url, admin, signingKeys });
    // Nobody, autovacuum included, may be connected to it when it is cloned.
    await client.query(`alter database ${template} allow_connections false`);
    return urls;
  } finally {
    await client.end();
  }
}

async function servers(stops) {
  const dir = makeScratch('test');
  stops.push(() => rmSync(dir, { recursive: true, force: true }));
  const postgres = async () => {
    if (givenPostgres) return givenPostgres;
    const server = await startPostgres({ dir, fast: true });
    stops.push(server.stop);
    return server.adminUrl('postgres');
  };
  const redis = async () => {
    if (givenRedis) return { url: givenRedis };
    const server = await startRedis({ dir, tree: path.join(root, '.data', 'redis') });
    if (server.stop) stops.push(server.stop);
    return server;
  };
  const begun = [ensureBuilt(), postgres(), redis()];
  await Promise.allSettled(begun); // so that a failing one finds in `stops` what the others began
  const [, adminUrl, { url: redisUrl, reason }] = await Promise.all(begun);
  const signingKeys = path.join(dir, 'signing-keys.json');
  const { appUrl, workerUrl, publicUrl } = await migrateTemplate(adminUrl, signingKeys);
  Object.assign(process.env, {
    TEST_ADMIN_URL: adminUrl,
    TEST_APP_URL: appUrl,
    TEST_WORKER_URL: workerUrl,
    TEST_PUBLIC_URL: publicUrl,
    TEST_SIGNING_KEYS: signingKeys,
    ...(redisUrl ? { TEST_REDIS_URL: redisUrl } : { TEST_REDIS_MISSING: reason }),
  });
  if (!redisUrl) console.log(`Tests on Redis are skipped: ${reason}`);
}

export default async function setUp(config) {
  const stops = [];
  globalThis.stopTestServers = async () => {
    while (stops.length > 0) await stops.pop()();
  };
  if (!needsServers(config)) return;
  const started = Date.now();
  try {
    await servers(stops);
    console.log(
      `Servers ready and template migrated (${((Date.now() - started) / 1000).toFixed(1)} s)`,
    );
  } catch (error) {
    await globalThis.stopTestServers();
    throw error;
  }
}
