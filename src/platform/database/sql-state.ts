import { QueryFailedError } from 'typeorm';

/** The SQLSTATE with which the database refused a statement; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { code?: string }).code ?? 'unknown';
}
