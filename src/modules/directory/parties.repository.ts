import type { PublicReader, PublicReads } from '../../platform/database/public-reader.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import {
  standingOn,
  type OptOutPeriod,
  type OptOutRule,
  type PartyStanding,
  type Period,
} from './parties.rules.js';

const TREATY = `SELECT key, title, depositary, in_force_from::text AS "inForceFrom",
  opt_outs AS "optOuts" FROM reference.treaty`;

export interface TreatyRow {
  readonly key: string;
  readonly title: string;
  readonly depositary: string | null;
  readonly inForceFrom: string | null;
  readonly optOuts: readonly OptOutRule[];
}

export const treatyPage = (reads: PublicReads, { after, limit }: Part): Promise<TreatyRow[]> =>
  reads.rows(`${TREATY} WHERE $1::text IS NULL OR key > $1 ORDER BY key LIMIT $2`, [
    after?.[0] ?? null,
    limit + 1,
  ]);

export const treatyByKey = (reader: PublicReader, key: string): Promise<TreatyRow | undefined> =>
  reader.row(`${TREATY} WHERE key = $1`, [key]);

const changesOf = (column: string, id: string): string => `(
  SELECT coalesce(json_agg(json_build_object('at', c.at, 'by', c.by_side, 'was', c.was,
    'isNow', c.is_now) ORDER BY c.at, c.id), '[]')
  FROM reference.party_change c WHERE c.${column} = ${id})`;

const PARTIES = `
  SELECT s.iso3 AS state,
    (SELECT coalesce(json_agg(json_build_object('id', p.id, 'from', p.in_force_from,
        'until', p.in_force_until, 'source', p.source, 'verified', p.source IS NOT NULL,
        'changes', ${changesOf('party_id', 'p.id')}) ORDER BY p.in_force_from), '[]')
      FROM reference.party p WHERE p.treaty_key = $1 AND p.iso3 = s.iso3) AS periods,
    (SELECT coalesce(json_agg(json_build_object('id', o.id, 'procedure', o.procedure,
        'from', o.valid_from, 'until', o.valid_until, 'source', o.source,
        'verified', o.source IS NOT NULL, 'changes', ${changesOf('opt_out_id', 'o.id')})
        ORDER BY o.procedure, o.valid_from), '[]')
      FROM reference.opt_out o WHERE o.treaty_key = $1 AND o.iso3 = s.iso3) AS "optOuts"
  FROM reference.state s`;

interface PartyRow {
  readonly state: string;
  readonly periods: object[];
  readonly optOuts: object[];
}

export const partyPage = (
  reads: { rows(sql: string, values: readonly unknown[]): Promise<PartyRow[]> },
  filter: { key: string; on?: string | undefined; state?: string | undefined },
  { after, limit }: Part,
): Promise<PartyRow[]> =>
  reads.rows(
    `${PARTIES} WHERE EXISTS (SELECT FROM reference.party p
       WHERE p.treaty_key = $1 AND p.iso3 = s.iso3 AND ($2::date IS NULL OR (p.in_force_from <= $2
         AND (p.in_force_until IS NULL OR p.in_force_until > $2))))
     AND ($3::text IS NULL OR s.iso3 = $3) AND ($4::text IS NULL OR s.iso3 > $4)
     ORDER BY s.iso3 LIMIT $5`,
    [filter.key, filter.on ?? null, filter.state ?? null, after?.[0] ?? null, limit + 1],
  );

/** An arbitrary space of advisory locks: one for each treaty, of which one writes at a time. */
const KEEPING = 4041;

export const lockTreaty = (
  tx: { rows(sql: string, values: readonly unknown[]): Promise<object[]> },
  key: string,
): Promise<unknown> => tx.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [KEEPING, key]);

export interface EntryRow extends Period {
  readonly id: string;
  readonly state: string;
  /** Null of a period; of an opt-out what it is from. */
  readonly procedure: string | null;
  readonly source: string | null;
}

/** Every period and every opt-out that a treaty has. */
export const entriesOf = (tx: Tx, key: string): Promise<EntryRow[]> =>
  tx.rows(
    `SELECT id, iso3 AS state, NULL AS procedure, in_force_from::text AS "from",
       in_force_until::text AS "until", source
     FROM reference.party WHERE treaty_key = $1
     UNION ALL SELECT id, iso3, procedure, valid_from::text, valid_until::text, source
     FROM reference.opt_out WHERE treaty_key = $1`,
    [key],
  );

interface Dated {
  periods: Period[];
  optOuts: OptOutPeriod[];
}

/**
 * Whether somebody is a Party to the treaty on a day, since when, and whether it has opted out of
 * the procedure.
 *
 * @param on the day, as an ISO date
 */
export async function partyStanding(
  reads: { rows(sql: string, values: readonly unknown[]): Promise<Dated[]> },
  { treaty, iso3, procedure, on }: Asked,
): Promise<PartyStanding> {
  const [row] = await reads.rows(
    `SELECT (SELECT coalesce(json_agg(json_build_object('from', p.in_force_from,
         'until', p.in_force_until)), '[]')
       FROM reference.party p WHERE p.treaty_key = $1 AND p.iso3 = $2) AS periods,
       (SELECT coalesce(json_agg(json_build_object('procedure', o.procedure,
         'from', o.valid_from, 'until', o.valid_until)), '[]')
       FROM reference.opt_out o WHERE o.treaty_key = $1 AND o.iso3 = $2) AS "optOuts"`,
    [treaty, iso3],
  );
  return standingOn(on, row!.periods, row!.optOuts, procedure);
}

interface Asked {
  readonly treaty: string;
  readonly iso3: string;
  readonly procedure: string;
  readonly on: string;
}
