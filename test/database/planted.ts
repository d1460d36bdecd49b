import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../src/platform/identity/viewer.js';
import type { TestDatabase } from '../setup/database.js';
import { queried } from './direct.js';

/** Rows put in place by the administrator, without any procedure: for tests of the database. */
export class Plot {
  constructor(readonly database: TestDatabase) {}

  rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    return queried<T & Record<string, unknown>>(this.database.adminUrl, sql, values);
  }

  async principal(key: string): Promise<string> {
    const [row] = await this.rows<{ id: string }>(
      'SELECT id FROM identity.principal WHERE key = $1',
      [key],
    );
    return row!.id;
  }

  /** A person with a seat on these sides, as a request would carry them. */
  async person(...sides: string[]): Promise<Viewer> {
    const accountId = randomUUID();
    const email = `${accountId}@comity.test`;
    await this.rows(`INSERT INTO identity.account VALUES ($1, $2, 'Somebody', 'x', false, now())`, [
      accountId,
      email,
    ]);
    for (const side of sides) {
      await this.rows(
        `INSERT INTO identity.membership
         VALUES ($1, $2, $3, 'head', '{prepare,submit,manage}', NULL, $2, now())`,
        [randomUUID(), accountId, await this.principal(side)],
      );
    }
    return { accountId, email, name: 'Somebody', administrator: false, seats: [], sessionHash: '' };
  }

  /** A proceeding that these principals may read in these compartments. */
  async proceeding(grants: Readonly<Record<string, readonly string[]>>): Promise<string> {
    const id = randomUUID();
    const rows = Object.entries(grants).flatMap(([compartment, keys]) =>
      keys.map((key) => ({ compartment, key })),
    );
    await this.rows(
      `WITH opened AS (INSERT INTO casework.proceeding
         VALUES ($1::uuid, 'upr', 1, 'SVN', NULL, 'preparation', now(), now(), true, NULL, 1))
       INSERT INTO casework.access
       SELECT $1::uuid, g.compartment, p.id, 'planted'
       FROM jsonb_to_recordset($2) AS g(compartment text, key text) JOIN identity.principal p USING (key)
       UNION ALL SELECT $1::uuid, c, $1::uuid, 'procedure' FROM unnest(ARRAY['case', 'parties']) c`,
      [id, JSON.stringify(rows)],
    );
    return id;
  }

  exclude({ accountId }: Viewer, proceedingId: string): Promise<unknown> {
    return this.rows(
      `INSERT INTO casework.exclusion VALUES ($1, $2, now(), 'a conflict of interest')`,
      [accountId, proceedingId],
    );
  }
}
