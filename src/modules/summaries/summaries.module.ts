import { Module, type OnModuleInit } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { ExportSummary } from './export-summary.js';
import { FindDesk } from './find-desk.js';
import { PassagesService } from './passages.service.js';
import { removeWithdrawn } from './remove-withdrawn.js';
import { SourcesService } from './sources.service.js';
import { SummariesController } from './summaries.controller.js';
import { SummariesService } from './summaries.service.js';
import { withholdPartner } from './withhold-partner.js';
import { WriteParagraph } from './write-paragraph.js';

@Module({
  imports: [DocumentsModule, ProceedingsModule],
  controllers: [SummariesController],
  providers: [
    ExportSummary,
    FindDesk,
    PassagesService,
    SourcesService,
    SummariesService,
    WriteParagraph,
  ],
})
export class SummariesModule implements OnModuleInit {
  constructor(private readonly parts: Parts) {}

  onModuleInit(): void {
    this.parts.followers.push(removeWithdrawn);
    this.parts.unnaming.push(withholdPartner);
  }
}
