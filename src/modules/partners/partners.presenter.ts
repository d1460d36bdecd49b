import type { Offered } from '../../kernel/offered.js';
import type { Partner } from '../documents/index.js';
import { isNamed } from './partners.rules.js';
import type { JointFound } from './find-partners.js';

/** @param own as it stands in a desk: the lead's, or the partner's */
export const presentPartner = (
  row: Partner,
  { name, own, kept }: { readonly name: string; readonly own: boolean; readonly kept: boolean },
) => ({
  organization: row.side,
  name,
  status: row.status,
  sealed: row.sealed,
  askedAt: own ? row.askedAt.toISOString() : null,
  answeredAt: own ? (row.answeredAt?.toISOString() ?? null) : null,
  acceptedText: own ? row.acceptedSha256 : null,
  namedTo: isNamed(row) ? namedTo(kept) : [],
});

/** @param kept whether the document is kept from the public */
const namedTo = (kept: boolean): ('secretariat' | 'public')[] =>
  kept ? ['secretariat'] : ['secretariat', 'public'];

export function presentPartners(
  joint: JointFound,
  { names, actions }: { names: ReadonlyMap<string, string>; actions: readonly Offered[] },
) {
  const { document, accepting, partners, own, version, publication } = joint;
  const kept = publication?.audience === 'parties';
  const told = new Set(own.map(({ id }) => id));
  const others = partners.filter(({ id }) => !told.has(id));
  const nameOf = (side: string): string => names.get(side) ?? side;
  return {
    id: document.id,
    title: document.title,
    lead: { side: document.side, name: nameOf(document.side) },
    status: document.status,
    acceptedUntil: accepting?.due.toISOString() ?? null,
    partners: [...own, ...others].map((row) =>
      presentPartner(row, { name: nameOf(row.side), own: told.has(row.id), kept }),
    ),
    actions,
    version,
  };
}
