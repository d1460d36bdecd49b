import { asDue } from '../../kernel/deadlines.js';
import { instantOf } from '../../kernel/instants.js';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { expectVersion, Refused } from '../../platform/refused.js';
import { documentStanding, isJoint, type DocumentFound, type Partner } from '../documents/index.js';
import { latestDeadline, type Deadline, type Engine } from '../proceedings/index.js';
import { acceptingUntil } from './partners.rules.js';

/** A joint submission with its partners, as the viewer sees them. */
export interface JointFound extends DocumentFound {
  /** Until when partners are asked; undefined where the calendar has no day for it. */
  readonly closing: Deadline | undefined;
  /** Until when they accept: longer, where the file was registered before it. */
  readonly accepting: Deadline | undefined;
  /** Whether it is one at all: another document has no partners. */
  readonly offered: boolean;
  /** As they stand in desks: of the lead all of them, of a partner its own. */
  readonly own: readonly Partner[];
}

/** @throws Refused `not-found` */
export async function jointStanding(
  tx: Tx,
  engine: Engine,
  id: string,
  { lock = false } = {},
): Promise<JointFound> {
  const shown = await documentStanding(tx, engine, id, { lock });
  const { document, kind, partners } = shown;
  const offered = kind.partners !== undefined && isJoint(document);
  const until = offered ? kind.partners?.acceptedUntil : undefined;
  const closing =
    until === undefined ? until : await latestDeadline(tx, document.proceedingId, until);
  const own = partners.filter(({ compartment }) => compartment.startsWith(deskOf('')));
  return { ...shown, closing, accepting: acceptedBy(closing, own), offered, own };
}

/** All that are in on a filing have the same time. */
function acceptedBy(closing: Deadline | undefined, own: readonly Partner[]): Deadline | undefined {
  const extended = own.find(({ extendedBy }) => extendedBy !== null);
  if (!closing || !extended) return closing;
  const until = acceptingUntil(closing, extended);
  return {
    ...closing,
    due: until,
    dueLocal: asDue(instantOf(until.toISOString())!, closing.zone).local,
  };
}

/**
 * As `jointStanding`, under the lock, for whoever would change it as they were shown it.
 *
 * @throws Refused `not-offered` for a document that its side files alone
 */
export async function jointToChange(
  tx: Tx,
  engine: Engine,
  { id, ifMatch }: { readonly id: string; readonly ifMatch: number | undefined },
): Promise<JointFound> {
  const joint = await jointStanding(tx, engine, id, { lock: true });
  expectVersion(ifMatch, joint.version);
  if (!joint.offered) throw new Refused('not-offered', { kind: joint.kind.kind });
  return joint;
}

/** The text that stands to be accepted: the original of the first version. */
export const textToAccept = ({ versions }: Pick<DocumentFound, 'versions'>): string | null =>
  versions.find(({ n }) => n === 1)?.texts.find(({ standing }) => standing === 'original')
    ?.sha256 ?? null;
