import { Injectable } from '@nestjs/common';
import { PublicReader } from '../../platform/database/public-reader.js';
import type { WholePage } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import { found } from '../../platform/refused.js';
import type * as op from './follow-up.schemas.js';
import { bodyById } from './record.repository.js';
import { RecordService } from './record.service.js';

type Asked = Pick<Input<typeof op.listOfRecommendation>, 'params' | 'query'>;

/** Reads what is said of implementation, by recommendation and by review. */
@Injectable()
export class FollowUpOfRecord {
  constructor(
    private readonly reader: PublicReader,
    private readonly record: RecordService,
  ) {}

  async ofRecommendation({ params: { id }, query }: Asked): Promise<WholePage> {
    found(await bodyById(this.reader, 'recommendation', id));
    return this.record.assessments({ recommendation_id: id }, query);
  }

  async ofProceeding({ params: { id }, query }: Asked): Promise<WholePage> {
    found(await bodyById(this.reader, 'proceeding', id));
    return this.record.assessments({ proceeding_id: id }, query);
  }
}
