import { Refused } from '../../platform/refused.js';

/** Something prepared, by what it is about; with the version in which it was read, where that counts. */
export interface Prepared {
  readonly id: string;
  readonly version?: number;
}

/**
 * Of what a side has prepared, what it hands in: all of it, or what was asked for.
 *
 * @throws Refused `invalid-content` for what is asked for twice; `stale` with what is no longer as it was read, and how it is now (0: not prepared)
 */
export function chosen<D extends { readonly version: number }>(
  drafts: readonly D[],
  asked: readonly Prepared[] | undefined,
  about: (draft: D) => string,
): D[] {
  if (!asked) return [...drafts];
  const ids = asked.map(({ id }) => id);
  const repeated = ids.filter((id, at) => ids.indexOf(id) < at);
  if (repeated.length > 0) throw new Refused('invalid-content', { repeated });
  const known = new Map(drafts.map((draft) => [about(draft), draft]));
  const items = asked
    .map(({ id, version }) => ({ id, given: version, version: known.get(id)?.version ?? 0 }))
    .filter(({ given, version }) => given !== undefined && given !== version);
  if (items.length > 0) throw new Refused('stale', { items });
  return asked.flatMap(({ id }) => known.get(id) ?? []);
}
