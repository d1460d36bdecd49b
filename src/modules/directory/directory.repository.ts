import type { PublicReader, PublicReads } from '../../platform/database/public-reader.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';

const STATE = `
  SELECT json_build_object('iso3', s.iso3, 'm49', s.m49, 'kind', s.kind,
    'names', (SELECT json_object_agg(n.language, n.name ORDER BY n.language)
      FROM reference.state_name n WHERE n.iso3 = s.iso3 AND n.form = 'short'),
    'formalName', (SELECT n.name FROM reference.state_name n
      WHERE n.iso3 = s.iso3 AND n.form = 'formal' AND n.language = 'en' LIMIT 1),
    'aliases', (SELECT coalesce(json_agg(json_build_object('name', n.name, 'language', n.language,
        'form', n.form, 'from', n.valid_from, 'until', n.valid_until, 'verified', n.verified)
        ORDER BY n.name, n.language, n.valid_from), '[]')
      FROM reference.state_name n WHERE n.iso3 = s.iso3 AND n.form IN ('former', 'other')),
    'groups', (SELECT coalesce(json_agg(json_build_object('group', g.regional_group,
        'note', g.note, 'from', g.valid_from, 'until', g.valid_until, 'verified', g.verified)
        ORDER BY g.valid_from NULLS FIRST), '[]')
      FROM reference.state_group g WHERE g.iso3 = s.iso3)) AS state, s.iso3
  FROM reference.state s`;

interface StateRow {
  iso3: string;
  state: object;
}

export const statePage = (
  reader: PublicReads,
  filter: { kind?: string | undefined; group?: string | undefined },
  { after, limit }: Part,
): Promise<StateRow[]> =>
  reader.rows(
    `${STATE} WHERE ($1::text IS NULL OR s.kind = $1) AND ($2::text IS NULL OR EXISTS (
       SELECT FROM reference.state_group g WHERE g.iso3 = s.iso3 AND g.regional_group = $2
         AND (g.valid_from IS NULL OR g.valid_from <= current_date)
         AND (g.valid_until IS NULL OR g.valid_until > current_date)))
     AND ($3::text IS NULL OR s.iso3 > $3) ORDER BY s.iso3 LIMIT $4`,
    [filter.kind ?? null, filter.group ?? null, after?.[0] ?? null, limit + 1],
  );

export const stateByCode = (reader: PublicReader, iso3: string): Promise<StateRow | undefined> =>
  reader.row(`${STATE} WHERE s.iso3 = $1`, [iso3]);

export const stateExists = async (reader: PublicReader, iso3: string): Promise<boolean> =>
  (await reader.row('SELECT FROM reference.state WHERE iso3 = $1', [iso3])) !== undefined;

interface SeatRow {
  id: string;
  state: string;
  from: string;
  until: string | null;
  source: string | null;
  verified: boolean;
}

export const bodyExists = async (reader: PublicReader, key: string): Promise<boolean> =>
  (await reader.row('SELECT key FROM reference.body WHERE key = $1', [key])) !== undefined;

export const seatPage = (
  reader: PublicReads,
  filter: { key: string; on?: string | undefined; state?: string | undefined },
  { after, limit }: Part,
): Promise<SeatRow[]> =>
  reader.rows(
    `SELECT id, iso3 AS state, valid_from::text AS "from", valid_until::text AS "until", source,
       verified
     FROM reference.body_seat WHERE body_key = $1
       AND ($2::date IS NULL OR (valid_from <= $2 AND (valid_until IS NULL OR valid_until > $2)))
       AND ($3::text IS NULL OR iso3 = $3)
       AND ($4::text IS NULL OR (iso3, valid_from) > ($4, $5::date))
     ORDER BY iso3, valid_from LIMIT $6`,
    [
      filter.key,
      filter.on ?? null,
      filter.state ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ],
  );

/** Which of the codes are no State's. */
export const unknownStates = (tx: Tx, codes: readonly string[]): Promise<string[]> =>
  unknownCodes(tx, codes, ['member', 'observer']);

/** Which of the codes the directory lacks: neither a State's nor an organization of States'. */
export const unknownParties = (tx: Tx, codes: readonly string[]): Promise<string[]> =>
  unknownCodes(tx, codes, ['member', 'observer', 'organization']);

async function unknownCodes(
  tx: Tx,
  codes: readonly string[],
  kinds: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows<{ code: string }>(
    `SELECT code FROM unnest($1::text[]) AS code
     WHERE NOT EXISTS (SELECT FROM reference.state s WHERE s.iso3 = code AND s.kind = ANY ($2))`,
    [codes, kinds],
  );
  return rows.map(({ code }) => code);
}

interface Named {
  iso3: string;
  name: string;
}

/** The short names of these States in a language, by code; a State without one there is left out. */
export async function shortNamesIn(
  reads: { rows(sql: string, values: readonly unknown[]): Promise<Named[]> },
  codes: readonly string[],
  language: string,
): Promise<Map<string, string>> {
  const rows = await reads.rows(
    `SELECT iso3, name FROM reference.state_name
     WHERE iso3 = ANY ($1) AND language = $2 AND form = 'short'`,
    [codes, language],
  );
  return new Map(rows.map(({ iso3, name }) => [iso3, name]));
}

/** The regional group of each State on a day, by code; a State in no group is left out. */
export async function groupsOn(
  tx: Tx,
  codes: readonly string[],
  day: string,
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ iso3: string; group: string }>(
    `SELECT iso3, regional_group AS "group" FROM reference.state_group
     WHERE iso3 = ANY ($1) AND (valid_from IS NULL OR valid_from <= $2::date)
       AND (valid_until IS NULL OR valid_until > $2::date)`,
    [codes, day],
  );
  return new Map(rows.map((row) => [row.iso3, row.group]));
}

/** Which of the States sit on the body that day; undefined when nobody's term is on record. */
export async function seatedOn(
  tx: Tx,
  body: string,
  day: string,
): Promise<ReadonlySet<string> | undefined> {
  const rows = await tx.rows<{ iso3: string }>(
    `SELECT iso3 FROM reference.body_seat WHERE body_key = $1 AND valid_from <= $2::date
       AND (valid_until IS NULL OR valid_until > $2::date)`,
    [body, day],
  );
  return rows.length > 0 ? new Set(rows.map(({ iso3 }) => iso3)) : undefined;
}

/** The letters with which the English short names of States begin, in the order of the alphabet. */
export async function initialsOfStates(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ letter: string }>(
    `SELECT DISTINCT upper(left(n.name, 1)) COLLATE "C" AS letter FROM reference.state_name n
     JOIN reference.state s ON s.iso3 = n.iso3 AND s.kind <> 'organization'
     WHERE n.form = 'short' AND n.language = 'en' ORDER BY 1`,
  );
  return rows.map(({ letter }) => letter);
}

export const knownSeats = (tx: Tx, key: string): Promise<{ state: string; from: string }[]> =>
  tx.rows(
    'SELECT iso3 AS state, valid_from::text AS "from" FROM reference.body_seat WHERE body_key = $1',
    [key],
  );
