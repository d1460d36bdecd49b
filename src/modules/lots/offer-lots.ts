import { offeredAll } from '../../kernel/offered.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { codeOf, found } from '../../platform/refused.js';
import { Session, Slot } from '../calendar/index.js';
import type { Engine, FactSource, Offer, Standing } from '../proceedings/index.js';
import { askingRefused, lookIntoTroika } from './check-request.js';
import { Lot, type TroikaRequest } from './lots.entity.js';
import { rapporteursIn } from './lots.repository.js';
import { dayOf, keepingRefused } from './lots.rules.js';
import type { Purposes } from './register-purposes.js';
import { sittingIn, troikaRulesOf } from './troika.rules.js';

/** Where a procedure has a troika: it is drawn, or recorded as drawn, and States ask of it. */
export const troikaOffer = (purposes: Purposes): Offer => ({
  async actions(tx, standing) {
    const { seats } = troikaRulesOf(standing.definition);
    if (seats === undefined) return [];
    const full = sittingIn(standing).length >= seats ? refusal('already-given') : null;
    const sitting = sittingIn(standing);
    const mine = sitting.find((state) =>
      tx.viewer?.seats.some(({ side }) => side === stateSide(state)),
    );
    const look = lookIntoTroika(tx, standing);
    const ask = (kind: TroikaRequest['kind'], rapporteur: string | null) =>
      askingRefused(tx, standing, { kind, rapporteur }, look);
    return offeredAll({
      'record:troika': keepingRefused(standing) ?? full,
      'announce:troika': await announcingRefused(tx, purposes, standing),
      'ask:own-region': await ask('own-region', null),
      'ask:substitution': await ask('substitution', sitting[0] ?? ''),
      'ask:excusal': await ask('excusal', mine ?? ''),
    });
  },
});

/** As far as can be told before its public value is named. */
async function announcingRefused(
  tx: Tx,
  purposes: Purposes,
  standing: Standing,
): Promise<Refusal | string | null> {
  const refused = keepingRefused(standing);
  if (refused) return refused;
  const { id, subject, slotId } = standing.proceeding;
  const slot = found(await tx.findOne(Slot, { id: found(slotId) }));
  const session = found(await tx.findOne(Session, { id: slot.sessionId }));
  const ground = { session, state: subject, reviews: [standing], home: standing };
  const day = dayOf(tx.now, standing.definition.zone);
  const planning = purposes.of('troika', ground).plan(tx, ground, { day });
  const unplanned = await planning.then(() => null, codeOf);
  if (unplanned !== null) return unplanned;
  const where = {
    proceedingId: id,
    purpose: 'troika',
    status: 'announced',
    state: subject,
  } as const;
  return (await tx.findOne(Lot, where)) ? refusal('already-exists') : null;
}

export const troikaFacts = (engine: Engine): FactSource => ({
  names: ['troika.recorded'],
  async gather(tx, proceedings) {
    const ids = proceedings.map(({ id }) => id);
    const recorded = await rapporteursIn(tx, ids);
    return new Map(
      proceedings.map((proceeding) => {
        const { seats } = troikaRulesOf(engine.definitionOf(proceeding));
        const sitting = recorded.get(proceeding.id) ?? 0;
        return [proceeding.id, { 'troika.recorded': sitting === seats }];
      }),
    );
  },
});
