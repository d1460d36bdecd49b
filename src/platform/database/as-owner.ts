import pg from 'pg';
import { OWNER } from './roles.js';

/** Does something as the owner of the schemas, through an administrator's connection. */
export async function asOwner(
  adminUrl: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, options: `-c role=${OWNER}` });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
