import pg from 'pg';

/** SQLSTATE of a missing right, and of a row that row-level security refuses. */
export const DENIED = '42501';

/** A connection of one's own, past the platform: what the database itself allows. */
export async function connected<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same in a transaction, as an account if one is given, of which nothing remains. */
export const rehearsed = <T>(
  url: string,
  accountId: string | null,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> =>
  connected(url, async (client) => {
    await client.query('BEGIN');
    if (accountId !== null) await client.query('SELECT identity.enter($1)', [accountId]);
    const answer = await work(client);
    await client.query('ROLLBACK');
    return answer;
  });

/** The SQLSTATE with which a statement fails inside a transaction, which goes on; or null. */
export async function refusal(
  client: pg.Client,
  sql: string,
  values: readonly unknown[] = [],
): Promise<string | null> {
  await client.query('SAVEPOINT tried');
  try {
    await client.query(sql, [...values]);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT tried');
  }
}

/** Rows of one statement, for the administrator who sees everything. */
export const queried = <T extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> => connected(url, async (client) => (await client.query<T>(sql, [...values])).rows);

/** Every table and view of these schemas, as `schema.table`. */
export async function tablesOf(client: pg.Client, ...schemas: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1`,
    [schemas],
  );
  return rows.map(({ name }) => name);
}
