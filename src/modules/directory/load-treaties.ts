import type pg from 'pg';
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { lockTreaty } from './parties.repository.js';
import type { TreatyData } from './parties.rules.js';

/**
 * Enters the treaties, the secretariats that keep them, and the Parties that a house begins with, as
 * the owner of the schemas. A Party of which something is on record stays as it is, whoever entered it.
 *
 * @param client an open transaction, with the States loaded
 */
export async function loadTreaties(
  client: pg.ClientBase,
  treaties: readonly TreatyData[],
): Promise<void> {
  const rows = async (sql: string, values: readonly unknown[]) =>
    (await client.query(sql, [...values])).rows as never[];
  for (const { key, title, depositary, inForceFrom, optOuts, parties } of treaties) {
    await lockTreaty({ rows }, key);
    await client.query(
      `INSERT INTO reference.treaty VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (key) DO UPDATE SET title = excluded.title, depositary = excluded.depositary,
         in_force_from = excluded.in_force_from, opt_outs = excluded.opt_outs`,
      [key, title, depositary, inForceFrom, JSON.stringify(optOuts)],
    );
    await client.query(
      'INSERT INTO identity.principal VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING',
      [randomUUID(), `secretariat:${key}`, 'secretariat'],
    );
    await client.query(
      `INSERT INTO reference.party
       SELECT id, $2, state, "from", "until", source FROM jsonb_to_recordset($1)
         AS n(id uuid, state text, "from" date, "until" date, source text)
       WHERE NOT EXISTS (SELECT FROM reference.party p WHERE p.treaty_key = $2 AND p.iso3 = n.state)`,
      [JSON.stringify(parties.map((party) => ({ id: v7(), ...party }))), key],
    );
  }
}
