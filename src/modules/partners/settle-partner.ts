import { circleOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import {
  copiesOf,
  forgetNamed,
  Partner,
  publishDocuments,
  type Document,
} from '../documents/index.js';
import type { Engine, Parts, Proceeding } from '../proceedings/index.js';
import { hidesAuthor, withdrawnOf } from '../record/index.js';
import { isNamed, isStanding } from './partners.rules.js';

/** What the journal calls it. */
export const TOLD = {
  accept: { what: 'partner-accepted' },
  decline: { what: 'partner-declined' },
  seal: { what: 'partner-sealed' },
  leave: { what: 'partner-left' },
  remove: { what: 'partner-removed' },
  lapse: { what: 'partner-lapsed' },
} as const;

interface Settling {
  readonly proceeding: Proceeding;
  readonly document: Document;
  readonly partner: Partner;
  readonly set: Partial<
    Pick<Partner, 'status' | 'sealed' | 'answeredAt' | 'acceptedSha256' | 'extendedBy'>
  >;
  readonly told: { readonly what: string; readonly by: string; readonly at: Date };
}

/**
 * What became of a partner, wherever it stands: in both desks, among those who are named, in what
 * it may read, in the record, and in what is written from the document. As the procedure, under the lock.
 */
export async function settlePartner(
  tx: Tx,
  { engine, parts }: { readonly engine: Engine; readonly parts: Parts },
  given: Settling,
): Promise<void> {
  const { proceeding, document, partner, set, told } = given;
  const circle = circleOf(document.id);
  const copies = await copiesOf(tx, partner.id);
  const now = { ...partner, ...set };
  const { proceedingId, documentId, id } = partner;
  const was = copies.some(({ compartment }) => compartment === circle);
  const named = isNamed(now) && (await mayBeNamed(tx, document));
  if (was && !named) {
    await forgetNamed(tx, partner);
    for (const follow of parts.unnaming) await follow(tx, partner);
  }
  for (const { compartment, edits } of copies.filter((each) => each.compartment !== circle)) {
    await tx.update(Partner, { id, compartment }, { ...set, edits: edits + 1 });
    const facts = { documentId, partnerId: id };
    await append(tx, { proceedingId, compartment, ...told, facts });
  }
  if (named && !was) await tx.insert(Partner, { ...now, compartment: circle, edits: 0 });
  if (!isStanding(now)) await engine.leaveCircle(tx, proceeding, circle, partner.side);
  if (was !== named && document.status === 'published') {
    await publishDocuments(tx, proceeding, engine.definitionOf(proceeding));
  }
}

/** Nobody is named of a draft, nor beside an author who was withdrawn. */
async function mayBeNamed(tx: Tx, { status, publicId }: Document): Promise<boolean> {
  return status !== 'draft' && !hidesAuthor(await withdrawnOf(tx, publicId));
}
