import type { DocumentKind } from '../../kernel/definition.js';
import { secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import {
  latestDeadline,
  seatedSide,
  type Deadline,
  type Engine,
  type Standing,
} from '../proceedings/index.js';
import { hidesAuthor, MASK, type Withdrawn } from '../record/index.js';
import { Document, Partner, Publication, Registration } from './documents.entity.js';
import { authored, versionsOf, type VersionWithTexts } from './documents.repository.js';
import { isJoint, shownVersion } from './documents.rules.js';
import { partnersOf } from './partners.repository.js';

/** @throws Refused `unknown-kind`, with the kinds there are */
export function kindOf({ definition }: Standing, kind: string): DocumentKind {
  const known = definition.documents.find((each) => each.kind === kind);
  if (known) return known;
  const kinds = definition.documents.map((each) => each.kind);
  throw new Refused('unknown-kind', { kind, known: kinds });
}

/** A document that the viewer may see, with all that belongs to it, as they see it. */
export interface DocumentFound {
  readonly document: Document;
  readonly standing: Standing;
  readonly kind: DocumentKind;
  readonly versions: readonly VersionWithTexts[];
  /** For those alone who decide about it, where something was asked. */
  readonly publication: Publication | undefined;
  /** For its desk alone, where the file was registered. */
  readonly registration: Registration | undefined;
  /** Of a joint submission, as far as the viewer may know of them. */
  readonly partners: readonly Partner[];
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
  const kind = kindOf(standing, row.kind);
  const partners = isJoint(row) ? await partnersOf(tx, row.id) : [];
  const changed = [...versions, ...partners, ...(publication ? [publication] : [])];
  const version = shownVersion(row, changed);
  const registration =
    kind.registration === undefined
      ? undefined
      : await tx.findOne(Registration, { documentId: row.id });
  return { document, standing, kind, versions, publication, registration, partners, version };
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
export const closingOf = async (
  tx: Tx,
  proceedingId: string,
  { deadline }: DocumentKind,
): Promise<Deadline | undefined> =>
  deadline === undefined ? undefined : latestDeadline(tx, proceedingId, deadline);

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
