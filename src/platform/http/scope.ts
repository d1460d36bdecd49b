import { isRead, type Operation } from './operation.js';

/** What an operation asks of a key: a scope, nothing, that it be no key, or that it be a case key. */
export type Asked = { readonly scope: string } | 'nothing' | 'session' | 'case-key';

/** What concerns passwords, sessions and keys is for a person who signed in. */
const PERSONAL = 'sign-in';

/**
 * The one place where scopes come from: an operation's tag and whether it reads, unless its
 * definition names another, or says that it is for a person who signed in: a key that was lost
 * adds nobody, hands over no seat, and opens or shuts no account.
 */
export function askedOf(operation: Operation): Asked {
  const { open, tag, scope } = operation;
  if (open) return 'nothing';
  if (scope === 'session' || (scope === undefined && tag === PERSONAL)) return 'session';
  if (scope === 'case-key') return scope;
  if (scope !== undefined) return { scope };
  return { scope: `${tag}:${isRead(operation) ? 'read' : 'write'}` };
}
