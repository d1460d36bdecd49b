import type { Engine, FactSource, Progress } from '../proceedings/index.js';
import { draftsLeft, kindsSubmitted, lapsedDeadlines } from './documents.repository.js';

/** What has been handed in, and what was missed, by kind. */
export const documentFacts = (engine: Engine): FactSource => ({
  names: ['documents.<kind>.submitted', 'documents.<kind>.lapsed'],
  async gather(tx, proceedings) {
    const ids = proceedings.map(({ id }) => id);
    const submitted = await kindsSubmitted(tx, ids);
    const lapsed = await lapsedDeadlines(tx, ids);
    return new Map(
      proceedings.map((proceeding) => {
        const here = ({ proceedingId }: { proceedingId: string }) => proceedingId === proceeding.id;
        const kinds = new Set(submitted.filter(here).map(({ kind }) => kind));
        const missed = new Set(lapsed.filter(here).map(({ key }) => key));
        const entries = engine
          .definitionOf(proceeding)
          .documents.flatMap(({ kind, deadline }) => [
            [`documents.${kind}.submitted`, kinds.has(kind)] as const,
            [`documents.${kind}.lapsed`, !kinds.has(kind) && missed.has(deadline ?? '')] as const,
          ]);
        return [proceeding.id, Object.fromEntries(entries)];
      }),
    );
  },
});

/** Whoever has begun a document is held to its deadline, until one of its kind is handed in. */
export const documentProgress: Progress = {
  async of(tx, { proceeding, definition }, { deadline }) {
    const kinds = definition.documents
      .filter((each) => each.deadline === deadline && each.during.includes(proceeding.status))
      .map(({ kind }) => kind);
    const rows = kinds.length === 0 ? [] : await draftsLeft(tx, proceeding.id, kinds);
    return { begun: rows.map(({ side }) => side), done: [] };
  },
};
