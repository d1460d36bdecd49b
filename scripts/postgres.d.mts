/** See postgres.mjs. */
export function startPostgres(options: { dir: string; fast?: boolean }): Promise<{
  adminUrl: (database: string) => Promise<string>;
  port: number;
  stop: () => Promise<void>;
}>;
