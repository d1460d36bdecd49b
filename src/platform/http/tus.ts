import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from '../refused.js';
import type { Operation } from './operation.js';

/** The one version of the protocol of resumable uploads (https://tus.io) that is spoken here. */
const VERSION = '1.0.0';

/** On every answer of an operation that speaks it, refusals too. */
export const TUS_HEADERS: Readonly<Record<string, string>> = {
  'tus-resumable': VERSION,
  'tus-version': VERSION,
};

/**
 * Every request names the version, but for the one that asks which there are.
 *
 * @throws Refused `tus-version-unsupported`
 */
export function assertTusVersion(
  { tus, method }: Operation,
  { 'tus-resumable': given }: IncomingHttpHeaders,
): void {
  if (!tus || method === 'OPTIONS' || given === VERSION) return;
  throw new Refused('tus-version-unsupported', { supported: [VERSION] });
}
