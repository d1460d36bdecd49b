import { FACETS, type Facet, type Method } from './proposals.rules.js';
import { decidedOn, proposedBy, type Said } from './standing.rules.js';

/** The acts of its history that an answer shows. */
const SHOWN = 50;

/** @param acts everything that was said of it, in its order */
export function presentClassification(
  recommendationId: string,
  { vocabularies }: Method,
  acts: readonly Said[],
) {
  const proposal = proposedBy(acts);
  const present = (facet: Facet) => {
    const decided = decidedOn(acts, facet);
    return {
      vocabulary: decided?.facets[facet]?.vocabulary ?? vocabularies[facet].vocabulary,
      proposed: proposal
        ? {
            by: 'machine' as const,
            method: proposal.method!,
            at: proposal.at.toISOString(),
            values: proposal.facets[facet].values,
          }
        : null,
      confirmed: decided
        ? {
            by: 'human' as const,
            side: decided.side!,
            at: decided.at.toISOString(),
            codes: decided.facets[facet]!.codes,
          }
        : null,
    };
  };
  return {
    recommendationId,
    category: present('category'),
    themes: present('themes'),
    affectedPersons: present('affectedPersons'),
    sdgGoals: present('sdgGoals'),
    sdgTargets: present('sdgTargets'),
    history: acts.slice(-SHOWN).toReversed().map(presentAct),
    version: acts.length,
  };
}

const presentAct = ({ n, by, side, at, facets }: Said) => ({
  n,
  by,
  side,
  at: at.toISOString(),
  facets: FACETS.flatMap((facet) => {
    const said = facets[facet];
    if (!said) return [];
    const codes = 'values' in said ? said.values.map(({ code }) => code) : said.codes;
    return [{ facet, vocabulary: said.vocabulary, codes }];
  }),
});
