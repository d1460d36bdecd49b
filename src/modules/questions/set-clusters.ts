import { Injectable } from '@nestjs/common';
import { COMMITTEE } from '../../kernel/sides.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { assertUnrelayed, rulesOf, subjectOf } from './find-question.js';
import { clusteringRefused } from './list-actions.js';
import { Clustering } from './questions.entity.js';
import { presentClustering } from './questions.presenter.js';
import { questionsOf } from './questions.repository.js';
import { clustersRefused } from './questions.rules.js';
import type * as op from './questions.schemas.js';

/** The troika groups what was asked, under titles, in an order. */
@Injectable()
export class SetClusters {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  read({ viewer, params }: Input<typeof op.getClusters>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, params.id);
      return presentClustering(await tx.findOne(Clustering, { proceedingId: params.id }));
    });
  }

  run({ viewer, params, body, ifMatch }: Input<typeof op.putClusters>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const was = await tx.findOne(Clustering, { proceedingId: params.id });
      expectVersion(ifMatch, was?.version ?? 0);
      const rules = rulesOf(standing);
      raise(clusteringRefused(standing, rules));
      await assertUnrelayed(tx, standing, rules);
      raise(clustersRefused(body.clusters, await questionsOf(tx, params.id)));
      const roles = standing.roles('submit');
      const by = found(rules.clusteredBy.find((role) => roles.includes(role)));
      const version = (was?.version ?? 0) + 1;
      const withheldFrom = subjectOf(standing, rules);
      const set = { clusters: body.clusters, withheldFrom, proposedBy: by, at: tx.now, version };
      const place = { proceedingId: params.id, compartment: COMMITTEE };
      if (!was) await tx.insert(Clustering, { ...place, ...set });
      else if ((await tx.update(Clustering, { ...place, version: was.version }, set)) === 0) {
        throw new Refused('stale', { version: was.version });
      }
      const facts = {
        clusters: body.clusters.length,
        questions: body.clusters.flatMap(({ questions }) => questions).length,
      };
      await append(tx, { ...place, what: 'questions-clustered', by, at: tx.now, facts });
      return presentClustering({ ...place, ...set });
    });
  }
}
