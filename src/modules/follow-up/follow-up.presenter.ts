import type { Proceeding } from '../proceedings/index.js';
import type { Assessment } from './follow-up.entity.js';
import { MOST_SIDES, type Carried } from './follow-up.repository.js';

export const presentAssessment = (row: Assessment) => ({
  id: row.id,
  recommendation: row.recommendationId,
  label: row.label,
  side: row.side,
  kind: row.kind,
  grade: row.grade,
  text: row.text,
  evidence: row.evidence,
  asOf: row.asOf,
  status: row.status,
  givenAt: row.givenAt?.toISOString() ?? null,
  publicId: row.publicId,
  version: row.version,
});

/** What the record says of it. */
export function publicAssessment(
  row: Assessment,
  { subject: state, mechanism }: Proceeding,
  { page, name }: { page: { id: string; cycle: number; session: number }; name: string },
) {
  const { recommendationId, label, kind, side, grade, text, evidence, asOf, status } = row;
  return {
    proceedingId: page.id,
    recommendationId,
    mechanism,
    state,
    cycle: page.cycle,
    session: page.session,
    label,
    kind,
    by: { side, name },
    grade,
    text,
    evidence,
    asOf,
    givenAt: row.givenAt!.toISOString(),
    current: status === 'given',
  };
}

/** A recommendation of the predecessor, with what is said of it now, side by side. */
export function presentCarried({ body, said }: Carried) {
  const assessments = said.filter(({ kind }) => kind === 'assessment');
  return {
    recommendation: JSON.parse(body) as object,
    status: said.find(({ kind }) => kind === 'status') ?? null,
    assessments: assessments.slice(0, MOST_SIDES),
    more: assessments.length > MOST_SIDES,
  };
}
