import { QueryFailedError } from 'typeorm';
import { Refused } from '../refused.js';

/** What the database refuses, by SQLSTATE; its text is never told. */
const CODES: Record<string, string> = {
  '22007': 'invalid-content',
  '22008': 'invalid-content',
  '22021': 'invalid-content',
  '23505': 'already-exists',
  '42501': 'not-found',
};

/** Out of reach or too busy: connections that fail, are refused or time out, and deadlocks. */
const AWAY = /^(08|53|57|40|55P03|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/;
const WAITED = /timeout exceeded when trying to connect|Connection terminated/;

/** The refusal that a failure is or stands for; undefined for one that nobody foresaw. */
export function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error;
  if (!(error instanceof Error)) return undefined;
  const failure = (error instanceof QueryFailedError ? error.driverError : error) as Error;
  const { code = '' } = failure as { code?: unknown };
  if (typeof code !== 'string') return undefined;
  if (AWAY.test(code) || WAITED.test(failure.message)) return new Refused('unavailable');
  const stands = error instanceof QueryFailedError ? CODES[code] : undefined;
  return stands === undefined ? undefined : new Refused(stands);
}
