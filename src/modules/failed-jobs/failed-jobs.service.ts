import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { FailedJob, type FailedJobAct } from './failed-jobs.entity.js';
import { presentFailedJob, presentWithActions } from './failed-jobs.presenter.js';
import { failedJobPage } from './failed-jobs.repository.js';
import { actRefused, BECOMES } from './failed-jobs.rules.js';
import type * as op from './failed-jobs.schemas.js';

type Decision = Input<typeof op.retryFailedJob> | Input<typeof op.discardFailedJob>;

/** Acts that are kept of one job. */
const MOST = 50;

/** What the worker could not do, for administrators of the platform; they see names and ids. */
@Injectable()
export class FailedJobsService {
  constructor(private readonly work: UnitOfWork) {}

  async list({ viewer, query }: Input<typeof op.listFailedJobs>) {
    assertAdministrator(viewer);
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => failedJobPage(reads, query.status, part),
        keyOf: (row) => [row.lastFailedAt.toISOString(), row.id],
        item: presentFailedJob,
      }),
    );
  }

  async get({ viewer, params }: Input<typeof op.getFailedJob>) {
    assertAdministrator(viewer);
    return this.work.read(viewer, async (tx) => presentWithActions(await find(tx, params.id)));
  }

  retry(input: Input<typeof op.retryFailedJob>) {
    return this.decide('retry', input);
  }

  discard(input: Input<typeof op.discardFailedJob>) {
    return this.decide('discard', input);
  }

  /** Writes down what is to become of it; the worker does it. */
  private async decide(act: FailedJobAct['act'], { viewer, params, body, ifMatch }: Decision) {
    assertAdministrator(viewer);
    return this.work.write(viewer, async (tx) => {
      const { id, status, version, acts } = await find(tx, params.id);
      expectVersion(ifMatch, version);
      raise(actRefused(act, status));
      const at = new Date().toISOString();
      const { reason } = body;
      const changed = await tx.update(
        FailedJob,
        { id, version },
        {
          status: BECOMES[act],
          carriedAt: null,
          acts: [...acts, { act, by: viewer.accountId, at, reason }].slice(-MOST),
          version: version + 1,
        },
      );
      if (changed === 0) throw new Refused('stale', { given: version });
      return presentWithActions(await find(tx, id));
    });
  }
}

function assertAdministrator(viewer: Viewer): void {
  if (!viewer.administrator) throw new Refused('forbidden', { needs: 'administrator' });
}

const find = async (tx: Tx, id: string): Promise<FailedJob> =>
  found(await tx.findOne(FailedJob, { id }));
