import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { whole } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { Refused } from '../../platform/refused.js';
import { Engine, meetDeadlines } from '../proceedings/index.js';
import { SIGN_OFF, signer, signingNow } from './find-report.js';
import { SignOff } from './reports.entity.js';
import { presentSignOff } from './reports.presenter.js';
import type * as op from './reports.schemas.js';

/** Among themselves, the secretariat and the president: nobody else sees who still hesitates. */
const COMMITTEE = 'committee';

/** Each member of the troika signs the draft report off, as it stands; a new version, or list, anew. */
@Injectable()
export class SignReport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params: { id }, body }: Input<typeof op.signReport>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, id, { lock: true });
      const { side, draft, circulation } = await signer(tx, standing, body.as);
      const { documentId, version } = draft;
      if (body.documentId !== documentId || body.version !== version) {
        throw new Refused('draft-changed', { documentId, version });
      }
      const place = { proceedingId: id, compartment: COMMITTEE };
      const row: SignOff = {
        id: randomUUID(),
        ...place,
        documentId,
        documentVersion: version,
        side,
        circulation,
        signedAt: tx.now,
      };
      const facts = { documentId, version };
      await append(tx, { ...place, what: 'report-signed-off', by: side, at: tx.now, facts });
      await tx.asProcedure(id, async () => {
        await tx.insert(SignOff, row);
        if ((await signingNow(tx, standing)).unsigned > 0) return;
        const occasion = this.engine.occasion(standing.proceeding, tx.now);
        await meetDeadlines(tx, occasion, { act: SIGN_OFF });
      });
      return presentSignOff(row);
    });
  }

  all({ viewer, params: { id }, query }: Input<typeof op.listSignOffs>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, id);
      const order = { signedAt: 'ASC', id: 'ASC' } as const;
      const rows = await tx.find(SignOff, { proceedingId: id }, { order });
      return whole(rows.map(presentSignOff), query);
    });
  }
}
