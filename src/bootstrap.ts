import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { MIGRATIONS } from '../migrations/index.js';
import { loadBootstrap } from './config/bootstrap-environment.js';
import { loadEnvironmentWith } from './config/environment.js';
import { inProject } from './config/project-root.js';
import type { Definition } from './kernel/definition.js';
import { loadStates } from './modules/directory/load-states.js';
import { loadTreaties } from './modules/directory/load-treaties.js';
import type { State, TreatyData } from './modules/directory/index.js';
import { loadMechanisms, pinFaults, pinOf, UnsoundMechanisms } from './modules/mechanisms/index.js';
import { migrationSource } from './platform/database/data-source.js';
import { asOwner } from './platform/database/as-owner.js';
import { databaseUrls, ensureRoles, type DatabaseUrls } from './platform/database/roles.js';
import { hashPassword } from './platform/identity/tokens.js';
import { makeLog } from './platform/log/log.js';
import { StartRefused } from './config/start-refused.js';
import { migrateQueue } from './platform/queue/migrate-queue.js';
import { publishSigningKeys } from './platform/signing/publish-keys.js';
import { ensureSigningKeys } from './platform/signing/signing-keys.js';
import { ensureKeys } from './platform/vault/keys.js';
import { describeApplied, reapplyWithdrawals } from './reapply-withdrawals.js';

interface BootstrapOptions {
  /** An administrator of the cluster, naming the database. The processes never see it. */
  readonly adminUrl: string;
  readonly given?: Partial<DatabaseUrls>;
  /** The platform's first administrator; an account that exists is left as it is. */
  readonly admin?: { readonly email: string; readonly password: string };
  readonly mechanismsDir?: string;
  /** The file of the keys that sign receipts; without one nothing can be filed. */
  readonly signingKeys?: string;
  readonly log?: (line: string) => void;
}

/**
 * Makes a database ready: roles, migrations, the queue's schema, the directory of States, treaties
 * and their Parties, the pinned mechanisms, the keys that receipts are checked with, and the first administrator. Running it again changes nothing.
 *
 * @returns the addresses for the three kinds of process
 */
export async function bootstrap(options: BootstrapOptions): Promise<DatabaseUrls> {
  const log = options.log ?? (() => undefined);
  const urls = databaseUrls(options.adminUrl, options.given);
  const alone = new pg.Client({ connectionString: options.adminUrl });
  await alone.connect();
  try {
    // Two starts at once: the second finds everything done.
    await alone.query('SELECT pg_advisory_lock(4010)');
    await prepare(options, urls, log);
  } finally {
    await alone.end();
  }
  return urls;
}

async function prepare(
  options: BootstrapOptions,
  urls: DatabaseUrls,
  log: (line: string) => void,
): Promise<void> {
  await ensureRoles(options.adminUrl, urls);
  await migrate(options.adminUrl, log);
  await asOwner(options.adminUrl, migrateQueue);
  await asOwner(options.adminUrl, async (client) => {
    await client.query('BEGIN');
    await pinMechanisms(client, options.mechanismsDir ?? 'mechanisms');
    const states = await readFile(inProject('data/states.json'), 'utf8');
    await loadStates(client, JSON.parse(states) as State[]);
    const treaties = await readFile(inProject('data/treaties.json'), 'utf8');
    await loadTreaties(client, JSON.parse(treaties) as TreatyData[]);
    if (options.admin) await firstAdministrator(client, options.admin);
    await client.query('COMMIT');
  });
  log('the directory and the mechanisms are up to date');
  if (options.signingKeys) await publishSigningKeys(options.adminUrl, options.signingKeys);
}

async function migrate(adminUrl: string, log: (line: string) => void): Promise<void> {
  const source = await migrationSource(adminUrl, MIGRATIONS).initialize();
  try {
    const done = await source.runMigrations({ transaction: 'each' });
    log(done.length > 0 ? `${done.length} migrations were run` : 'the schema is up to date');
  } finally {
    await source.destroy();
  }
}

