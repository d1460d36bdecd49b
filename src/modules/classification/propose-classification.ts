import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import type { Proceeding } from '../proceedings/index.js';
import { Recommendation, type Worded, type WordsReader } from '../recommendations/index.js';
import { MASK } from '../record/index.js';
import { ChooseMethod } from './choose-method.js';
import { ClassificationAct, RepeatDecision } from './classification.entity.js';
import { actsOn } from './classification.repository.js';
import { namedBy, standingOf } from './standing.rules.js';

/** Says what recommendations are about as soon as they are made; never over what a person decided. */
@Injectable()
export class ProposeClassification implements WordsReader {
  constructor(private readonly methods: ChooseMethod) {}

  async read(tx: Tx, { mechanism }: Proceeding, worded: Worded): Promise<void> {
    const chosen = this.methods.of(mechanism);
    if (!chosen || worded.text === MASK) return;
    const { id: recommendationId, proceedingId, compartment, text } = worded;
    const acts = await actsOn(tx, recommendationId);
    const act: ClassificationAct = {
      id: randomUUID(),
      proceedingId,
      compartment,
      recommendationId,
      n: acts.length + 1,
      by: 'machine',
      side: null,
      at: tx.now,
      method: chosen.method.version,
      facets: namedBy(chosen.method, chosen.propose(text)),
    };
    await tx.insert(ClassificationAct, act);
    const classification = standingOf(mechanism, [...acts, act]);
    await tx.update(Recommendation, { id: recommendationId }, { classification });
  }

  async forget(tx: Tx, id: string): Promise<object> {
    const classification = await actsOn(tx, id);
    const repeats = await tx.find(RepeatDecision, { recommendationId: id });
    await tx.rows('DELETE FROM casework.classification WHERE recommendation_id = $1', [id]);
    await tx.rows('DELETE FROM casework.repeat WHERE recommendation_id = $1', [id]);
    return { classification, repeats };
  }

  codes(mechanism: string, facet: 'category' | 'themes'): readonly string[] {
    return this.methods.codes(mechanism, facet);
  }
}
