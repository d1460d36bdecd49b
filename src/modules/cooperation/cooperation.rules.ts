import type { Definition } from '../../kernel/definition.js';
import type { Appearance } from '../dialogue/index.js';

/** What became of a step, as far as whoever asks may know. */
export const STEP_STATUSES = ['done', 'late', 'missed', 'open', 'not-recorded'] as const;

/** The six steps by which UPR Info tells cooperation (2013): by which document, request or move each is seen. */
const STEPS = [
  { step: 'national-report', document: 'national-report' },
  { step: 'own-troika', asked: 'own-region', until: 'rapporteur' },
  { step: 'dialogue', moves: { done: 'hold-dialogue', missed: 'record-absence' } },
  { step: 'addendum', document: 'addendum' },
  { step: 'mid-term-update', document: 'mid-term-report' },
  // Who sat in the plenary is entered nowhere; who spoke there is.
  { step: 'appearance', spoken: true },
] as const;
export const STEP_NAMES = STEPS.map(({ step }) => step);

interface Given {
  readonly kind: string;
  readonly submittedAt: Date | null;
  readonly late: boolean;
}

interface Seen {
  readonly definition: Definition;
  /** Documents that the viewer sees. */
  readonly documents: readonly Given[];
  /** All that were handed in, whoever sees them. */
  readonly handedIn: readonly Given[];
  readonly deadlines: readonly { readonly key: string; readonly due: Date }[];
  /** In the order in which they were made. */
  readonly moves: readonly { readonly move: string | null; readonly enteredAt: Date }[];
  readonly participants: readonly { readonly role: string }[];
  /** What the State asked about its troika. */
  readonly requests: readonly { readonly kind: string; readonly askedAt: Date }[];
  /** Whether it spoke in the plenary; undefined where the procedure does not keep that. */
  readonly plenary: Appearance | undefined;
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
function documentStep(kind: string, { definition, documents, handedIn, deadlines, now }: Seen) {
  const key = definition.documents.find((each) => each.kind === kind)?.deadline;
  const passed = deadlines.find((each) => each.key === key && each.due < now);
  const known = passed ? handedIn : documents;
  const given = known.find((each) => each.kind === kind && each.submittedAt !== null);
  if (given) return status(given.late ? 'late' : 'done', given.submittedAt);
  return passed ? status('missed', passed.due) : status('open');
}

/** The last of the two moves tells: a State that was absent may have come later. */
function moveStep({ done, missed }: { done: string; missed: string }, { moves }: Seen) {
  const last = moves.findLast(({ move }) => move === done || move === missed);
  return last ? status(last.move === done ? 'done' : 'missed', last.enteredAt) : status('open');
}

/** To ask for one of its own region is a right: once the troika is there, not to have asked misses nothing. */
function askingStep(
  { asked, until }: { asked: string; until: string },
  { participants, requests }: Seen,
) {
  const request = requests.find(({ kind }) => kind === asked);
  if (request) return status('done', request.askedAt);
  return status(participants.some(({ role }) => role === until) ? 'not-recorded' : 'open');
}

/** Until the outcome is adopted it may speak still. */
function speakingStep({ plenary, moves }: Seen) {
  if (!plenary) return status('not-recorded');
  if (plenary.spokeAt) return status('done', plenary.spokeAt);
  const over = moves.findLast(({ move }) => move === plenary.until);
  if (!over) return status('open');
  // Where nobody kept minutes, silence is not on record either.
  return plenary.recorded ? status('missed', over.enteredAt) : status('not-recorded');
}

/** The steps of a review as facts: nothing is counted, and nothing concluded. */
export const stepsOf = (seen: Seen): Step[] =>
  STEPS.map((each) => {
    if ('document' in each) return { step: each.step, ...documentStep(each.document, seen) };
    if ('moves' in each) return { step: each.step, ...moveStep(each.moves, seen) };
    if ('asked' in each) return { step: each.step, ...askingStep(each, seen) };
    return { step: each.step, ...speakingStep(seen) };
  });
