import { Injectable } from '@nestjs/common';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { CASE, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise } from '../../platform/refused.js';
import {
  addParticipant,
  assertStates,
  Engine,
  principalIds,
  Proceeding,
  statesOn,
  type FactSource,
  type Offer,
  type Standing,
} from '../proceedings/index.js';
import { drawRefused } from './reviews.rules.js';
import type * as op from './reviews.schemas.js';
import { ReviewsService } from './reviews.service.js';

const RAPPORTEUR = 'rapporteur';
const RECORDERS = ['president', 'secretariat'];

/** A troika drawn by hand: recorded with its witnesses, and checked against the rules. */
@Injectable()
export class RecordTroika {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly reviews: ReviewsService,
  ) {}

  run({ viewer, params, body, ifMatch }: Input<typeof op.recordTroika>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const { proceeding } = standing;
      expectVersion(ifMatch, proceeding.version);
      raise(recordingRefused(standing));
      const byRole = found(recorder(standing));
      await this.check(tx, standing, body);
      await tx.asProcedure(proceeding.id, async () => {
        const ids = await principalIds(
          tx,
          body.states.map((state) => stateSide(state)),
        );
        const basis = `drawn by hand on ${body.drawnOn}, ${body.meeting}; witnesses: ${body.witnesses.join('; ')}`;
        for (const state of body.states) {
          const principalId = found(ids.get(stateSide(state)));
          await addParticipant(tx, proceeding.id, { role: RAPPORTEUR, principalId, basis });
        }
        const { id, version } = proceeding;
        await tx.update(Proceeding, { id, version }, { version: version + 1 });
        // Who witnessed it stands with the participants: the journal can forget nobody.
        const facts = { states: body.states, drawn: body.drawnOn };
        const place = { proceedingId: id, compartment: CASE };
        const happening = { ...place, what: 'troika-recorded', by: byRole, at: tx.now, facts };
        await append(tx, happening);
        await this.engine.refreshAccess(tx, { ...proceeding, version: version + 1 });
      });
      return this.reviews.show(tx, params.id);
    });
  }

  private async check(
    tx: Tx,
    { proceeding, definition }: Standing,
    { states, drawnOn }: Input<typeof op.recordTroika>['body'],
  ): Promise<void> {
    await assertStates(tx, states);
    const { groups, members } = await statesOn(tx, states, { body: 'hrc', day: drawnOn });
    raise(
      drawRefused({
        states,
        subject: proceeding.subject,
        seats: Number(definition.parameters['troika.seats']),
        groups,
        members,
      }),
    );
  }
}

const recorder = (standing: Standing): string | undefined =>
  standing.roles('submit').find((role) => RECORDERS.includes(role));

/** Whether the viewer may record a troika here, and there is none yet. */
function recordingRefused(standing: Standing): Refusal | null {
  const held = standing.roles().some((role) => RECORDERS.includes(role));
  if (!held) return refusal('wrong-role', { by: RECORDERS });
  if (!recorder(standing)) return refusal('permission-missing', { permission: 'submit' });
  const drawn = standing.participants.some(({ role }) => role === RAPPORTEUR);
  return drawn ? refusal('already-given') : null;
}

/** Where a procedure has a troika, the drawn one can be recorded, once. */
export const troikaOffer: Offer = {
  async actions(_, standing) {
    if (standing.definition.parameters['troika.seats'] === undefined) return [];
    const refused = recordingRefused(standing);
    const action = { action: 'record:troika', allowed: refused === null, deadline: null };
    return [refused ? { ...action, because: refused.code } : action];
  },
};

export const troikaFacts = (engine: Engine): FactSource => ({
  names: ['troika.recorded'],
  async gather(tx, proceedings) {
    const standings = await engine.standings(tx, proceedings);
    return new Map(
      standings.map(({ proceeding, definition, participants }) => {
        const recorded = participants.filter(({ role }) => role === RAPPORTEUR).length;
        const seats = definition.parameters['troika.seats'];
        return [proceeding.id, { 'troika.recorded': recorded === seats }];
      }),
    );
  },
});
