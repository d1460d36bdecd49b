import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { Classification } from '../record/index.js';
import {
  FACETS,
  type Facet,
  type Method,
  type Proposals,
  type Proposed,
} from './proposals.rules.js';

/** What a machine proposes, and in which vocabularies. */
export type ProposedFacets = Readonly<
  Record<Facet, { readonly vocabulary: string; readonly values: readonly Proposed[] }>
>;
/** What a person decided: of the facets that they spoke of. */
export type DecidedFacets = Readonly<
  Partial<Record<Facet, { readonly vocabulary: string; readonly codes: readonly string[] }>>
>;

/** An act, as far as it counts. */
export interface Said {
  readonly n: number;
  readonly by: 'machine' | 'human';
  readonly side: string | null;
  readonly at: Date;
  readonly method: number | null;
  readonly facets: ProposedFacets | DecidedFacets;
}

export const namedBy = ({ vocabularies }: Method, proposals: Proposals): ProposedFacets =>
  eachFacet((facet) => ({
    vocabulary: vocabularies[facet].vocabulary,
    values: proposals[facet],
  }));

/** The latest proposal. */
export const proposedBy = (acts: readonly Said[]) =>
  acts.findLast(({ by }) => by === 'machine') as (Said & { facets: ProposedFacets }) | undefined;

/** The latest decision about a facet. */
export const decidedOn = (acts: readonly Said[], facet: Facet) =>
  acts.findLast(({ by, facets }) => by === 'human' && facet in facets) as
    | (Said & { facets: DecidedFacets })
    | undefined;

/** What stands: of each facet what a person decided last, else what was proposed last. */
export function standingOf(mechanism: string, acts: readonly Said[]): Classification | null {
  const proposal = proposedBy(acts);
  if (!proposal) return null;
  const { facets } = proposal;
  const stands = eachFacet((facet) => {
    const decided = decidedOn(acts, facet)?.facets[facet];
    const { vocabulary, values } = facets[facet];
    return decided
      ? { vocabulary: decided.vocabulary, codes: [...decided.codes], by: 'human' as const }
      : { vocabulary, codes: values.map(({ code }) => code), by: 'machine' as const };
  });
  return { method: { mechanism, version: proposal.method! }, ...stands };
}

/** What a person says: codes of facets, and facets whose proposals are right as they are. */
export type Verdict = Readonly<Partial<Record<Facet, readonly string[]>>> & {
  readonly accept?: readonly Facet[] | undefined;
};

/** The decision that a person's words come to, or why they can't. */
export function decisionOf(
  { vocabularies }: Method,
  { accept = [], ...given }: Verdict,
  proposed: ProposedFacets,
): { readonly facets: DecidedFacets } | Refusal {
  const facets: Partial<Record<Facet, DecidedFacets[Facet]>> = {};
  for (const facet of FACETS) {
    const codes = given[facet];
    const { vocabulary, codes: known } = vocabularies[facet];
    if (codes) {
      const unknown = codes.filter((code) => !known.some((each) => each.code === code));
      if (unknown.length > 0) return refusal('code-unknown', { facet, vocabulary, codes: unknown });
      facets[facet] = { vocabulary, codes: [...new Set(codes)] };
    } else if (accept.includes(facet)) {
      const { vocabulary: theirs, values } = proposed[facet];
      facets[facet] = { vocabulary: theirs, codes: values.map(({ code }) => code) };
    }
  }
  return { facets };
}

function eachFacet<T>(of: (facet: Facet) => T): Record<Facet, T> {
  return Object.fromEntries(FACETS.map((facet) => [facet, of(facet)])) as Record<Facet, T>;
}
