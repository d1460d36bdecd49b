import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { Proceeding } from '../proceedings/index.js';
import type { Worded, WordsReader } from '../recommendations/index.js';
import { MASK } from '../record/index.js';
import { ChooseMethod } from './choose-method.js';
import { RepeatDecision } from './classification.entity.js';
import { actsOn } from './classification.repository.js';
import { addSaying } from './add-saying.js';
import { namedBy } from './standing.rules.js';

/** Says what recommendations are about as soon as they are made; never over what a person decided. */
@Injectable()
export class ProposeClassification implements WordsReader {
  constructor(private readonly methods: ChooseMethod) {}

  async read(tx: Tx, { mechanism }: Proceeding, worded: Worded): Promise<void> {
    const chosen = this.methods.of(mechanism);
    if (!chosen || worded.text === MASK) return;
    const { method } = chosen;
    const facets = namedBy(method, chosen.propose(worded.text));
    const saying = { by: 'machine' as const, side: null, method: method.version, facets };
    await addSaying(tx, { item: worded, mechanism }, await actsOn(tx, worded.id), saying);
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
