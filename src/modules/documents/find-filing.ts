import type { DocumentKind } from '../../kernel/definition.js';
import { rolesOf } from '../../kernel/roles.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission } from '../../platform/identity/viewer.js';
import { found, Refused } from '../../platform/refused.js';
import { Deadline, principalIds, type Engine, type Standing } from '../proceedings/index.js';
import { Document } from './documents.entity.js';

const GROUPS: Record<string, string> = { state: 'states', organization: 'stakeholders' };

/** Roles that a side as such has here, whoever sits in it. */
function rolesOfSide({ definition, participants }: Standing, side: string): string[] {
  const group = GROUPS[side.split(':')[0]!];
  const seats = [{ principal: side }, ...(group === undefined ? [] : [{ principal: group }])];
  return rolesOf(definition, { participants, seats });
}

/** @throws Refused `unknown-kind`, with the kinds there are */
export function kindOf({ definition }: Standing, kind: string): DocumentKind {
  const known = definition.documents.find((each) => each.kind === kind);
  if (known) return known;
  const kinds = definition.documents.map((each) => each.kind);
  throw new Refused('unknown-kind', { kind, known: kinds });
}

interface Filer {
  /** Roles of which the author needs one. */
  readonly by: readonly string[];
  readonly onBehalfOf?: string | undefined;
  readonly permission: Permission;
}

/**
 * Through which of the viewer's sides this may be filed, and whose document it becomes. A
 * secretariat may file what a side handed to it; that is recorded and shown.
 *
 * @throws Refused `wrong-role`, `unknown-side`, or `permission-missing` with what lacks
 */
export async function filingSide(
  tx: Tx,
  standing: Standing,
  { by, onBehalfOf, permission }: Filer,
): Promise<{ side: string; filedBy: string }> {
  const seats = tx.viewer?.seats ?? [];
  const allowed = (side: string): boolean =>
    rolesOfSide(standing, side).some((role) =>
      onBehalfOf === undefined ? by.includes(role) : role === 'secretariat',
    );
  const fitting = seats.filter(({ side }) => allowed(side));
  const authored =
    onBehalfOf === undefined || rolesOfSide(standing, onBehalfOf).some((r) => by.includes(r));
  if (fitting.length === 0 || !authored) throw new Refused('wrong-role', { by });
  if (onBehalfOf !== undefined && !(await principalIds(tx, [onBehalfOf])).has(onBehalfOf)) {
    throw new Refused('unknown-side', { side: onBehalfOf });
  }
  const seat = fitting.find(({ permissions }) => permissions.includes(permission));
  if (!seat) throw new Refused('permission-missing', { permission });
  return { side: onBehalfOf ?? seat.side, filedBy: seat.side };
}

/** @throws Refused `wrong-role` or `permission-missing` unless the viewer acts for who filed it */
export function assertFiler(
  tx: Tx,
  document: { readonly filedBy: string },
  permission: Permission,
): void {
  const mine = (tx.viewer?.seats ?? []).filter(({ side }) => side === document.filedBy);
  if (mine.length === 0) throw new Refused('wrong-role', { by: [document.filedBy] });
  if (!mine.some(({ permissions }) => permissions.includes(permission))) {
    throw new Refused('permission-missing', { permission });
  }
}

/** The document that the viewer may see, with its proceeding. */
export async function documentStanding(
  tx: Tx,
  engine: Engine,
  id: string,
  { lock = false } = {},
): Promise<{ document: Document; standing: Standing; kind: DocumentKind }> {
  const document = found(await tx.findOne(Document, { id }));
  const standing = await engine.standing(tx, document.proceedingId, { lock });
  return { document, standing, kind: kindOf(standing, document.kind) };
}

/** The deadline that governs a kind here, the latest one. */
export async function closingOf(
  tx: Tx,
  proceedingId: string,
  kind: DocumentKind,
): Promise<Deadline | undefined> {
  if (kind.deadline === undefined) return undefined;
  const rows = await tx.find(
    Deadline,
    { proceedingId, key: kind.deadline },
    { order: { due: 'DESC' } },
  );
  return rows[0];
}
