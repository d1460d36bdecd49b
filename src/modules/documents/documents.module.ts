import { Module, type OnModuleInit } from '@nestjs/common';
import { FormatsModule } from '../../platform/formats/formats.module.js';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { ReceiptsModule } from '../receipts/receipts.module.js';
import { DeclareLanguages } from './declare-languages.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentsJobs } from './documents.jobs.js';
import { DocumentsService } from './documents.service.js';
import { FilingsController } from './filings.controller.js';
import { documentFacts, documentProgress } from './gather-documents.js';
import { documentOffer } from './offer-documents.js';
import { publishDocumentsConsequence } from './publish-documents.js';
import { RegisterFile } from './register-file.js';
import { ReceiveFile } from './receive-file.js';
import { embargoDues, embargoDuties } from './end-embargoes.js';
import { SchedulePublication } from './schedule-publication.js';
import { SubmitDocument } from './submit-document.js';
import { UploadContent } from './upload-content.js';
import { withdrawableDocument } from './withdraw-document.js';

@Module({
  imports: [FormatsModule, ProceedingsModule, ReceiptsModule],
  controllers: [DocumentsController, FilingsController],
  providers: [
    DeclareLanguages,
    DocumentsJobs,
    DocumentsService,
    ReceiveFile,
    RegisterFile,
    SchedulePublication,
    SubmitDocument,
    UploadContent,
  ],
  exports: [DocumentsService, ReceiveFile, SubmitDocument, UploadContent],
})
export class DocumentsModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    this.parts.addFacts(documentFacts(this.engine));
    this.parts.addOffer(documentOffer);
    this.parts.dues.push(embargoDues(this.engine));
    this.parts.duties.push(embargoDuties(this.engine));
    this.parts.progress.push(documentProgress);
    this.parts.addWithdrawable(withdrawableDocument);
    this.parts.addConsequences(publishDocumentsConsequence(this.engine));
  }
}
