import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { RecommendationsModule } from '../recommendations/recommendations.module.js';
import { ExportReport } from './export-report.js';
import { FindDesk } from './find-desk.js';
import { GatherDraft } from './gather-draft.js';
import { ReportDraftsController } from './report-drafts.controller.js';
import { ReportDraftsService } from './report-drafts.service.js';
import { WriteParagraph } from './write-paragraph.js';

/** Texts that are composed from what a review holds: the report, and the addendum to it. */
@Module({
  imports: [DocumentsModule, ProceedingsModule, RecommendationsModule],
  controllers: [ReportDraftsController],
  providers: [ExportReport, FindDesk, GatherDraft, ReportDraftsService, WriteParagraph],
})
export class ReportDraftsModule {}
