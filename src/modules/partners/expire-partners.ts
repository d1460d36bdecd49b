import { EXPIRY_GRACE_SECONDS } from '../../kernel/deadlines.js';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { Document, Partner } from '../documents/index.js';
import {
  latestDeadline,
  type Departure,
  type DueSource,
  type DutySource,
  type Engine,
  type Parts,
  type Proceeding,
  type Progress,
} from '../proceedings/index.js';
import { nextUnanswered, unanswered } from './partners.repository.js';
import { acceptingUntil, isStanding } from './partners.rules.js';
import { settlePartner, TOLD } from './settle-partner.js';

interface On {
  readonly engine: Engine;
  readonly parts: Parts;
}

/** The clock's part: who has not accepted by the deadline falls away, and the filing stays. Once. */
export const partnerDues = (on: On): DueSource => ({
  next: (tx, before, without) =>
    nextUnanswered(tx, { before, graceSeconds: EXPIRY_GRACE_SECONDS, without }),
  async fire(tx, proceeding, { id, due }) {
    const document = found(await tx.findOne(Document, { id }));
    const asked = await tx.find(Partner, { documentId: id, status: 'asked' });
    // Of one document some may have been asked before its file was registered.
    const over: Partner[] = [];
    for (const partner of asked) {
      const closing = found(await latestDeadline(tx, proceeding.id, partner.acceptedUntil));
      if (acceptingUntil(closing, partner) <= due) over.push(partner);
    }
    for (const partner of over.filter(({ side, compartment }) => compartment === deskOf(side))) {
      const set = { status: 'lapsed' as const };
      const told = { ...TOLD.lapse, by: 'clock', at: due };
      await settlePartner(tx, on, { proceeding, document, partner, set, told });
    }
  },
});

/** A partner that was asked owes an answer. */
export const partnerDuties: DutySource = {
  async owed(tx, reads, part) {
    const sides = tx.viewer?.seats.map(({ side }) => side) ?? [];
    const rows = await unanswered(reads, sides, part);
    return rows.map(({ id, proceedingId, subject, due, dueLocal, zone }) => ({
      id,
      proceedingId,
      state: subject,
      key: 'joint-acceptance',
      owedBy: 'partner',
      due,
      dueLocal,
      zone,
    }));
  },
};

/** Who has been asked, and has not answered, is held to the deadline until which they may. */
export const partnerProgress: Progress = {
  async of(tx, { proceeding }, { deadline }) {
    const where = {
      proceedingId: proceeding.id,
      status: 'asked',
      acceptedUntil: deadline,
    } as const;
    const asked = await tx.find(Partner, where);
    return { begun: asked.map(({ side }) => side), done: [] };
  },
};

/** After a restore: who had left, was taken off or was sealed is so again. */
export const departAgain =
  (on: On) =>
  async (tx: Tx, proceeding: Proceeding, { documentId, partnerId, became, at }: Departure) => {
    const document = await tx.findOne(Document, { id: documentId });
    const [partner] = await tx.find(Partner, { id: partnerId });
    if (!document || !partner) return 'absent' as const;
    const askedSince = partner.askedAt >= new Date(at);
    const done = !isStanding(partner) || (became === 'sealed' && partner.sealed);
    if (askedSince || done) return 'there' as const;
    const set = became === 'sealed' ? { sealed: true } : { status: became };
    const act = ({ sealed: 'seal', left: 'leave', removed: 'remove' } as const)[became];
    const told = { ...TOLD[act], by: 'platform', at: tx.now };
    await settlePartner(tx, on, { proceeding, document, partner, set, told });
    return 'again' as const;
  };
