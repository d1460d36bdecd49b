import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { principalsOf } from '../../kernel/roles.js';
import type { Reads, Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import {
  readPage,
  readTogether,
  whole,
  type Key,
  type PageQuery,
  type Part,
} from '../../platform/http/paging.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found } from '../../platform/refused.js';
import { MechanismsService } from '../mechanisms/index.js';
import { Engine } from './engine.service.js';
import { StageEntry } from './proceedings.entity.js';
import * as present from './proceedings.presenter.js';
import { duties, type DutyRow, type DutyRule } from './duties.repository.js';
import { proceedingById } from './proceedings.repository.js';
import type * as op from './proceedings.schemas.js';
import { Parts } from './register-parts.js';
import { showDeadlines } from './show-deadlines.js';
import { entryPage, headProof, verifyChains } from './read-journal.js';

interface JournalQuery extends PageQuery {
  readonly compartment?: string | undefined;
}

/** Who asks for all of a part of a proceeding. */
interface Whole {
  readonly viewer: Viewer;
  readonly params: { readonly id: string };
  readonly query: Pick<PageQuery, 'count'>;
}

/** What every proceeding has, of whichever family. */
@Injectable()
export class ProceedingsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly mechanisms: MechanismsService,
    private readonly parts: Parts,
  ) {}

  duties({ viewer, query }: Input<typeof op.duties>) {
    const rules = this.dutyRules(viewer);
    const key = [instant, z.uuid()];
    const keyOf = (row: DutyRow): Key => [row.due.toISOString(), row.id];
    return this.work.read(viewer, (tx) => {
      const own = (reads: Reads, part: Part) => duties(reads, rules, part);
      const others = this.parts.duties.map(
        (source) => (reads: Reads, part: Part) => source.owed(tx, reads, part),
      );
      const lists = [own, ...others].map((rows) => ({ key, rows, keyOf }));
      return readTogether(tx, query, lists, (row) => present.presentDuty(row, tx.now));
    });
  }

  moves({ viewer, params: { id }, query }: Whole) {
    return this.within(viewer, id, async (tx) => {
      const rows = await tx.find(StageEntry, { proceedingId: id }, { order: { n: 'ASC' } });
      return whole(rows.map(present.presentMove), query);
    });
  }

  deadlines({ viewer, params: { id }, query }: Whole) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, id);
      const shown = await showDeadlines(tx, this.engine, [standing]);
      return whole(shown.get(id)!, query);
    });
  }

  participants({ viewer, params: { id }, query }: Whole) {
    return this.work.read(viewer, async (tx) => {
      const { participants } = await this.engine.standing(tx, id);
      return whole(participants.map(present.presentParticipant), query);
    });
  }

  journal(viewer: Viewer, id: string, query: JournalQuery) {
    const { compartment } = query;
    return this.within(viewer, id, (tx) =>
      readPage(tx, query, {
        key: [z.string(), z.int32()],
        rows: (reads, part) => entryPage(reads, id, { compartment, ...part }),
        keyOf: (row) => [row.compartment, row.n],
        item: present.presentEntry,
      }),
    );
  }

  verification(viewer: Viewer, id: string) {
    return this.within(viewer, id, (tx) => verifyChains(tx, id));
  }

  proof(viewer: Viewer, id: string, query: { compartment: string; day?: string | undefined }) {
    const { compartment, day } = query;
    return this.within(viewer, id, async (tx) =>
      found(await headProof(tx, id, { compartment, day })),
    );
  }

  private within<T>(viewer: Viewer, id: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.work.read(viewer, async (tx) => {
      found(await proceedingById(tx, id));
      return work(tx);
    });
  }

  /** The obligatory deadlines of every procedure, and whether the viewer's seats owe them as such. */
  private dutyRules(viewer: Viewer): DutyRule[] {
    return this.mechanisms.all().flatMap((definition) =>
      definition.deadlines
        // What each owes for itself is told by the module whose act fulfils it.
        .filter((rule) => !rule.optional && !rule.each)
        .map((rule) => {
          const role = found(definition.roles.find((each) => each.role === rule.owedBy));
          const holders = principalsOf(role, []);
          const standing = viewer.seats.some(
            (seat) =>
              (holders.includes(seat.side) || holders.includes(seat.group ?? '')) &&
              (role.seat === undefined || role.seat === seat.role),
          );
          const { key: mechanism, version } = definition;
          const finals = definition.stages.filter((each) => each.final).map((each) => each.stage);
          const lasting = rule.metBy.move === undefined;
          return { mechanism, version, key: rule.deadline, standing, lasting, finals };
        }),
    );
  }
}
