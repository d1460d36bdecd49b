import type { KnownFacts } from '../../kernel/compare-facts.js';
import { decide } from '../../kernel/decide.js';
import type { Definition } from '../../kernel/definition.js';
import type { DeadlineSet, Translating } from './desk.repository.js';

/** A review as its secretariat has it before it. */
interface Ground {
  readonly definition: Definition;
  readonly status: string;
  readonly facts: KnownFacts;
  readonly deadlines: readonly DeadlineSet[];
  readonly now: Date;
  /** What whoever looks could submit as. */
  readonly roles: readonly string[];
}

/** Whether what has passed unmet is owed still: a move is, for as long as it can be made. */
const lasts = (
  { definition, status }: Ground,
  { optional, metBy }: Definition['deadlines'][number],
): boolean =>
  !optional &&
  (metBy.move === undefined ||
    definition.moves.some(({ move, from }) => move === metBy.move && from.includes(status)));

/** A deadline that nobody has met; of a window, that it is open still. */
const open = (ground: Ground): DeadlineSet[] => {
  const { definition, status, deadlines, now } = ground;
  if (definition.stages.find(({ stage }) => stage === status)?.final) return [];
  return deadlines.filter((row) => {
    const rule = definition.deadlines.find(({ deadline }) => deadline === row.key);
    return row.metAt === null && rule && (row.due >= now || lasts(ground, rule));
  });
};

/** The deadlines that are still to come, and those that have passed and are owed still. */
export function dueIn(ground: Ground): { due: DeadlineSet[]; overdue: DeadlineSet[] } {
  const all = open(ground);
  return {
    due: all.filter((row) => row.due >= ground.now),
    overdue: all.filter((row) => row.due < ground.now),
  };
}

/**
 * What a review lacks at its stage: documents of which there is one, labels and positions where
 * they are given now, and the troika.
 */
export function missingIn({ definition, status, facts }: Ground) {
  const rule = definition.items?.find((each) => each.item === 'recommendation');
  const count = (stages: readonly string[] | undefined, fact: string): number =>
    stages?.includes(status) ? Number(facts[fact] ?? 0) : 0;
  return {
    documents: definition.documents
      .filter(({ kind, count: many, during }) => {
        const lacks = facts[`documents.${kind}.submitted`] === false;
        return many === 'one' && during.includes(status) && lacks;
      })
      .map(({ kind }) => kind),
    labels: count(rule && [rule.labelledDuring].flat(), 'recommendations.unlabelled'),
    positions: count(rule?.answeredDuring, 'recommendations.unanswered'),
    troika: facts['troika.recorded'] === false && status === definition.start,
  };
}

/**
 * The moves that leave the present stage, and what stands against each whoever makes it: who may
 * is told beside, so that a review does not look blocked that waits for somebody else.
 */
export function movesOf({ definition, status, facts, now, roles }: Ground) {
  return definition.moves
    .filter(({ from }) => from.includes(status))
    .map(({ move, to, by }) => {
      const at = now.toISOString();
      const decision = decide(definition, { move, status, facts, roles: by, now: at });
      return {
        move,
        to,
        by: [...by],
        mine: by.some((role) => roles.includes(role)),
        because: decision.ok ? null : decision.because,
      };
    });
}

/** Languages that were declared for documents, and are not there. */
export const lackingIn = (documents: readonly Translating[]) =>
  documents
    .map(({ documentId, kind, declared, there }) => ({
      documentId,
      kind,
      languages: declared.filter((language) => !there.includes(language)),
    }))
    .filter(({ languages }) => languages.length > 0);

export type { Ground };
