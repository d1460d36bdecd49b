import type { Operation } from './operation.js';

/** What an operation asks of a key: a scope, nothing, or that it be no key. */
export type Asked = { readonly scope: string } | 'nothing' | 'session';

/** What concerns passwords, sessions and keys is for a person who signed in. */
const PERSONAL = 'sign-in';

/**
 * The one place where scopes come from: an operation's tag and whether it reads, unless its
 * definition names another.
 */
export function askedOf({ open, tag, method, scope }: Operation): Asked {
  if (open) return 'nothing';
  if (scope !== undefined) return { scope };
  if (tag === PERSONAL) return 'session';
  return { scope: `${tag}:${method === 'GET' ? 'read' : 'write'}` };
}
