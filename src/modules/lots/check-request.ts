import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { groupsOn, seatedOn } from '../directory/index.js';
import type { Standing } from '../proceedings/index.js';
import { TroikaRequest } from './lots.entity.js';
import { dayOf } from './lots.rules.js';
import { hasBegun } from './plan-troika.js';
import { formerOf, RAPPORTEUR, sittingIn, troikaRulesOf } from './troika.rules.js';

type Asked = Pick<TroikaRequest, 'kind' | 'rapporteur'>;

const BY: Readonly<Record<TroikaRequest['kind'], string>> = {
  'own-region': 'stateUnderReview',
  substitution: 'stateUnderReview',
  excusal: RAPPORTEUR,
};

interface Known {
  readonly begun: boolean;
  readonly requests: readonly TroikaRequest[];
}

/** Looks up, once and where somebody needs it, what has been asked of a troika. */
export function lookIntoTroika(tx: Tx, standing: Standing): () => Promise<Known> {
  let known: Promise<Known> | undefined;
  const look = async (): Promise<Known> => ({
    begun: await hasBegun(tx, standing),
    requests: await tx.find(TroikaRequest, { proceedingId: standing.proceeding.id }),
  });
  return () => (known ??= look());
}

/** Whether the viewer may ask this of the troika, under the review's lock. */
export async function askingRefused(
  tx: Tx,
  standing: Standing,
  { kind, rapporteur }: Asked,
  look = lookIntoTroika(tx, standing),
): Promise<Refusal | null> {
  const by = BY[kind];
  if (!standing.roles().includes(by)) return refusal('wrong-role', { by: [by] });
  if (!standing.roles('submit').includes(by)) {
    return refusal('permission-missing', { permission: 'submit' });
  }
  const rules = troikaRulesOf(standing.definition);
  if (rules.seats === undefined) return refusal('lot-not-offered', { purpose: 'troika' });
  const { begun, requests } = await look();
  if (begun) return refusal('too-late');
  if (kind === 'own-region') return ownRegionRefused(tx, standing, { requests, rapporteur });
  if (rapporteur === null) return refusal('invalid-content', { needs: 'rapporteur' });
  if (!sittingIn(standing).includes(rapporteur)) {
    return refusal('unknown-rapporteur', { rapporteur, rapporteurs: sittingIn(standing) });
  }
  if (kind === 'substitution') {
    const used = requests.filter((each) => each.kind === 'substitution').length;
    const allowed = rules.substitutions;
    return used < allowed ? null : refusal('substitution-used-up', { allowed, used });
  }
  const own = tx.viewer?.seats.some(
    ({ side, permissions }) => side === stateSide(rapporteur) && permissions.includes('submit'),
  );
  if (!own) return refusal('wrong-role', { by: [RAPPORTEUR], of: rapporteur });
  const open = requests.some((each) => each.status === 'open' && each.rapporteur === rapporteur);
  return open ? refusal('already-exists') : null;
}

/** Before the draw, once, and where somebody of the group could be drawn at all. */
async function ownRegionRefused(
  tx: Tx,
  standing: Standing,
  { requests, rapporteur }: { requests: readonly TroikaRequest[]; rapporteur: string | null },
): Promise<Refusal | null> {
  if (rapporteur !== null) return refusal('invalid-content', { unknown: ['rapporteur'] });
  const drawn = sittingIn(standing).length + formerOf(requests).length;
  if (drawn > 0) return refusal('too-late', { rapporteurs: sittingIn(standing) });
  if (requests.some(({ kind }) => kind === 'own-region')) return refusal('already-exists');
  const { proceeding, definition } = standing;
  const { subject } = proceeding;
  const day = dayOf(tx.now, definition.zone);
  // Where nobody's term is on record, the announcement of the lot will tell.
  const members = await seatedOn(tx, troikaRulesOf(definition).body, day);
  const groups = await groupsOn(tx, [subject, ...(members ?? [])], day);
  const group = groups.get(subject) ?? null;
  const eligible = [...(members ?? [])].some(
    (each) => each !== subject && groups.get(each) === group,
  );
  if (group !== null && (eligible || members === undefined)) return null;
  return refusal('lot-group-empty', { for: subject, group });
}
