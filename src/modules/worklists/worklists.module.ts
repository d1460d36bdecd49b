import { Module } from '@nestjs/common';
import { DialogueModule } from '../dialogue/dialogue.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { FollowUpModule } from '../follow-up/follow-up.module.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { RecommendationsModule } from '../recommendations/recommendations.module.js';
import { AmendmentsWorklist } from './fill-amendments.js';
import { FollowUpWorklist } from './fill-follow-up.js';
import { Worklists } from './gather-worklists.js';
import { PositionsWorklist } from './fill-positions.js';
import { StatementsWorklist } from './fill-statements.js';
import { WorklistsController } from './worklists.controller.js';
import { WorklistsService } from './worklists.service.js';

/** Work that leaves as a workbook, is done offline, and comes back as one act. */
@Module({
  imports: [
    DialogueModule,
    DocumentsModule,
    FollowUpModule,
    ProceedingsModule,
    RecommendationsModule,
  ],
  controllers: [WorklistsController],
  providers: [
    AmendmentsWorklist,
    FollowUpWorklist,
    PositionsWorklist,
    StatementsWorklist,
    Worklists,
    WorklistsService,
  ],
})
export class WorklistsModule {}
