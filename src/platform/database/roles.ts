import { createHmac } from 'node:crypto';
import pg from 'pg';

/** The login roles, one for each kind of process; none owns anything. */
export const LOGINS = { app: 'comity_app', worker: 'comity_worker', public: 'comity_public' };
export const OWNER = 'comity_owner';

export type DatabaseUrls = { appUrl: string; workerUrl: string; publicUrl: string };

/**
 * The address of a login role, derived from the administrator's: its password follows
 * from the administrator's by HMAC, so every start derives the same one and none is stored.
 */
function derivedUrl(adminUrl: string, login: string): string {
  const url = new URL(adminUrl);
  const secret = decodeURIComponent(url.password);
  if (secret === '') {
    throw new Error(
      'DATABASE_URL has no password to derive the others from: ' +
        'set APP_DATABASE_URL, WORKER_DATABASE_URL and PUBLIC_DATABASE_URL as well',
    );
  }
  url.username = login;
  url.password = createHmac('sha256', secret).update(login).digest('base64url');
  return url.href;
}

/** The three addresses of the processes; those that were given win. */
export function databaseUrls(adminUrl: string, given: Partial<DatabaseUrls> = {}): DatabaseUrls {
  return {
    appUrl: given.appUrl ?? derivedUrl(adminUrl, LOGINS.app),
    workerUrl: given.workerUrl ?? derivedUrl(adminUrl, LOGINS.worker),
    publicUrl: given.publicUrl ?? derivedUrl(adminUrl, LOGINS.public),
  };
}

/**
 * Makes the roles, which belong to the whole cluster and so to no migration, and lets the
 * owner build in this database. Runs under one advisory lock, so that parallel starts queue.
 */
export async function ensureRoles(adminUrl: string, urls: DatabaseUrls): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Roles belong to the cluster: other databases of it may be made ready at the same time.
    await client.query('BEGIN; SELECT pg_advisory_xact_lock(4011)');
    await ensureRole(client, OWNER, 'NOLOGIN');
    for (const url of [urls.appUrl, urls.workerUrl, urls.publicUrl]) {
      const { username, password } = new URL(url);
      const secret = pg.escapeLiteral(decodeURIComponent(password));
      await ensureRole(client, decodeURIComponent(username), `LOGIN PASSWORD ${secret}`);
    }
    const { rows } = await client.query<{ name: string; me: string; super: boolean }>(
      `SELECT current_database() AS name, current_user AS me, rolsuper AS super
       FROM pg_roles WHERE rolname = current_user`,
    );
    const { name, me, super: isSuper } = rows[0]!;
    if (!isSuper) await client.query(`GRANT ${OWNER} TO ${pg.escapeIdentifier(me)}`);
    await client.query(`GRANT CREATE ON DATABASE ${pg.escapeIdentifier(name)} TO ${OWNER}`);
    await client.query(`GRANT CREATE, USAGE ON SCHEMA public TO ${OWNER}`);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  const verb = rowCount ? 'ALTER' : 'CREATE';
  await client.query(`${verb} ROLE ${pg.escapeIdentifier(name)} ${attributes}`);
}
