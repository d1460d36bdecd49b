import type { DataSource } from 'typeorm';

/**
 * Refuses a role for which row-level security would silently be off: a superuser, one
 * that bypasses it, or an owner; and a casework or journal table that has none.
 *
 * @throws Error that lists every fault
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
  if (faults.length > 0) {
    throw new Error(`Refusing to start:\n${faults.map(({ fault }) => fault).join('\n')}`);
  }
}
