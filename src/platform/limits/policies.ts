import type { PolicyName } from '../../config/rate-limits.js';
import { isRead, type Operation } from '../http/operation.js';

/** By which policies an operation is limited, known by its definition alone. */
interface Policies {
  /** Counted for the address, before anything else is done. */
  readonly address?: PolicyName;
  /** Counted for the account, as soon as it is known. */
  readonly account: readonly PolicyName[];
}

const NONE: Policies = { account: [] };
const PUBLIC: Policies = { address: 'public', account: [] };
const SIGN_IN: Policies = { address: 'sign-in', account: [] };
const KNOWN = new WeakMap<Operation, Policies>();

/** Whether the process lives is asked by whoever restarts it, as often as they like. */
function derive(operation: Operation): Policies {
  const { id, open, method, body } = operation;
  if (id === 'healthLive') return NONE;
  if (open) return isRead(operation) ? PUBLIC : SIGN_IN;
  // A file in small chunks is one upload, which was counted when it was begun.
  if (isRead(operation) || (body === 'chunk' && method === 'PATCH'))
    return { account: ['account'] };
  const files = body === 'file' || body === 'chunk';
  return { account: ['account', 'write', ...(files ? ['upload' as const] : [])] };
}

export function policiesOf(operation: Operation): Policies {
  const known = KNOWN.get(operation);
  if (known) return known;
  const policies = derive(operation);
  KNOWN.set(operation, policies);
  return policies;
}

export function isLimited(operation: Operation): boolean {
  const { address, account } = policiesOf(operation);
  return address !== undefined || account.length > 0;
}
