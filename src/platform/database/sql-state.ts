import { QueryFailedError } from 'typeorm';
import { Refused } from '../refused.js';

/** What the database refuses, by SQLSTATE; its text is never told. */
const CODES: Record<string, string> = {
  '22021': 'invalid-content',
  '23505': 'already-exists',
  '42501': 'not-found',
  '40001': 'unavailable',
  '40P01': 'unavailable',
  '53300': 'unavailable',
  '57P01': 'unavailable',
  '57014': 'unavailable',
};

/** The refusal that a failure is or stands for; undefined for one that nobody foresaw. */
export function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error;
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code = '' } = error.driverError as { code?: string };
  const stands = CODES[code];
  return stands === undefined ? undefined : new Refused(stands);
}
