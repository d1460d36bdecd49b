import type { DocumentKind } from '../../kernel/definition.js';
import { rolesOf } from '../../kernel/roles.js';
import { secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission, Seat } from '../../platform/identity/viewer.js';
import { found, Refused } from '../../platform/refused.js';
import { Deadline, principalIds, type Engine, type Standing } from '../proceedings/index.js';
import { hidesAuthor, MASK, type Withdrawn } from '../record/index.js';
import { Document, Publication } from './documents.entity.js';
import { authored, versionsOf, type VersionWithTexts } from './documents.repository.js';
import { shownVersion } from './documents.rules.js';

const GROUPS: Record<string, string> = { state: 'states', organization: 'stakeholders' };

/** Roles that a side as such has here, whoever sits in it. */
export function rolesOfSide({ definition, participants }: Standing, side: string): string[] {
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
  /** The side to act through, where the person sits on several that fit. */
  readonly as?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly permission: Permission;
}

/**
 * The seat to act through. Nobody is made to speak for a side by a seat that somebody else
 * gave them: with several that fit, the request says which.
 *
 * @throws Refused `wrong-role`, `permission-missing`, or `side-ambiguous` with the sides
 */
export function chooseSeat(
  fitting: readonly Seat[],
  { by, as, permission }: Pick<Filer, 'by' | 'as' | 'permission'>,
): Seat {
  const named = fitting.filter(({ side }) => as === undefined || side === as);
  if (named.length === 0) throw new Refused('wrong-role', { by });
  const may = named.filter(({ permissions }) => permissions.includes(permission));
  if (may.length === 0) throw new Refused('permission-missing', { permission });
  if (may.length === 1) return may[0]!;
  throw new Refused('side-ambiguous', { sides: may.map(({ side }) => side) });
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
  { by, as, onBehalfOf, permission }: Filer,
): Promise<{ side: string; filedBy: string }> {
  const seats = tx.viewer?.seats ?? [];
  const allowed = (side: string): boolean =>
    rolesOfSide(standing, side).some((role) =>
      onBehalfOf === undefined ? by.includes(role) : role === 'secretariat',
    );
  const fitting = seats.filter(({ side }) => allowed(side));
  const theirs =
    onBehalfOf === undefined || rolesOfSide(standing, onBehalfOf).some((r) => by.includes(r));
  if (fitting.length === 0 || !theirs) throw new Refused('wrong-role', { by });
  if (onBehalfOf !== undefined && !(await principalIds(tx, [onBehalfOf])).has(onBehalfOf)) {
    throw new Refused('unknown-side', { side: onBehalfOf });
  }
  const seat = chooseSeat(fitting, { by, as, permission });
  return { side: onBehalfOf ?? seat.side, filedBy: seat.side };
}

/**
 * What stands against beginning something here for a side of the viewer's own, whichever of
 * several the request would name; null when nothing does.
 */
export function beginningRefused(
  tx: Tx,
  standing: Standing,
  { by, during }: Pick<DocumentKind, 'by' | 'during'>,
): string | null {
  const fitting = (tx.viewer?.seats ?? []).filter(({ side }) =>
    rolesOfSide(standing, side).some((role) => by.includes(role)),
  );
  if (fitting.length === 0) return 'wrong-role';
  if (!fitting.some(({ permissions }) => permissions.includes('prepare'))) {
    return 'permission-missing';
  }
  return during.includes(standing.proceeding.status) ? null : 'wrong-stage';
}

/** Whether the viewer sits on the side that filed it. */
export const isMine = (tx: Tx, { filedBy }: { readonly filedBy: string }): boolean =>
  tx.viewer?.seats.some(({ side }) => side === filedBy) ?? false;

/** @throws Refused `wrong-role` or `permission-missing` unless the viewer acts for who filed it */
export const assertFiler = (
  tx: Tx,
  { filedBy }: { readonly filedBy: string },
  permission: Permission,
): string => seatedSide(tx, [filedBy], permission);

/**
 * The first of these sides that the viewer acts for.
 *
 * @throws Refused `wrong-role`, or `permission-missing`
 */
function seatedSide(tx: Tx, sides: readonly string[], permission: Permission): string {
  const by = [...new Set(sides)];
  const mine = (tx.viewer?.seats ?? []).filter(({ side }) => by.includes(side));
  if (mine.length === 0) throw new Refused('wrong-role', { by });
  const may = mine.filter(({ permissions }) => permissions.includes(permission));
  const side = by.find((each) => may.some((seat) => seat.side === each));
  if (side === undefined) throw new Refused('permission-missing', { permission });
  return side;
}

/** A document that the viewer may see, with all that belongs to it, as they see it. */
export interface DocumentFound {
  readonly document: Document;
  readonly standing: Standing;
  readonly kind: DocumentKind;
  readonly versions: readonly VersionWithTexts[];
  /** For those alone who decide about it, where something was asked. */
  readonly publication: Publication | undefined;
  /** As the viewer is shown it, and names it. */
  readonly version: number;
}

/** The document of that id, under the proceeding's lock if asked. */
export async function documentStanding(
  tx: Tx,
  engine: Engine,
  id: string,
  { lock = false } = {},
): Promise<DocumentFound> {
  const seen = found(await tx.findOne(Document, { id }));
  const standing = await engine.standing(tx, seen.proceedingId, { lock });
  // Whoever held the proceeding before may have changed it.
  return lookInto(tx, standing, lock ? found(await tx.findOne(Document, { id })) : seen);
}

/** A document with all that belongs to it; with whose it is, if the viewer may still learn that. */
export async function lookInto(tx: Tx, standing: Standing, row: Document): Promise<DocumentFound> {
  const [document] = (await authored(tx, [row])) as [Document];
  const versions = await versionsOf(tx, row.id);
  const publication = await tx.findOne(Publication, { documentId: row.id });
  const version = shownVersion(row, publication ? [...versions, publication] : versions);
  const kind = kindOf(standing, row.kind);
  return { document, standing, kind, versions, publication, version };
}

/**
 * Who is named in an entry about a document: who filed it, and for whom; nobody where that was
 * withdrawn, for a chain cannot forget.
 */
export const namedIn = (
  { side, filedBy }: Pick<Document, 'side' | 'filedBy'>,
  withdrawn: Withdrawn | undefined,
): { by: string; onBehalfOf?: string } => {
  if (hidesAuthor(withdrawn)) return { by: MASK };
  return { by: filedBy, ...(side !== filedBy && { onBehalfOf: side }) };
};

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
  return rows.find(({ status }) => status !== 'cancelled');
}

/**
 * The side through which the viewer may decide about the publication: the office, the side whose
 * document it is, or the one that filed it for that side.
 */
export function asWhom(tx: Tx, { proceeding }: Standing, { side, filedBy }: Document): string {
  const office = secretariatSide(proceeding.mechanism);
  const seated = tx.viewer?.seats.find((seat) => seat.side === office);
  if (seated?.permissions.includes('submit')) return office;
  return seatedSide(tx, [side, filedBy], 'submit');
}
