import { randomUUID } from 'node:crypto';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { found } from '../../platform/refused.js';
import {
  Participant,
  Proceeding,
  removeParticipant,
  StageEntry,
  type Consequence,
} from '../proceedings/index.js';
import { Communicant, Intake, IntakeParagraph } from './intake.entity.js';
import { clearCommunicants, clearForm } from './intake.repository.js';
import { namesOf, placesOf } from './intake.rules.js';

const sideOf = ({ compartment }: Intake): string => compartment.replace(/^desk:/, '');

/**
 * Gives each audience what is theirs of the form. The proceeding is opened to others now, and nothing
 * tells them how long it was prepared.
 */
export const handIn: Consequence = {
  name: 'hand-in',
  async apply(tx, { proceeding, at }) {
    const { id: proceedingId } = proceeding;
    const intake = found(await tx.findOne(Intake, { proceedingId }));
    const side = sideOf(intake);
    const where = { proceedingId, compartment: intake.compartment };
    const paragraphs = await tx.find(IntakeParagraph, where);
    const communicants = await tx.find(Communicant, where);
    const placed = paragraphs.flatMap((each) => placesOf(side, each));
    const named = communicants.flatMap((each) => namesOf(side, intake.naming, each));
    const fresh = <T>(row: T) => ({ ...row, id: randomUUID(), proceedingId });
    await tx.insert(IntakeParagraph, placed.map(fresh));
    await tx.insert(Communicant, named.map(fresh));
    await beginAnew(tx, proceedingId, at);
    const { version } = proceeding;
    await tx.update(Proceeding, { id: proceedingId, version }, { openedAt: at });
    const { byRole } = found(await tx.findOne(StageEntry, { proceedingId, n: version }));
    const { mechanism, mechanismVersion, subject, trigger } = proceeding;
    const facts = { mechanism, version: mechanismVersion, subject, trigger };
    await append(tx, { proceedingId, compartment: CASE, what: 'opened', by: byRole, at, facts });
  },
};

/** What was prepared and given up is forgotten, names first. */
export const eraseIntake: Consequence = {
  name: 'erase-intake',
  async apply(tx, { proceeding }) {
    const intake = found(await tx.findOne(Intake, { proceedingId: proceeding.id }));
    await clearCommunicants(tx, intake);
    await clearForm(tx, intake);
  },
};

/** Those who take part do so from now on, as others are to know. */
async function beginAnew(tx: Tx, proceedingId: string, at: Date): Promise<void> {
  for (const each of await tx.find(Participant, { proceedingId })) {
    await removeParticipant(tx, proceedingId, each);
    await tx.insert(Participant, { ...each, recordedAt: at });
  }
}
