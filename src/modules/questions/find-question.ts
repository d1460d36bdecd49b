import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import { currentEntries, type Engine, type Standing } from '../proceedings/index.js';
import { Question } from './questions.entity.js';
import { questionById, type QuestionRow } from './questions.repository.js';
import { questionRulesOf, type QuestionRules } from './questions.rules.js';

/** @throws Refused `not-offered` where the procedure has no advance questions */
export function rulesOf({ definition }: Standing): QuestionRules {
  const rules = questionRulesOf(definition);
  if (!rules) throw new Refused('not-offered');
  return rules;
}

/** The principal of the State that is asked. */
export const subjectOf = ({ participants }: Standing, { answeredBy }: QuestionRules): string =>
  found(participants.find(({ role }) => role === answeredBy)).principalId;

/** Whether the questions of a review have been relayed; of one that was resumed, since then. */
export const isRelayed = async (
  tx: Tx,
  { proceeding, definition }: Standing,
  { relayedBy }: QuestionRules,
): Promise<boolean> =>
  (await currentEntries(tx, proceeding.id, definition)).some(({ move }) => move === relayedBy);

/** @throws Refused `wrong-stage` once the questions have been relayed */
export async function assertUnrelayed(
  tx: Tx,
  standing: Standing,
  rules: QuestionRules,
): Promise<void> {
  if (!(await isRelayed(tx, standing, rules))) return;
  const { status } = standing.proceeding;
  throw new Refused('wrong-stage', { status, before: rules.relayedBy });
}

/** A question that the viewer may see, with its review; as it is under the lock, if asked. */
export async function questionStanding(
  tx: Tx,
  engine: Engine,
  id: string,
  { lock = false } = {},
): Promise<{ row: QuestionRow; standing: Standing }> {
  const row = found(await questionById(tx, id));
  const standing = await engine.standing(tx, row.proceedingId, { lock });
  return { row: lock ? found(await questionById(tx, id)) : row, standing };
}

/** Takes the next version number, unless somebody else has. */
export async function changeQuestion(
  tx: Tx,
  { id, version }: Pick<Question, 'id' | 'version'>,
  set: Partial<Question> = {},
): Promise<void> {
  const changed = await tx.update(Question, { id, version }, { ...set, version: version + 1 });
  if (changed === 0) throw new Refused('stale', { version });
}
