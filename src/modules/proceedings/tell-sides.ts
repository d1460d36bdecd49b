import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append, type Happening } from '../../platform/journal/journal.js';
import type { Engine } from './engine.service.js';
import type { Standing } from './register-parts.js';

type Desks = Pick<Engine, 'joinSide'>;
interface Telling extends Pick<Happening, 'what' | 'by' | 'onBehalfOf' | 'facts'> {
  readonly sides: readonly string[];
}

/** Tells sides of what is theirs, each in its own desk: nobody learns from it who else was told. */
export async function tellSides(
  tx: Tx,
  desks: Desks,
  standing: Standing,
  { sides, ...told }: Telling,
): Promise<void> {
  const { id: proceedingId } = standing.proceeding;
  for (const side of sides) {
    await desks.joinSide(tx, standing, side);
    const place = { proceedingId, compartment: deskOf(side) };
    await tx.asProcedure(proceedingId, () => append(tx, { ...place, ...told, at: tx.now }));
  }
}

/** Asks sides for something, each of which is named in its own desk alone. */
export async function askSides(
  tx: Tx,
  desks: Desks,
  standing: Standing,
  { sides, facts, ...asking }: Telling,
): Promise<void> {
  for (const side of sides) {
    const asked = { ...facts, asked: [side] };
    await tellSides(tx, desks, standing, { ...asking, sides: [side], facts: asked });
  }
}
