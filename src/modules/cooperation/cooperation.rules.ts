import type { Definition } from '../../kernel/definition.js';

/** What became of a step, as far as whoever asks may know. */
export const STEP_STATUSES = ['done', 'missed', 'open', 'not-recorded'] as const;

/** The six steps by which UPR Info tells cooperation (2013): by which document, move or draw each is seen. */
const STEPS = [
  { step: 'national-report', document: 'national-report' },
  { step: 'own-troika', participant: 'rapporteur' },
  { step: 'dialogue', moves: { done: 'hold-dialogue', missed: 'record-absence' } },
  { step: 'addendum', document: 'addendum' },
  { step: 'mid-term-update', document: 'mid-term-report' },
  // Who sat in the plenary is entered nowhere.
  { step: 'appearance' },
] as const;
export const STEP_NAMES = STEPS.map(({ step }) => step);

interface Seen {
  readonly definition: Definition;
  /** Documents that the viewer sees, and when they were handed in. */
  readonly documents: readonly { readonly kind: string; readonly submittedAt: Date | null }[];
  readonly deadlines: readonly {
    readonly key: string;
    readonly due: Date;
    readonly metAt: Date | null;
  }[];
  /** In the order in which they were made. */
  readonly moves: readonly { readonly move: string | null; readonly enteredAt: Date }[];
  readonly participants: readonly { readonly role: string; readonly recordedAt: Date }[];
  readonly now: Date;
}

interface Step {
  readonly step: (typeof STEP_NAMES)[number];
  readonly status: (typeof STEP_STATUSES)[number];
  readonly at: Date | null;
}

const status = (name: Step['status'], at: Date | null = null) => ({ status: name, at });

/**
 * A document that the viewer sees was given. Of one that they do not see, the day of its deadline
 * tells: before it, nobody else learns whether it has come.
 */
function documentStep(kind: string, { definition, documents, deadlines, now }: Seen) {
  const given = documents.find((each) => each.kind === kind && each.submittedAt !== null);
  if (given) return status('done', given.submittedAt);
  const key = definition.documents.find((each) => each.kind === kind)?.deadline;
  const passed = deadlines.filter((each) => each.key === key && each.due < now);
  const met = passed.find(({ metAt }) => metAt !== null);
  if (met) return status('done', met.metAt);
  return passed[0] ? status('missed', passed[0].due) : status('open');
}

/** The last of the two moves tells: a State that was absent may have come later. */
function moveStep({ done, missed }: { done: string; missed: string }, { moves }: Seen) {
  const last = moves.findLast(({ move }) => move === done || move === missed);
  return last ? status(last.move === done ? 'done' : 'missed', last.enteredAt) : status('open');
}

function participantStep(role: string, { participants }: Seen) {
  const recorded = participants.find((each) => each.role === role);
  return recorded ? status('done', recorded.recordedAt) : status('open');
}

/** The steps of a review as facts: nothing is counted, and nothing concluded. */
export const stepsOf = (seen: Seen): Step[] =>
  STEPS.map((each) => {
    if ('document' in each) return { step: each.step, ...documentStep(each.document, seen) };
    if ('moves' in each) return { step: each.step, ...moveStep(each.moves, seen) };
    if ('participant' in each)
      return { step: each.step, ...participantStep(each.participant, seen) };
    return { step: each.step, ...status('not-recorded') };
  });
