import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { circleOf, deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { raise, Refused } from '../../platform/refused.js';
import { namedIn, Partner } from '../documents/index.js';
import {
  assistedBy,
  assertFiler,
  assertIndependent,
  Engine,
  lateRefused,
  Parts,
  principalIds,
  WithdrawalLedger,
  type Departure,
} from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { jointStanding, jointToChange, textToAccept, type JointFound } from './find-partners.js';
import { partnerActions, seatOfPartner } from './list-actions.js';
import { presentPartner, presentPartners } from './partners.presenter.js';
import { namesOf } from './partners.repository.js';
import { answered, answerRefused, isStanding, namingRefused } from './partners.rules.js';
import type * as op from './partners.schemas.js';
import { settlePartner, TOLD } from './settle-partner.js';

/** Organizations that file a document together: its lead asks, each answers for itself. */
@Injectable()
export class PartnersService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly parts: Parts,
    private readonly ledger: WithdrawalLedger,
  ) {}

  list({ viewer, params }: Input<typeof op.listSignatories>) {
    return this.work.read(viewer, (tx) => this.show(tx, params.id));
  }

  name({ viewer, params, body, ifMatch }: Input<typeof op.nameSignatory>) {
    return this.work.write(viewer, async (tx) => {
      const joint = await jointToChange(tx, this.engine, { id: params.id, ifMatch });
      const { document, closing, kind, own } = joint;
      const lead = assertFiler(tx, document, 'prepare');
      const { status, submittedAt } = document;
      if (status !== 'draft') throw new Refused('already-submitted', { submittedAt });
      const side = `organization:${body.organization}`;
      raise(namingRefused({ side, lead, partners: own, most: kind.partners!.most }));
      raise(lateRefused(closing, tx.now));
      if (!(await principalIds(tx, [side])).has(side)) throw new Refused('unknown-side', { side });
      await this.ask(tx, joint, { side, lead });
      tx.keepAnswerIn({ proceedingId: document.proceedingId, compartment: deskOf(lead) });
      return this.show(tx, params.id);
    });
  }

  remove({ viewer, params, body, ifMatch }: Input<typeof op.removeSignatory>) {
    return this.work.write(viewer, async (tx) => {
      const joint = await jointToChange(tx, this.engine, { id: params.id, ifMatch });
      const { document, own } = joint;
      const lead = assertFiler(tx, document, 'prepare');
      const side = `organization:${body.organization}`;
      const partner = own.find((each) => each.side === side && isStanding(each));
      if (!partner) throw new Refused('unknown-side', { side });
      const { by } = namedIn(document, await withdrawnOf(tx, document.publicId));
      const set = { status: 'removed' as const };
      await this.settle(tx, joint, { partner, set, by, ...TOLD.remove });
      this.remember(tx, partner, 'removed');
      tx.keepAnswerIn({ proceedingId: document.proceedingId, compartment: deskOf(lead) });
      return this.show(tx, params.id);
    });
  }

  answer({ viewer, params, body, ifMatch }: Input<typeof op.answerSignatory>) {
    return this.work.write(viewer, async (tx) => {
      const joint = await jointToChange(tx, this.engine, { id: params.id, ifMatch });
      const { document, accepting, own, publication } = joint;
      const partner = seatOfPartner(tx, own, body.as);
      const text = textToAccept(joint);
      const { answer, sealed = false } = body;
      const ground = { state: partner, closing: accepting, now: tx.now, hasText: text !== null };
      raise(answerRefused(answer, ground));
      if (answer === 'accept') await assertIndependent(tx, joint.standing, partner.side);
      const set = answered(answer, { sealed, text, now: tx.now });
      await this.settle(tx, joint, { partner, set, ...TOLD[answer], by: 'partner' });
      if (answer === 'seal') this.remember(tx, partner, 'sealed');
      if (answer === 'leave') this.remember(tx, partner, 'left');
      tx.keepAnswerIn({ proceedingId: document.proceedingId, compartment: partner.compartment });
      const name = (await namesOf(tx, [partner.side])).get(partner.side)!;
      const kept = publication?.audience === 'parties';
      const shown = presentPartner({ ...partner, ...set }, { name, own: true, kept });
      // Its own row counted one change.
      return { ...shown, version: joint.version + 1 };
    });
  }

  private async show(tx: Tx, id: string) {
    const joint = await jointStanding(tx, this.engine, id);
    const sides = [joint.document.side, ...joint.partners.map(({ side }) => side)];
    const names = await namesOf(tx, sides);
    return presentPartners(joint, { names, actions: partnerActions(tx, joint) });
  }

  /** Lets a side read the draft, and puts the question in both desks. */
  private async ask(
    tx: Tx,
    { document, standing, kind, own, registration }: JointFound,
    { side, lead }: { side: string; lead: string },
  ): Promise<void> {
    const { id: documentId, proceedingId } = document;
    // Who helps the State under review is asked like everybody, and does not read the draft.
    const [helped] = await tx.asProcedure(proceedingId, () => assistedBy(tx, proceedingId, side));
    if (helped) await this.engine.joinSide(tx, standing, side);
    else await this.engine.joinCircle(tx, standing, circleOf(documentId), side);
    // Who asked for its seal before keeps it.
    const before = own.find((each) => each.side === side);
    const asked = {
      status: 'asked' as const,
      askedAt: tx.now,
      answeredAt: null,
      acceptedSha256: null,
      extendedBy: (registration && kind.registration) ?? null,
    };
    if (before) {
      await this.settle(
        tx,
        { document, standing },
        {
          partner: before,
          set: asked,
          what: 'partner-named',
          by: lead,
        },
      );
      return;
    }
    const id = randomUUID();
    const place = { id, proceedingId, documentId, side };
    const acceptedUntil = kind.partners!.acceptedUntil;
    await tx.asProcedure(proceedingId, async () => {
      for (const compartment of [deskOf(lead), deskOf(side)]) {
        await tx.insert(Partner, {
          ...place,
          compartment,
          ...asked,
          sealed: false,
          acceptedUntil,
          edits: 1,
        });
        const facts = { documentId, partnerId: id };
        const what = 'partner-named';
        await append(tx, { proceedingId, compartment, what, by: lead, at: tx.now, facts });
      }
    });
  }

  private settle(
    tx: Tx,
    { document, standing: { proceeding } }: Pick<JointFound, 'document' | 'standing'>,
    {
      partner,
      set,
      what,
      by,
    }: { partner: Partner; set: Partial<Partner>; what: string; by: string },
  ): Promise<void> {
    const given = { proceeding, document, partner, set, told: { what, by, at: tx.now } };
    const on = { engine: this.engine, parts: this.parts };
    return tx.asProcedure(proceeding.id, () => settlePartner(tx, on, given));
  }

  /** A restored database would name it again: the ledger is written right before the commit. */
  private remember(tx: Tx, partner: Partner, became: Departure['became']): void {
    const { id: partnerId, documentId, proceedingId } = partner;
    const at = tx.now.toISOString();
    const entry = { id: randomUUID(), at, kind: 'partner' as const, proceedingId };
    tx.beforeCommit(() => this.ledger.append({ ...entry, documentId, partnerId, became }));
  }
}
