import { CLOCK, deriveAccess, diffAccess, type AccessRow } from '../../kernel/access.js';
import type { Definition } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Proceeding } from './proceedings.entity.js';
import {
  assistantsOf,
  circlesOf,
  participantsOf,
  principalIds,
  sidesOf,
} from './proceedings.repository.js';

interface Ground {
  readonly proceedingId: string;
  readonly stage: string;
  readonly participants: readonly { role: string; principal: string }[];
  readonly sides: readonly string[];
  readonly circles: readonly { circle: string; side: string }[];
  readonly assistants: readonly { side: string; principal: string }[];
}

/** The rows that the definition gives this proceeding as it stands. */
async function derive(tx: Tx, definition: Definition, ground: Ground): Promise<AccessRow[]> {
  const standing = definition.roles.flatMap((role) => role.principal ?? []);
  const taking = ground.participants.map(({ principal }) => principal);
  const helping = ground.assistants.map(({ principal }) => principal);
  const keys = [...new Set([CLOCK, ...standing, ...taking, ...ground.sides, ...helping])];
  return deriveAccess(definition, { ...ground, principals: await principalIds(tx, keys) });
}

/** Founds the access of a proceeding that does not exist yet: its rows come before it. */
export async function foundAccess(tx: Tx, definition: Definition, ground: Ground): Promise<void> {
  const rows = await derive(tx, definition, ground);
  await tx.rows('SELECT casework.regrant($1, $2, $3)', [
    ground.proceedingId,
    JSON.stringify(rows),
    '[]',
  ]);
}

/**
 * Grants as they stand, and as the definition derives them now. As the procedure.
 *
 * @param given the sides, where one is just joining; else those on record
 */
export async function compareAccess(
  tx: Tx,
  definition: Definition,
  proceeding: Pick<Proceeding, 'id' | 'status'>,
  given?: readonly string[],
): Promise<{ stored: AccessRow[]; derived: AccessRow[] }> {
  const stored = await tx.rows<AccessRow>(
    'SELECT compartment, principal_id AS "principalId", because FROM casework.grants($1)',
    [proceeding.id],
  );
  const participants = await participantsOf(tx, proceeding.id);
  const sides = given ?? (await sidesOf(tx, proceeding.id)).map(({ key }) => key);
  const circles = await circlesOf(tx, proceeding.id);
  const assistants = await assistantsOf(tx, proceeding.id);
  const where = { proceedingId: proceeding.id, stage: proceeding.status };
  const ground = { ...where, participants, sides, circles, assistants };
  return { stored, derived: await derive(tx, definition, ground) };
}

/** Applies the difference between the two; every move does, and every new side. */
export async function refreshAccess(
  tx: Tx,
  definition: Definition,
  proceeding: Pick<Proceeding, 'id' | 'status'>,
  sides?: readonly string[],
): Promise<void> {
  const { stored, derived } = await compareAccess(tx, definition, proceeding, sides);
  const { grant, revoke } = diffAccess(stored, derived);
  if (grant.length + revoke.length === 0) return;
  await tx.rows('SELECT casework.regrant($1, $2, $3)', [
    proceeding.id,
    JSON.stringify(grant),
    JSON.stringify(revoke),
  ]);
}
