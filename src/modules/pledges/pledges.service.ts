import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { offeredAll } from '../../kernel/offered.js';
import { deskOf, PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { codeRefusing, expectVersion, found, Refused } from '../../platform/refused.js';
import { assertFiler, Engine, filingSide, type Standing } from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { assertDuring, pledgeRule, pledgeStanding } from './find-pledge.js';
import { Pledge } from './pledges.entity.js';
import { presentPledge } from './pledges.presenter.js';
import { pledgePage } from './pledges.repository.js';
import type * as op from './pledges.schemas.js';
import { publishPledges } from './publish-pledges.js';

/** Voluntary pledges, from the desk of the State under review to the record. */
@Injectable()
export class PledgesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  create({ viewer, params, body }: Input<typeof op.createPledge>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      const rule = pledgeRule(standing);
      const { side } = await filingSide(tx, standing, {
        by: rule.by,
        as: body.as,
        permission: 'prepare',
      });
      assertDuring(standing, rule);
      await this.engine.joinSide(tx, standing, side);
      const row: Pledge = {
        id: randomUUID(),
        proceedingId: params.id,
        compartment: deskOf(side),
        side,
        text: body.text,
        status: 'draft',
        createdAt: tx.now,
        submittedAt: null,
        publicId: null,
        version: 1,
      };
      await tx.insert(Pledge, row);
      await record(tx, row, 'pledge-begun');
      return this.show(tx, standing, row.id);
    });
  }

  list({ viewer, params, query }: Input<typeof op.listPledges>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, params.id);
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => pledgePage(reads, params.id, part),
        keyOf: (row) => [(row.submittedAt ?? row.createdAt).toISOString(), row.id],
        item: (row) => presentPledge(row),
      });
    });
  }

  get({ viewer, params }: Input<typeof op.getPledge>) {
    return this.work.read(viewer, async (tx) => {
      const { standing } = await pledgeStanding(tx, this.engine, params.id);
      return this.show(tx, standing, params.id);
    });
  }

  edit({ viewer, params, body, ifMatch }: Input<typeof op.editPledge>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await pledgeStanding(tx, this.engine, params.id, { lock: true });
      expectVersion(ifMatch, row.version);
      assertFiler(tx, { filedBy: row.side }, 'prepare');
      if (row.status !== 'draft') throw new Refused('already-submitted', { status: row.status });
      await swap(tx, row, { text: body.text });
      await record(tx, row, 'pledge-edited');
      return this.show(tx, standing, row.id);
    });
  }

  submit({ viewer, params, ifMatch }: Input<typeof op.submitPledge>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await pledgeStanding(tx, this.engine, params.id, { lock: true });
      expectVersion(ifMatch, row.version);
      assertFiler(tx, { filedBy: row.side }, 'submit');
      if (row.status !== 'draft') throw new Refused('already-submitted', { status: row.status });
      assertDuring(standing, pledgeRule(standing));
      const made = { compartment: PARTIES, status: 'submitted' as const, submittedAt: tx.now };
      await swap(tx, row, made);
      const told = { ...row, compartment: PARTIES };
      await record(tx, told, 'pledge-made');
      const { proceeding } = standing;
      await tx.asProcedure(row.proceedingId, () => publishPledges(tx, this.engine, proceeding));
      return this.show(tx, standing, row.id);
    });
  }

  private async show(tx: Tx, standing: Standing, id: string) {
    const row = found(await tx.findOne(Pledge, { id }));
    const withdrawn = await withdrawnOf(tx, row.publicId);
    return {
      ...presentPledge(row),
      withdrawn: withdrawn ? { ...withdrawn, at: withdrawn.at.toISOString() } : null,
      actions: actionsOn(tx, standing, row),
    };
  }
}

/** What the viewer could do with it now. */
function actionsOn(tx: Tx, standing: Standing, row: Pledge) {
  const mine = (permission: 'prepare' | 'submit'): void => {
    assertFiler(tx, { filedBy: row.side }, permission);
    if (row.status !== 'draft') throw new Refused('already-submitted');
  };
  return offeredAll({
    edit: codeRefusing(() => mine('prepare')),
    submit: codeRefusing(() => {
      mine('submit');
      assertDuring(standing, pledgeRule(standing));
    }),
  });
}

/** Takes the next version number, unless somebody else has. */
async function swap(tx: Tx, { id, version }: Pledge, set: Partial<Pledge>): Promise<void> {
  const swapped = await tx.update(Pledge, { id, version }, { ...set, version: version + 1 });
  if (swapped === 0) throw new Refused('stale', { version });
}

/** The journal keeps that it happened, never the words. */
function record(tx: Tx, row: Pledge, what: string): Promise<void> {
  const { proceedingId, compartment, side: by, id } = row;
  return append(tx, { proceedingId, compartment, what, by, at: tx.now, facts: { pledgeId: id } });
}
