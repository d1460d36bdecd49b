import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deskOf, stateSide, trayOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { Engine, type Standing } from '../proceedings/index.js';
import { Assistant } from './assistants.entity.js';
import { presentAssistant } from './assistants.presenter.js';
import * as assistants from './assistants.repository.js';
import type { AssistantRow } from './assistants.repository.js';
import { acceptRefused, endRefused } from './assistants.rules.js';
import type * as op from './assistants.schemas.js';
import { assistantActions, managed, stageRefused } from './list-actions.js';

interface Found {
  readonly row: AssistantRow;
  readonly standing: Standing;
}

/** A side has an organization help it to prepare, in one proceeding: named, accepted, ended. */
@Injectable()
export class AssistantsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  name({ viewer, params, body }: Input<typeof op.nameAssistant>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const { id: proceedingId, subject } = standing.proceeding;
      const side = managed(tx, stateSide(subject));
      raise(stageRefused(standing));
      const principalId = await assistants.regionalBody(tx, body.organization);
      const organization = `organization:${body.organization}`;
      if (principalId === undefined) {
        throw new Refused('unknown-side', { side: organization, needs: 'regional-body' });
      }
      await this.engine.joinSide(tx, standing, side);
      const open = await tx.find(Assistant, { proceedingId, side, principalId });
      if (open.some((row) => endRefused(row) === null)) {
        throw new Refused('already-exists', { side: organization });
      }
      const row: Assistant = {
        id: randomUUID(),
        proceedingId,
        compartment: trayOf(side),
        side,
        principalId,
        status: 'named',
        namedAt: tx.now,
        acceptedAt: null,
        endedAt: null,
        version: 1,
      };
      await this.engine.joinSide(tx, standing, organization);
      tx.keepAnswerIn({ proceedingId, compartment: deskOf(side) });
      await tx.asProcedure(proceedingId, async () => {
        await tx.insert(Assistant, row);
        await tell(tx, row, { organization, what: 'assistant-named', by: side });
      });
      return this.show(tx, standing, row.id);
    });
  }

  list({ viewer, params, query }: Input<typeof op.listAssistants>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => assistants.assistantPage(reads, params.id, part),
        keyOf: (row) => [row.namedAt.toISOString(), row.id],
        item: (row) => presentAssistant(row, assistantActions(tx, standing, row)),
      });
    });
  }

  accept({ viewer, params, ifMatch }: Input<typeof op.acceptAssistance>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await this.held(tx, params.id);
      const by = managed(tx, row.organization);
      expectVersion(ifMatch, row.version);
      raise(stageRefused(standing));
      raise(acceptRefused(row));
      const speaks = await tx.asProcedure(row.proceedingId, () =>
        assistants.speaksFor(tx, row.proceedingId, row.organization),
      );
      if (speaks) throw new Refused('conflict-of-interest', { assists: row.side });
      await this.settle(
        tx,
        { row, standing },
        { status: 'accepted', acceptedAt: tx.now, what: 'assistant-accepted', by },
      );
      return this.show(tx, standing, row.id);
    });
  }

  end({ viewer, params, ifMatch }: Input<typeof op.endAssistance>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await this.held(tx, params.id);
      const by = managed(tx, row.side, row.organization);
      expectVersion(ifMatch, row.version);
      raise(endRefused(row));
      const declined = row.status === 'named' && by === row.organization;
      const status = declined ? 'declined' : 'ended';
      const what = declined ? 'assistant-declined' : 'assistance-ended';
      await this.settle(tx, { row, standing }, { status, endedAt: tx.now, what, by });
      return this.show(tx, standing, row.id);
    });
  }

  /** An assistant that the viewer may see, under the proceeding's lock. */
  private async held(tx: Tx, id: string): Promise<Found> {
    const seen = found(await assistants.assistantById(tx, id));
    const standing = await this.engine.standing(tx, seen.proceedingId, { lock: true });
    return { standing, row: found(await assistants.assistantById(tx, id)) };
  }

  /** What it reads follows at once; the answer lies with whoever gave it. */
  private async settle(
    tx: Tx,
    { row, standing }: Found,
    { what, by, ...set }: Partial<Assistant> & { what: string; by: string },
  ): Promise<void> {
    const { id, version, proceedingId } = row;
    await this.engine.joinSide(tx, standing, by);
    tx.keepAnswerIn({ proceedingId, compartment: deskOf(by) });
    await tx.asProcedure(proceedingId, async () => {
      const more = { ...set, version: version + 1 };
      const changed = await tx.update(Assistant, { id, version }, more);
      if (changed === 0) throw new Refused('stale', { version });
      await this.engine.refreshAccess(tx, standing.proceeding);
      await tell(tx, row, { organization: row.organization, what, by });
    });
  }

  private async show(tx: Tx, standing: Standing, id: string) {
    const row = found(await assistants.assistantById(tx, id));
    return presentAssistant(row, assistantActions(tx, standing, row));
  }
}

/** In the trays of both; the journal names nobody there but who acts. As the procedure. */
async function tell(
  tx: Tx,
  { id, proceedingId, compartment }: Assistant,
  { organization, what, by }: { organization: string; what: string; by: string },
): Promise<void> {
  for (const place of [compartment, trayOf(organization)]) {
    const facts = { assistantId: id };
    await append(tx, { proceedingId, compartment: place, what, by, at: tx.now, facts });
  }
}
