import type { Definition } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateSide } from '../../kernel/sides.js';
import type { Cluster, Question } from './questions.entity.js';

/** Advance questions as the parameters of a definition describe them. */
export interface QuestionRules {
  /** The role of whoever may ask. */
  readonly by: string;
  /** The deadline after which nobody may. */
  readonly closes: string;
  /** The move that relays them, by whose roles they are clustered. */
  readonly relayedBy: string;
  readonly clusteredBy: readonly string[];
  /** The role of who is asked. */
  readonly answeredBy: string;
}

const FIELDS = ['by', 'closes', 'relayedBy', 'answeredBy'] as const;
export const PARAMETERS: readonly string[] = FIELDS.map((field) => `questions.${field}`);

/** Undefined where a procedure has no advance questions. */
export function questionRulesOf({ parameters, moves }: Definition): QuestionRules | undefined {
  const [by, closes, relayedBy, answeredBy] = PARAMETERS.map((name) => parameters[name]);
  if (by === undefined || closes === undefined) return undefined;
  if (relayedBy === undefined || answeredBy === undefined) return undefined;
  const clusteredBy = moves.find(({ move }) => move === relayedBy)?.by ?? [];
  return {
    by: String(by),
    closes: String(closes),
    relayedBy: String(relayedBy),
    clusteredBy,
    answeredBy: String(answeredBy),
  };
}

type Waiting = Pick<Question, 'id' | 'filedAt' | 'filingId' | 'n'>;

/** Whether clusters name questions that there are, each once. */
export function clustersRefused(
  clusters: readonly Cluster[],
  questions: readonly Pick<Question, 'id'>[],
): Refusal | null {
  const named = clusters.flatMap((cluster) => cluster.questions);
  const unknown = named.filter((id) => !questions.some((each) => each.id === id));
  if (unknown.length > 0) return refusal('unknown-question', { unknown: [...new Set(unknown)] });
  const repeated = named.filter((id, index) => named.indexOf(id) < index);
  return repeated.length > 0
    ? refusal('invalid-content', { repeated: [...new Set(repeated)] })
    : null;
}

/** The order in which questions are relayed: by clusters, then the others as they were filed. */
export function relayOrder<Q extends Waiting>(
  questions: readonly Q[],
  clusters: readonly Cluster[],
): { question: Q; cluster: string | null }[] {
  const known = new Map(questions.map((each) => [each.id, each]));
  const clustered = clusters.flatMap(({ title, questions: ids }) =>
    ids.flatMap((id) => {
      const question = known.get(id);
      return question ? [{ question, cluster: title }] : [];
    }),
  );
  const placed = new Set(clustered.map(({ question }) => question.id));
  const rest = questions
    .filter(({ id }) => !placed.has(id))
    .toSorted(
      (a, b) =>
        a.filedAt.getTime() - b.filedAt.getTime() ||
        (a.filingId < b.filingId ? -1 : a.filingId > b.filingId ? 1 : 0) ||
        a.n - b.n,
    );
  return [...clustered, ...rest.map((question) => ({ question, cluster: null }))];
}

/** Whether States ask together: each once, and not the one that is asked. */
export function coAskersRefused(
  states: readonly string[],
  { own, subject }: { own: string | undefined; subject: string },
): Refusal | null {
  const barred = [own, subject];
  const repeated = states.filter((state, n) => states.indexOf(state) < n || barred.includes(state));
  return repeated.length > 0 ? refusal('invalid-content', { repeated }) : null;
}

/** Whether a State may confirm that it asks too, or decline: it may still after it confirmed. */
export const mayAsk = (
  { side }: Pick<Question, 'side'>,
  { state, status }: { readonly state: string; readonly status: string },
  { confirm }: { readonly confirm: boolean },
): boolean =>
  status === 'invited' || (!confirm && status === 'confirmed' && stateSide(state) !== side);

/** Whether an answer says where it was given, and in which words where these are it. */
export function answerRefused({
  in: where,
  text,
}: {
  in: string | null;
  text?: string | undefined;
}): Refusal | null {
  if (where === 'writing' && text === undefined) {
    return refusal('invalid-content', { needs: ['text'] });
  }
  return where === null && text !== undefined
    ? refusal('invalid-content', { unknown: ['text'] })
    : null;
}

const flat = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();

/** Whether a title has one of these names in it, as words of its own where words are set apart. */
export const naming = (title: string, names: readonly string[]): boolean =>
  names.map(flat).some((name) => {
    if (name === '' || /\p{Script=Han}/u.test(name)) return name !== '' && title.includes(name);
    const escaped = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
    return new RegExp(`(?<!\\p{L})${escaped}(?!\\p{L})`, 'iu').test(flat(title));
  });
