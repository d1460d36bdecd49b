import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CASE, stateOf, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { groupsOn } from '../directory/index.js';
import {
  Engine,
  Proceeding,
  publishPage,
  removeParticipant,
  type Standing,
} from '../proceedings/index.js';
import { askingRefused } from './check-request.js';
import { TroikaRequest } from './lots.entity.js';
import { dayOf, keeperIn, keepingRefused } from './lots.rules.js';
import { hasBegun } from './plan-troika.js';
import { RAPPORTEUR, sittingIn, troikaRulesOf } from './troika.rules.js';
import type * as op from './troika.schemas.js';

const COMMITTEE = 'committee';

const present = ({ askedAt, answeredAt, ...row }: TroikaRequest) => ({
  id: row.id,
  kind: row.kind,
  rapporteur: row.rapporteur,
  status: row.status,
  askedAt: askedAt.toISOString(),
  answeredAt: answeredAt?.toISOString() ?? null,
  version: row.version,
});

/** What a State under review and its rapporteurs may ask (res. 5/1, annex, paras. 19 and 20). */
@Injectable()
export class ReplaceRapporteur {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  get({ viewer, params }: Input<typeof op.getTroika>) {
    return this.work.read(viewer, (tx) => this.show(tx, params.id));
  }

  ask({ viewer, params, body, ifMatch }: Input<typeof op.askOfTroika>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      expectVersion(ifMatch, standing.proceeding.version);
      const { kind, rapporteur = null } = body;
      raise(await askingRefused(tx, standing, { kind, rapporteur }));
      const { id } = standing.proceeding;
      const open = kind === 'excusal';
      const request: TroikaRequest = {
        id: randomUUID(),
        proceedingId: id,
        compartment: open ? COMMITTEE : CASE,
        kind,
        rapporteur,
        status: open ? 'open' : 'granted',
        askedAt: tx.now,
        answeredAt: open ? null : tx.now,
        version: 1,
      };
      await tx.asProcedure(id, async () => {
        await tx.insert(TroikaRequest, request);
        if (kind === 'own-region') await this.tell(tx, request, { what: 'own-region-asked' });
        if (kind === 'excusal') await this.tell(tx, request, { what: 'excusal-asked' });
        if (kind !== 'substitution') return;
        await this.vacate(tx, standing, found(rapporteur));
        await this.tell(tx, request, { what: 'rapporteur-substituted', leaving: true });
      });
      return this.show(tx, id);
    });
  }

  answer({ viewer, params, body: { grant }, ifMatch }: Input<typeof op.answerTroikaRequest>) {
    return this.work.write(viewer, async (tx) => {
      const seen = found(await tx.findOne(TroikaRequest, { id: params.id }));
      const standing = await this.engine.standing(tx, seen.proceedingId, { lock: true });
      const { id, version, ...was } = found(await tx.findOne(TroikaRequest, { id: params.id }));
      expectVersion(ifMatch, version);
      raise(keepingRefused(standing));
      if (was.status !== 'open') throw new Refused('already-given', { status: was.status });
      if (await hasBegun(tx, standing)) throw new Refused('too-late');
      const by = found(keeperIn(standing));
      const set = {
        status: grant ? ('granted' as const) : ('declined' as const),
        // That somebody left is known to everybody in the case; that they wished to stays here.
        compartment: grant ? CASE : COMMITTEE,
        answeredAt: tx.now,
        version: version + 1,
      };
      const request = { id, ...was, ...set };
      await tx.asProcedure(was.proceedingId, async () => {
        await tx.update(TroikaRequest, { id, version }, set);
        if (grant) await this.vacate(tx, standing, found(was.rapporteur));
        const event = { what: grant ? 'rapporteur-excused' : 'excusal-declined', leaving: grant };
        await this.tell(tx, request, { ...event, by });
      });
      return present(request);
    });
  }

  /** As the procedure. Whoever leaves the seat loses at once what it opened. */
  private async vacate(
    tx: Tx,
    { proceeding, participants }: Standing,
    state: string,
  ): Promise<void> {
    const { id, version } = proceeding;
    const { principalId } = found(
      participants.find((each) => each.role === RAPPORTEUR && each.principal === stateSide(state)),
    );
    await removeParticipant(tx, id, { role: RAPPORTEUR, principalId });
    const swapped = await tx.update(Proceeding, { id, version }, { version: version + 1 });
    if (swapped === 0) throw new Refused('stale', { version });
    await this.settleOpen(tx, id, state);
    await this.engine.refreshAccess(tx, proceeding);
    if (proceeding.publicId !== null) await publishPage(tx, proceeding);
  }

  /** Who was replaced need not be excused any more: they have what they asked for. */
  private async settleOpen(tx: Tx, proceedingId: string, rapporteur: string): Promise<void> {
    const where = { proceedingId, rapporteur, status: 'open' as const };
    for (const { id, version } of await tx.find(TroikaRequest, where)) {
      const set = { status: 'granted' as const, answeredAt: tx.now, version: version + 1 };
      await tx.update(TroikaRequest, { id, version }, set);
    }
  }

  /** As the procedure. Whoever leaves the seat is told as itself: it is a rapporteur no more. */
  private tell(
    tx: Tx,
    { proceedingId, compartment, kind, rapporteur }: TroikaRequest,
    {
      what,
      by = kind === 'excusal' ? RAPPORTEUR : 'stateUnderReview',
      leaving = false,
    }: { what: string; by?: string; leaving?: boolean },
  ): Promise<void> {
    const place = { proceedingId, compartment };
    const asked = leaving && rapporteur !== null && { asked: [stateSide(rapporteur)] };
    return append(tx, { ...place, what, by, at: tx.now, facts: { rapporteur, ...asked } });
  }

  private async show(tx: Tx, id: string) {
    const standing = await this.engine.standing(tx, id);
    const { definition, participants, proceeding } = standing;
    const { seats, substitutions } = troikaRulesOf(definition);
    if (seats === undefined) throw new Refused('lot-not-offered', { purpose: 'troika' });
    const order = { askedAt: 'ASC', id: 'ASC' } as const;
    const requests = await tx.find(TroikaRequest, { proceedingId: id }, { order });
    const sitting = sittingIn(standing);
    const groups = await groupsOn(tx, sitting, dayOf(tx.now, definition.zone));
    const used = requests.filter(({ kind }) => kind === 'substitution').length;
    return {
      seats,
      vacant: seats - sitting.length,
      rapporteurs: participants
        .filter(({ role }) => role === RAPPORTEUR)
        .map(({ principal, basis, recordedAt }) => {
          const state = found(stateOf(principal));
          const since = recordedAt.toISOString();
          return { state, group: groups.get(state) ?? null, basis, since };
        }),
      ownRegion: requests.some(({ kind }) => kind === 'own-region'),
      substitutionsLeft: Math.max(0, substitutions - used),
      requests: requests.map(present),
      version: proceeding.version,
    };
  }
}
