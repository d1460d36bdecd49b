import { CODES } from '../../src/kernel/codes.js';
import { STATUS } from '../../src/platform/http/problem.js';
import { faultsAgainstContract } from '../setup/contract.js';
import type { Attempt } from './draft.js';
import type { Answer, Outcome } from './line.js';

/** What was asked, what came, and what it left behind. */
interface Trial {
  readonly attempt: Attempt;
  readonly outcome: Outcome;
  /** Rows that were committed meanwhile. */
  readonly changes: readonly string[];
  readonly canaries: readonly string[];
}

const MEMBERS = new Set(['type', 'title', 'status', 'code', 'detail', 'facts', 'errors']);
/** Refusals of the server itself, wherever they were sent. */
const UNREAD = new Set([
  'malformed-request',
  'headers-too-large',
  'address-too-long',
  'body-too-large',
  'too-many-parameters',
]);
const READS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Everything that is wrong with how a request was taken; nothing, when all is well. */
export function faultsOf({ attempt, outcome, changes, canaries }: Trial): string[] {
  if (outcome === 'silent') return ['no answer in time'];
  const wrong = changes.length > 0 ? changesNotAllowed(attempt, outcome, changes) : [];
  // Where the bytes break off there may be nobody left to answer.
  if (outcome === 'closed') return attempt.framing ? wrong : ['no answer', ...wrong];
  return [
    ...wrong,
    ...(outcome.status >= 500 ? [`status ${outcome.status}`] : []),
    ...(outcome.status >= 400 ? problemFaults(attempt, outcome) : []),
    ...(attempt.framing ? [] : contractFaults(attempt, outcome)),
    ...canaries.filter((each) => outcome.text.includes(each)).map((each) => `tells ${each}`),
  ];
}

function changesNotAllowed(
  { method, target }: Attempt,
  outcome: Answer | 'closed',
  changes: readonly string[],
): string[] {
  const refused = outcome === 'closed' || outcome.status >= 400;
  const rehearsed = /[?&]dryRun=true(&|$)/.test(target);
  if (!refused && !READS.has(method) && !rehearsed) return [];
  const what = refused ? 'refused' : rehearsed ? 'a dry run' : 'a read';
  return [`${what}, and yet: ${changes.join(', ')}`];
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A refusal is a problem document of the catalogue, whatever was asked. */
function problemFaults({ method }: Attempt, { status, headers, text }: Answer): string[] {
  if (method === 'HEAD') return [];
  const type = headers['content-type'];
  if (type !== 'application/problem+json; charset=utf-8') return [`a refusal as ${type}: ${text}`];
  const body = parsed(text) as Record<string, unknown> | undefined;
  const entry = CODES.get(String(body?.['code']));
  if (!body || !entry) return [`not of the catalogue: ${text}`];
  const faults = [
    STATUS[entry.kind] === status && body['status'] === status ? '' : `not the status of its code`,
    Object.keys(body).every((each) => MEMBERS.has(each)) ? '' : `more than a problem: ${text}`,
    headers['cache-control'] === 'no-store' ? '' : 'a refusal that may be kept',
    text.includes(headers['x-correlation-id'] ?? '-') ? 'the correlation id in a body' : '',
  ];
  return faults.filter(Boolean);
}

function contractFaults({ method, target }: Attempt, answer: Answer): string[] {
  if (method === 'HEAD') return [];
  const [url = ''] = target.split('#', 1);
  const body = parsed(answer.text) as { code?: string } | undefined;
  // What cannot be read is refused before anybody looks for a route.
  if (UNREAD.has(body?.code ?? '')) return [];
  return faultsAgainstContract(method, url, { ...answer, headers: { ...answer.headers }, body });
}
