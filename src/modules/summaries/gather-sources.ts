import type { Tx } from '../../platform/database/tx.js';
import { MASK } from '../record/index.js';
import type { Desk } from './find-desk.js';
import { jointMark, proposeMark, useOf, type AuthorNames, type Use } from './sources.rules.js';
import { authorsOf, submissionsOf, type Submission } from './summaries.repository.js';
import { Source } from './summaries.entity.js';

export interface SourceFound extends Source, Use {
  readonly joint: boolean;
  readonly author: AuthorNames | undefined;
}

/** With those that are proposed and not kept yet. */
interface Gathered {
  readonly all: readonly SourceFound[];
  readonly fresh: readonly Source[];
}

/**
 * What a document is written from, in the order in which it came. Marks of what came since the last
 * change are proposed; the next change keeps them, so that a number once read stays.
 */
export const sourcesOf = async (tx: Tx, desk: Desk): Promise<readonly SourceFound[]> =>
  (await gather(tx, desk)).all;

/** The same, and keeps what was proposed: under the proceeding's lock. */
export async function takeSources(tx: Tx, desk: Desk): Promise<readonly SourceFound[]> {
  const { all, fresh } = await gather(tx, desk);
  await tx.insert(Source, fresh);
  return all;
}

async function gather(tx: Tx, desk: Desk): Promise<Gathered> {
  const { proceedingId, kind, compartment, document } = desk;
  const kept = await tx.find(Source, { proceedingId, kind, compartment });
  const { single, joint } = document.sources ?? {};
  const kinds = [single, joint].filter((each) => each !== undefined);
  const submissions = kinds.length > 0 ? await handedIn(tx, desk, kinds) : [];
  const fresh = proposed(desk, kept, submissions, joint);
  const bySubmission = new Map(submissions.map((each) => [each.id, each]));
  const nameless = submissions.filter(({ side }) => side === MASK).map(({ id }) => id);
  const authors = await authorsOf(tx, nameless);
  const all = [...kept, ...fresh].map((source): SourceFound => {
    const submission = bySubmission.get(source.id);
    const ground = { sealed: source.sealed, now: tx.now, ...(submission && { submission }) };
    const author = authors.get(source.id);
    return { ...source, ...useOf(ground), joint: source.jointNumber !== null, author };
  });
  const at = ({ addedAt, id }: Source): string => `${addedAt.toISOString()} ${id}`;
  return { all: all.toSorted((a, b) => (at(a) < at(b) ? -1 : 1)), fresh };
}

const handedIn = (tx: Tx, { proceedingId, compartment }: Desk, kinds: readonly string[]) =>
  submissionsOf(tx, { proceedingId, kinds, desk: compartment });

function proposed(
  { proceedingId, kind, compartment }: Desk,
  kept: readonly Source[],
  submissions: readonly Submission[],
  jointKind: string | undefined,
): Source[] {
  const known = new Set(kept.map(({ id }) => id));
  const taken = new Set(kept.flatMap(({ mark }) => mark ?? []));
  let last = Math.max(0, ...kept.map(({ jointNumber }) => jointNumber ?? 0));
  const markOf = (submission: Submission, joint: boolean): string | null => {
    if (joint) {
      do last += 1;
      while (taken.has(jointMark(last)));
    }
    if (submission.side === MASK) return null;
    return joint ? jointMark(last) : proposeMark(submission, taken);
  };
  return submissions
    .filter(({ id }) => !known.has(id))
    .map((submission) => {
      const joint = submission.kind === jointKind;
      const mark = markOf(submission, joint);
      if (mark !== null) taken.add(mark);
      return {
        id: submission.id,
        proceedingId,
        compartment,
        kind,
        documentId: submission.id,
        jointNumber: joint ? last : null,
        mark,
        name: submission.name,
        place: null,
        partners: [],
        withheld: [],
        standsWith:
          submission.organizationKind === 'regional-body' ? 'regional' : ('civil-society' as const),
        sealed: false,
        addedAt: submission.submittedAt,
        version: 1,
      };
    });
}
