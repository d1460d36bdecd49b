import type pg from 'pg';
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { State } from './state-names.rules.js';

/**
 * Brings the directory of States up to the project's data, as the owner of the schemas.
 * Running it again changes nothing; what an earlier version had said and this one does not
 * is taken out. Organizations of States are sides, and not of the group of States.
 *
 * @param client an open transaction
 */
export async function loadStates(client: pg.ClientBase, states: readonly State[]): Promise<void> {
  const names = states.flatMap((state) =>
    state.names.map((name) => ({ id: v7(), iso3: state.iso3, ...name, ...validity(name) })),
  );
  const groups = states.flatMap((state) =>
    state.groups.map((row) => ({ iso3: state.iso3, ...row, ...validity(row) })),
  );
  const plain = states.map(({ iso3, m49, kind }) => ({
    iso3,
    m49,
    kind,
    id: randomUUID(),
  }));
  await client.query(
    `INSERT INTO reference.state SELECT iso3, m49, kind
     FROM jsonb_to_recordset($1) AS s(iso3 text, m49 text, kind text)
     ON CONFLICT (iso3) DO UPDATE SET m49 = excluded.m49, kind = excluded.kind`,
    [JSON.stringify(plain)],
  );
  await client.query('DELETE FROM reference.state_name');
  await client.query(
    `INSERT INTO reference.state_name
     SELECT id, iso3, language, form, name, "from", "until", verified FROM jsonb_to_recordset($1)
       AS n(id uuid, iso3 text, language text, form text, name text, "from" date, "until" date,
            verified boolean)`,
    [JSON.stringify(names)],
  );
  await client.query('DELETE FROM reference.state_group');
  await client.query(
    `INSERT INTO reference.state_group
     SELECT iso3, "group", "from", "until", verified, note FROM jsonb_to_recordset($1)
       AS g(iso3 text, "group" text, "from" date, "until" date, verified boolean, note text)`,
    [JSON.stringify(groups)],
  );
  await client.query(
    `INSERT INTO identity.principal
     SELECT id, 'state:' || iso3, 'state',
       (SELECT id FROM identity.principal WHERE key = 'states' AND s.kind <> 'organization')
     FROM jsonb_to_recordset($1) AS s(id uuid, iso3 text, kind text) ON CONFLICT (key) DO NOTHING`,
    [JSON.stringify(plain)],
  );
}

const validity = (row: { from?: string | null; until?: string | null; unverified?: boolean }) => ({
  from: row.from ?? null,
  until: row.until ?? null,
  verified: !row.unverified,
});
