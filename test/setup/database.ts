import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly publicUrl: string;
  /** Removes the database, disconnecting whoever is left. */
  drop(): Promise<void>;
}

/** An arbitrary key: PostgreSQL clones a database only while nobody else is cloning it. */
const cloning = 20_260_101;

/** What the set-up of all tests tells each. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: this test needs the servers of global-setup`);
  return value;
}

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: setting('TEST_ADMIN_URL') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A database of its own for a test file: a clone of the migrated template, with the addresses of
 * the administrator and of the three roles. Takes about a tenth of a second.
 */
export const cloneDatabase = (): Promise<TestDatabase> => clone('test_template');

/** Another as it is now, of one to which nobody is connected: what a dump would restore. */
export const copyDatabase = ({ adminUrl }: TestDatabase): Promise<TestDatabase> =>
  clone(new URL(adminUrl).pathname.slice(1));

async function clone(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(
    `select pg_advisory_lock(${cloning})`, // released when the client leaves
    `create database ${name} template ${template}`,
  );
  const here = (variable: string) =>
    Object.assign(new URL(setting(variable)), { pathname: name }).href;
  return {
    adminUrl: here('TEST_ADMIN_URL'),
    appUrl: here('TEST_APP_URL'),
    workerUrl: here('TEST_WORKER_URL'),
    publicUrl: here('TEST_PUBLIC_URL'),
    drop: () => asAdmin(`drop database if exists ${name} with (force)`),
  };
}
