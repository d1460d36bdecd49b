import type { Definition } from '../../kernel/definition.js';
import type { ReportRule } from '../../kernel/item-rules.js';
import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import { troikaRulesOf } from '../lots/index.js';
import { latestDeadline, sideInRole, type Standing } from '../proceedings/index.js';
import { SignOff } from './reports.entity.js';
import { draftOf, signingOf, type Draft } from './reports.repository.js';

/** Acts that fulfil deadlines. */
export const CIRCULATE = 'circulate-list';
export const SIGN_OFF = 'sign-off-report';

/** @throws Refused `not-offered` where the procedure has no such report */
export function reportRule({ definition }: Pick<Standing, 'definition'>): ReportRule {
  if (!definition.report) throw new Refused('not-offered', { act: 'report' });
  return definition.report;
}

/** What a procedure asks of its report: the troika signs, seat by seat. */
export const askedOf = (
  id: string,
  definition: Definition,
  { document: kind, signedBy: role }: ReportRule,
) => ({ id, kind, role, seats: troikaRulesOf(definition).seats ?? 0 });

/** Which circulated list stands, and how many have yet to sign. */
export const signingNow = (tx: Tx, standing: Standing) =>
  tx.asProcedure(standing.proceeding.id, async () => {
    const { definition, proceeding } = standing;
    const asked = askedOf(proceeding.id, definition, reportRule(standing));
    return found((await signingOf(tx, [asked]))[0]);
  });

function assertDuring({ proceeding }: Standing, { during }: ReportRule): void {
  const { status } = proceeding;
  if (!during.includes(status)) throw new Refused('wrong-stage', { status, during });
}

/**
 * The side that may circulate the list now.
 *
 * @throws Refused `not-offered`, `wrong-role`, `permission-missing`, `wrong-stage`
 */
export function circulator(tx: Tx, standing: Standing): string {
  const rule = reportRule(standing);
  const side = sideInRole(tx, standing, { by: rule.circulatedBy });
  assertDuring(standing, rule);
  return side;
}

/**
 * The side that may sign the draft off now, the draft as it stands, and the list that it rests on.
 *
 * @throws Refused the same, `documents-missing`, `list-not-circulated` where what is listed now is not
 * what was circulated last, `already-given`
 */
export async function signer(
  tx: Tx,
  standing: Standing,
  as?: string,
): Promise<{ readonly side: string; readonly draft: Draft; readonly circulation: number }> {
  const rule = reportRule(standing);
  const side = sideInRole(tx, standing, { by: [rule.signedBy], as });
  assertDuring(standing, rule);
  const draft = await draftOf(tx, standing.proceeding.id, rule.document);
  if (!draft) throw new Refused('documents-missing', { kind: rule.document });
  const { circulation } = await signingNow(tx, standing);
  if (circulation === null) throw new Refused('list-not-circulated');
  const { documentId, version: documentVersion } = draft;
  const signed = await tx.findOne(SignOff, { documentId, documentVersion, side, circulation });
  if (signed) throw new Refused('already-given', { documentId, version: documentVersion });
  return { side, draft, circulation };
}

/** Until when an act is due here, should a deadline ask for it. */
export async function dueFor(
  tx: Tx,
  { definition, proceeding }: Standing,
  act: string,
): Promise<string | null> {
  const rule = definition.deadlines.find(({ metBy }) => metBy.act === act);
  const row = rule && (await latestDeadline(tx, proceeding.id, rule.deadline));
  return row?.due.toISOString() ?? null;
}
