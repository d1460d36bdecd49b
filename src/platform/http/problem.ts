import { inProject } from '../../config/project-root.js';
import { CODES, type RefusalKind } from '../../kernel/codes.js';
import type { Facts } from '../../kernel/refusal.js';
import { readVocabularies } from '../labels/labels.js';
import type { Language } from '../labels/languages.js';
import type { Fault } from '../refused.js';

export const STATUS: Record<RefusalKind, number> = {
  unauthenticated: 401,
  forbidden: 403,
  malformed: 400,
  unsupported: 415,
  oversized: 413,
  unsatisfiable: 416,
  'address-oversized': 414,
  'headers-oversized': 431,
  'timed-out': 408,
  missing: 404,
  gone: 410,
  'precondition-required': 428,
  stale: 412,
  conflict: 409,
  invalid: 422,
  mismatched: 460,
  throttled: 429,
  unavailable: 503,
  internal: 500,
};

/** RFC 9457. The correlation id travels as a header only. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly facts?: Facts;
  readonly errors?: readonly Fault[];
}

/** Faults that an answer names: who has more of them is helped by the first. */
export const MOST_FAULTS = 100;

const told = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const titles = readVocabularies(inProject('labels/problems.yaml'))['problems'] ?? {};

/** What a code is called in a language, where it has a name in it. */
export const titleIn = (code: string, language: Language): string | undefined =>
  titles[code]?.[language];

/** @throws Error for a code that the catalogue lacks, which the tests exclude */
export function problem(code: string, facts: Facts = {}, faults: readonly Fault[] = []): Problem {
  const entry = CODES.get(code);
  if (!entry) throw new Error(`${code} is not in the catalogue`);
  const given = Object.entries(facts);
  return {
    type: `urn:comity:problem:${code}`,
    title: entry.title,
    status: STATUS[entry.kind],
    code,
    ...(given.length > 0 && {
      detail: given.map(([name, value]) => `${name}: ${told(value)}`).join('; '),
      facts,
    }),
    ...(faults.length > 0 && { errors: faults.slice(0, MOST_FAULTS) }),
  };
}