/** Remembers each version of each procedure, so that it cannot change under its number. */
async function pinMechanisms(client: pg.Client, folder: string): Promise<void> {
  const { definitions, faults } = loadMechanisms(inProject(folder));
  if (faults.length > 0) throw new UnsoundMechanisms(faults);
  const stored = await client.query('SELECT key, version, digest, draft FROM reference.mechanism');
  const pins = definitions.map(pinOf);
  const broken = pinFaults(stored.rows, pins);
  if (broken.length > 0) throw new StartRefused(broken.map((fault) => fault.message).join('\n'));
  for (const pin of pins) {
    await client.query(
      `INSERT INTO reference.mechanism VALUES ($1, $2, $3, $4)
       ON CONFLICT (key, version) DO UPDATE SET digest = excluded.digest, draft = excluded.draft`,
      [pin.key, pin.version, pin.digest, pin.draft],
    );
  }
  await enterPrincipals(client, definitions);
}

/** The groups, the clock, and the secretariats and bodies that the procedures name. */
async function enterPrincipals(
  client: pg.Client,
  definitions: readonly Definition[],
): Promise<void> {
  const named = definitions.flatMap(({ roles }) => roles.flatMap((role) => role.principal ?? []));
  for (const key of new Set(['states', 'stakeholders', 'clock', ...named])) {
    const prefix = key.split(':')[0]!;
    const kind = ['secretariat', 'body', 'clock'].includes(prefix) ? prefix : 'group';
    await client.query(
      'INSERT INTO identity.principal VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING',
      [randomUUID(), key, kind],
    );
    if (kind === 'body') {
      await client.query(
        `INSERT INTO reference.body (key, title, secretariats, personal) VALUES ($1, $2, $3, $4)
         ON CONFLICT (key) DO UPDATE SET secretariats = excluded.secretariats,
           personal = excluded.personal`,
        [
          key.slice('body:'.length),
          key === 'body:hrc' ? 'Human Rights Council' : key,
          secretariatsNaming(definitions, key),
          definitions.some(({ parameters }) => key === `body:${parameters['committee.body']}`),
        ],
      );
    }
  }
}

/** The secretariats of the procedures that name a body. */
function secretariatsNaming(definitions: readonly Definition[], body: string): string[] {
  const naming = definitions.filter(({ roles }) => roles.some((each) => each.principal === body));
  const offices = naming.flatMap(({ roles }) =>
    roles.flatMap(({ holder, principal }) => (holder === 'secretariat' ? (principal ?? []) : [])),
  );
  return [...new Set(offices)];
}

async function firstAdministrator(
  client: pg.Client,
  admin: { email: string; password: string },
): Promise<void> {
  await client.query(
    `INSERT INTO identity.account VALUES ($1, lower($2), 'Administrator', $3, true,
       date_trunc('milliseconds', now()))
     ON CONFLICT (email) DO NOTHING`,
    [randomUUID(), admin.email, await hashPassword(admin.password)],
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const settings = loadBootstrap();
  const admin =
    settings.COMITY_ADMIN_EMAIL && settings.COMITY_ADMIN_PASSWORD
      ? { email: settings.COMITY_ADMIN_EMAIL, password: settings.COMITY_ADMIN_PASSWORD }
      : undefined;
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const keysFile = inProject(settings.COMITY_KEYS);
  if (await ensureKeys(keysFile))
    say(`Keys that seal were made: keep a copy of ${keysFile}, apart from the backups`);
  const signingKeys = inProject(settings.COMITY_SIGNING_KEYS);
  if (await ensureSigningKeys(signingKeys))
    say(
      `A key that signs receipts was made: keep a copy of ${signingKeys}, apart from the backups`,
    );
  const urls = await bootstrap({
    adminUrl: settings.DATABASE_URL,
    given: {
      ...(settings.APP_DATABASE_URL && { appUrl: settings.APP_DATABASE_URL }),
      ...(settings.WORKER_DATABASE_URL && { workerUrl: settings.WORKER_DATABASE_URL }),
      ...(settings.PUBLIC_DATABASE_URL && { publicUrl: settings.PUBLIC_DATABASE_URL }),
    },
    ...(admin && { admin }),
    mechanismsDir: settings.COMITY_MECHANISMS,
    signingKeys,
    log: say,
  });
  // Nobody reads a restored database before what was withdrawn since is withdrawn from it again.
  const { COMITY_FILES, COMITY_KEYS } = settings;
  const environment = loadEnvironmentWith({
    APP_DATABASE_URL: urls.appUrl,
    COMITY_FILES,
    COMITY_KEYS,
  });
  const applied = await reapplyWithdrawals(environment, makeLog(environment, 'bootstrap'));
  if (applied.known + applied.unreadable > 0) say(describeApplied(applied));
  process.stdout.write(`${JSON.stringify(urls)}\n`);
}
