import type { DataSource } from 'typeorm';
import { StartRefused } from '../../config/start-refused.js';
import type { PublicReader } from './public-reader.js';

/**
 * Refuses a role for which row-level security would silently be off: a superuser, one
 * that bypasses it, or an owner; and a casework or journal table that has none.
 *
 * @throws StartRefused that lists every fault
 */
export async function assertUnprivileged(source: DataSource): Promise<void> {
  const faults: { fault: string }[] = await source.query(`
    SELECT format('role %I is a superuser', rolname) AS fault
      FROM pg_roles WHERE rolname = current_user AND rolsuper
    UNION ALL SELECT format('role %I bypasses row-level security', rolname)
      FROM pg_roles WHERE rolname = current_user AND rolbypassrls
    UNION ALL SELECT format('role %I is a member of the owner of %I', current_user, n.nspname)
      FROM pg_namespace n WHERE n.nspname IN ('casework', 'journal', 'identity', 'record')
        AND pg_has_role(current_user, n.nspowner, 'MEMBER')
    UNION ALL SELECT format('table %I.%I has no row-level security', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('casework', 'journal') AND c.relkind IN ('r', 'p')
        AND NOT c.relrowsecurity`);
  refuse(faults);
}

/**
 * Refuses a role for public reading that may read anything but what is public.
 *
 * @throws StartRefused that lists every table
 */
export async function assertPublic(reader: PublicReader): Promise<void> {
  const faults = await reader.rows<{ fault: string }>(
    `SELECT format('role %I, for public reading, may read %I.%I', current_user, n.nspname, c.relname)
       AS fault
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('casework', 'journal', 'identity') AND c.relkind IN ('r', 'p')
       AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))
     ORDER BY 1`,
  );
  refuse(faults);
}

function refuse(faults: readonly { fault: string }[]): void {
  if (faults.length === 0) return;
  throw new StartRefused(`Refusing to start:\n${faults.map(({ fault }) => fault).join('\n')}`);
}
