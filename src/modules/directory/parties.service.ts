import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { secretariatSide } from '../../kernel/sides.js';
import { PublicReader } from '../../platform/database/public-reader.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found, Refused } from '../../platform/refused.js';
import { assertStateFilter } from './check-filters.js';
import { changeEntry, enterAll, type Entry } from './enter-parties.js';
import * as repository from './parties.repository.js';
import type * as op from './parties.schemas.js';

/** Who is a Party to a treaty, kept by its secretariat. Nothing is deleted, nothing changes silently. */
@Injectable()
export class PartiesService {
  constructor(
    private readonly reader: PublicReader,
    private readonly work: UnitOfWork,
  ) {}

  treaties({ query }: Input<typeof op.listTreaties>) {
    return readPage(this.reader, query, {
      key: [z.string()],
      rows: (reads, part) => repository.treatyPage(reads, part),
      keyOf: (row) => [row.key],
      item: (row) => row,
    });
  }

  async list({ params, query }: Input<typeof op.listParties>) {
    await this.treaty(params.key);
    await assertStateFilter(this.reader, 'state', query.state);
    const filter = { ...query, key: params.key };
    return readPage(this.reader, query, {
      key: [z.string()],
      rows: (reads, part) => repository.partyPage(reads, filter, part),
      keyOf: (row) => [row.state],
      item: (row) => row,
    });
  }

  add({ viewer, params, body }: Input<typeof op.addParties>) {
    const asked = body.parties.map(({ until = null, source = null, ...each }): Entry => ({
      ...each,
      procedure: null,
      until,
      source,
    }));
    return this.enter(viewer, params.key, asked);
  }

  addOptOuts({ viewer, params, body }: Input<typeof op.addOptOuts>) {
    const asked = body.optOuts.map(({ source = null, ...each }): Entry => ({ ...each, source }));
    return this.enter(viewer, params.key, asked);
  }

  /** The same once more changes nothing. */
  async change({ viewer, params, body }: Input<typeof op.changeParty>) {
    const treaty = await this.treaty(params.key);
    assertKeeper(viewer, treaty.key);
    return this.work.write(viewer, async (tx) => {
      const state = await changeEntry(tx, treaty, body);
      const whole = { after: undefined, limit: 1 };
      return found((await repository.partyPage(tx, { key: treaty.key, state }, whole))[0]);
    });
  }

  /** Entering the same again changes nothing. */
  private async enter(viewer: Viewer, key: string, asked: readonly Entry[]) {
    const treaty = await this.treaty(key);
    assertKeeper(viewer, key);
    return this.work.write(viewer, (tx) => enterAll(tx, treaty, asked));
  }

  private async treaty(key: string) {
    return found(await repository.treatyByKey(this.reader, key));
  }
}

/** @throws Refused `forbidden` unless the viewer may submit for the secretariat of that key */
function assertKeeper(viewer: Viewer, key: string): void {
  const needs = secretariatSide(key);
  const may = viewer.seats.some((s) => s.side === needs && s.permissions.includes('submit'));
  if (!may) throw new Refused('forbidden', { needs });
}
