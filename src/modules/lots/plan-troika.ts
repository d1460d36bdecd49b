import type { DrawRules, Drawn } from '../../kernel/lots.js';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import { groupsOn, seatedOn } from '../directory/index.js';
import {
  addParticipant,
  assertStates,
  calendarOf,
  principalIds,
  Proceeding,
  publishPage,
  type Engine,
  type Standing,
} from '../proceedings/index.js';
import { asReview, concerned, type Ground } from './find-ground.js';
import { TroikaRequest } from './lots.entity.js';
import type { PlanAsked, Purpose } from './register-purposes.js';
import { RAPPORTEUR, roundOf, sittingIn, troikaRefused, troikaRulesOf } from './troika.rules.js';

/** Rapporteurs for one review, or for all of a session that lack some. */
export const troikaPurpose = (engine: Engine): Purpose => ({
  purpose: 'troika',
  scopes: ['review', 'session'],
  refuse: (fault, { state }) => troikaRefused(fault, state),
  plan,
  async apply(tx, ground, { result, basis }) {
    for (const standing of concerned(ground, result)) {
      const { drawn } = result.find((each) => each.for === standing.proceeding.subject)!;
      await asReview(tx, ground, standing, () => seat(tx, engine, standing, { drawn, basis }));
    }
  },
});

async function plan(tx: Tx, ground: Ground, asked: PlanAsked): Promise<DrawRules> {
  const wanted = asked.byHand?.map((each) => each.for) ?? asked.only;
  const lacking: { standing: Standing; vacant: number }[] = [];
  for (const standing of ground.reviews) {
    if (ground.state === null && wanted && !wanted.includes(standing.proceeding.subject)) continue;
    const vacant = await vacantIn(tx, standing, asked.byHand !== undefined);
    if (typeof vacant === 'number') lacking.push({ standing, vacant });
    else if (ground.state !== null) throw vacant;
  }
  if (lacking.length === 0) throw new Refused('already-given');
  const { body } = troikaRulesOf(ground.home.definition);
  const keys = await poolOf(tx, body, asked);
  const subjects = lacking.map(({ standing }) => standing.proceeding.subject);
  const sitting = lacking.flatMap(({ standing }) => sittingIn(standing));
  const groups = await groupsOn(tx, [...keys, ...subjects, ...sitting], asked.day);
  const rounds = [];
  for (const { standing, vacant } of lacking) {
    const { id, subject } = standing.proceeding;
    const requests = await asReview(tx, ground, standing, () =>
      tx.find(TroikaRequest, { proceedingId: id }),
    );
    rounds.push(roundOf({ subject, vacant, sitting: sittingIn(standing), requests, groups }));
  }
  const pool = keys.map((key) => ({ key, group: groups.get(key) ?? null }));
  return { algorithm: 'choose', pool, rounds, balanced: rounds.length > 1 };
}

/** How many seats are to be filled, or why none is. What was drawn by hand may be told late. */
async function vacantIn(tx: Tx, standing: Standing, byHand: boolean): Promise<number | Refused> {
  const { seats } = troikaRulesOf(standing.definition);
  if (seats === undefined) return new Refused('lot-not-offered', { purpose: 'troika' });
  const vacant = seats - sittingIn(standing).length;
  if (vacant <= 0) return new Refused('already-given');
  return !byHand && (await hasBegun(tx, standing)) ? new Refused('too-late') : vacant;
}

/** Whether the dialogue has begun: nobody joins or leaves the troika any more. */
export async function hasBegun(tx: Tx, { proceeding }: Standing): Promise<boolean> {
  const { slot } = found(await calendarOf(tx, found(proceeding.slotId)));
  return slot.starts <= tx.now;
}

/**
 * The members of the body that day, by code. By hand, also where nobody's term is on record: then
 * whoever was drawn is believed to sit there.
 */
async function poolOf(tx: Tx, body: string, { day, byHand }: PlanAsked): Promise<string[]> {
  const drawn = (byHand ?? []).flatMap((each) => each.drawn);
  await assertStates(tx, drawn);
  const members = (await seatedOn(tx, body, day)) ?? (byHand && new Set(drawn));
  if (!members) throw new Refused('membership-unknown', { body, day });
  return [...members].toSorted();
}

/** As the procedure: what their role opens is theirs at once. */
async function seat(
  tx: Tx,
  engine: Engine,
  { proceeding }: Standing,
  { drawn, basis }: { drawn: Drawn['drawn']; basis: string },
): Promise<void> {
  const { id, version } = proceeding;
  const ids = await principalIds(
    tx,
    drawn.map((state) => stateSide(state)),
  );
  for (const state of drawn) {
    const principalId = found(ids.get(stateSide(state)));
    await addParticipant(tx, id, { role: RAPPORTEUR, principalId, basis });
  }
  await tx.update(Proceeding, { id, version }, { version: version + 1 });
  await engine.refreshAccess(tx, proceeding);
  if (proceeding.publicId !== null) await publishPage(tx, proceeding);
}
