import type pg from 'pg';

/** Another's schemas, and what the migrations keep of themselves: their business, not ours. */
const OURS = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'bullmq')`;
const NOT_MIGRATION = `NOT (n.nspname = 'public' AND c.relname ~ '^migration(_|$)')`;

/** What an access list grants to others than the owner; nobody's list is the default one. */
const grants = (acl: string, kind: string, owner: string, what: string): string => `
  (SELECT format('GRANT %s ON %s TO %s;', string_agg(g.privilege_type, ', '
      ORDER BY g.privilege_type), ${what}, coalesce(nullif(g.grantee::regrole::text, '-'), 'PUBLIC'))
    AS text
   FROM aclexplode(coalesce(${acl}, acldefault('${kind}', ${owner}))) g
   WHERE g.grantee <> ${owner} GROUP BY g.grantee)`;

const TABLE = `format('%I.%I', n.nspname, c.relname)`;
const TABLES = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${OURS} AND ${NOT_MIGRATION} AND c.relkind IN ('r', 'p')`;

const COLUMNS = `(SELECT string_agg('  ' || line, E',\\n' ORDER BY place, line COLLATE "C") FROM (
    SELECT a.attnum AS place, concat_ws(' ', quote_ident(a.attname),
      format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || a.attcollation::regcollation END,
      CASE WHEN a.attnotnull THEN 'NOT NULL' END,
      'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 10000, format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n') lines)`;

/** Each gives (schema, kind, name, part, text), in that order of the dump. */
const PARTS = [
  `SELECT n.nspname AS schema, 0 AS kind, '' AS name, 0 AS part,
     format('CREATE SCHEMA %I AUTHORIZATION %I;', n.nspname, n.nspowner::regrole) AS text
   FROM pg_namespace n WHERE ${OURS} AND n.nspname <> 'public'`,
  `SELECT n.nspname, 0, '', 1, g.text FROM pg_namespace n
   CROSS JOIN LATERAL ${grants('n.nspacl', 'n', 'n.nspowner', `format('SCHEMA %I', n.nspname)`)} g
   WHERE ${OURS} AND n.nspname <> 'public'`,
  `SELECT n.nspname, 1, c.relname, 0, format(E'\\nCREATE TABLE %s (\\n%s\\n);', ${TABLE}, ${COLUMNS})
   FROM ${TABLES}`,
  `SELECT n.nspname, 1, c.relname, 1, format('ALTER TABLE %s OWNER TO %I;', ${TABLE},
     c.relowner::regrole) FROM ${TABLES} AND c.relowner <> n.nspowner`,
  `SELECT n.nspname, 1, c.relname, 2, pg_get_indexdef(i.indexrelid) || ';'
   FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${OURS} AND ${NOT_MIGRATION} AND c.relkind IN ('r', 'p')
     AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
  `SELECT n.nspname, 1, c.relname, 3, format('ALTER TABLE %s %s ROW LEVEL SECURITY;', ${TABLE}, mode)
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   CROSS JOIN LATERAL (VALUES ('ENABLE', c.relrowsecurity), ('FORCE', c.relforcerowsecurity))
     AS m(mode, is_on)
   WHERE ${OURS} AND m.is_on`,
  `SELECT p.schemaname, 1, p.tablename, 4, concat_ws(' ',
     format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s', p.policyname, p.schemaname, p.tablename,
       p.permissive, p.cmd, array_to_string(p.roles, ', ')),
     'USING (' || p.qual || ')', 'WITH CHECK (' || p.with_check || ')') || ';'
   FROM pg_policies p JOIN pg_namespace n ON n.nspname = p.schemaname WHERE ${OURS}`,
  `SELECT n.nspname, 1, c.relname, 5, pg_get_triggerdef(t.oid) || ';' FROM pg_trigger t
   JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${OURS} AND NOT t.tgisinternal`,
  `SELECT n.nspname, 1, c.relname, 6, g.text FROM pg_class c
   JOIN pg_namespace n ON n.oid = c.relnamespace
   CROSS JOIN LATERAL ${grants('c.relacl', 'r', 'c.relowner', TABLE)} g
   WHERE ${OURS} AND ${NOT_MIGRATION} AND c.relkind IN ('r', 'p')`,
  `SELECT n.nspname, 1, c.relname, 7, g.text FROM pg_attribute a
   JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   CROSS JOIN LATERAL ${grants('a.attacl', 'c', 'c.relowner', `format('%s (%I)', ${TABLE}, a.attname)`)} g
   WHERE ${OURS} AND a.attacl IS NOT NULL`,
  // Kinds of things that the house has none of: named, so that the first one is noticed.
  `SELECT n.nspname, 2, c.relname, 0, '-- ' || pg_describe_object('pg_class'::regclass, c.oid, 0)
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${OURS} AND ${NOT_MIGRATION} AND c.relkind NOT IN ('r', 'p', 'i', 'I', 't')`,
  `SELECT n.nspname, 2, t.typname, 0, '-- ' || pg_describe_object('pg_type'::regclass, t.oid, 0)
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
   WHERE ${OURS} AND t.typtype IN ('e', 'd', 'r')`,
  `SELECT n.nspname, 3, p.proname || ' ' || p.oid::regprocedure, 0,
     E'\\n' || rtrim(pg_get_functiondef(p.oid), E'\\n') || ';'
   FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND p.prokind <> 'a'`,
  `SELECT n.nspname, 3, p.proname || ' ' || p.oid::regprocedure, 1, g.text
   FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   CROSS JOIN LATERAL ${grants('p.proacl', 'f', 'p.proowner', `'FUNCTION ' || p.oid::regprocedure`)} g
   WHERE ${OURS}`,
];

/**
 * The catalogue as text that reads like SQL and is the same for the same schemas: schemas,
 * tables with columns and constraints, indexes, row security, policies, triggers, functions,
 * grants. Two databases are built alike if and only if their dumps are equal.
 *
 * @param client not in a transaction; any role will do, for catalogues are readable by all
 */
export async function dumpCatalogue(client: pg.ClientBase): Promise<string> {
  // Without a search path every name is written out.
  await client.query(`BEGIN READ ONLY; SET LOCAL search_path = ''`);
  try {
    const { rows } = await client.query<{ text: string }>(
      `SELECT text FROM (${PARTS.join('\nUNION ALL\n')}) dump
       ORDER BY schema COLLATE "C", kind, name COLLATE "C", part, text COLLATE "C"`,
    );
    return `${rows.map(({ text }) => text).join('\n')}\n`;
  } finally {
    await client.query('ROLLBACK');
  }
}
