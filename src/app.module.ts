import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ENTITIES } from './entities.js';
import { HealthController } from './platform/http/health.controller.js';
import { AccountsModule } from './modules/accounts/accounts.module.js';
import { AdmissibilityModule } from './modules/admissibility/admissibility.module.js';
import { AssistantsModule } from './modules/assistants/assistants.module.js';
import { CalendarFeedsModule } from './modules/calendar-feeds/calendar-feeds.module.js';
import { CalendarModule } from './modules/calendar/calendar.module.js';
import { ClassificationModule } from './modules/classification/classification.module.js';
import { CommitteesModule } from './modules/committees/committees.module.js';
import { CommunicationsModule } from './modules/communications/communications.module.js';
import { CooperationModule } from './modules/cooperation/cooperation.module.js';
import { DeliveriesModule } from './modules/deliveries/deliveries.module.js';
import { CredentialsModule } from './modules/credentials/credentials.module.js';
import { DeskModule } from './modules/desk/desk.module.js';
import { DialogueModule } from './modules/dialogue/dialogue.module.js';
import { DirectoryModule } from './modules/directory/directory.module.js';
import { DocumentsModule } from './modules/documents/documents.module.js';
import { FailedJobsModule } from './modules/failed-jobs/failed-jobs.module.js';
import { FollowUpModule } from './modules/follow-up/follow-up.module.js';
import { SignaturesModule } from './modules/signatures/signatures.module.js';
import { IntakeModule } from './modules/intake/intake.module.js';
import { InvitationsModule } from './modules/invitations/invitations.module.js';
import { LotsModule } from './modules/lots/lots.module.js';
import { MechanismsModule } from './modules/mechanisms/mechanisms.module.js';
import { NoticeMailModule } from './modules/notice-mail/notice-mail.module.js';
import { NoticePreferencesModule } from './modules/notice-preferences/notice-preferences.module.js';
import { NoticesModule } from './modules/notices/notices.module.js';
import { PartnersModule } from './modules/partners/partners.module.js';
import { PledgesModule } from './modules/pledges/pledges.module.js';
import { ProceedingsModule } from './modules/proceedings/proceedings.module.js';
import { TestClockController } from './modules/proceedings/test-clock.controller.js';
import { QuestionsModule } from './modules/questions/questions.module.js';
import { CheckSigning } from './modules/receipts/index.js';
import { ReceiptsModule } from './modules/receipts/receipts.module.js';
import { RecommendationsModule } from './modules/recommendations/recommendations.module.js';
import { RecordModule } from './modules/record/record.module.js';
import { RemindersModule } from './modules/reminders/reminders.module.js';
import { ReportDraftsModule } from './modules/report-drafts/report-drafts.module.js';
import { ReportsModule } from './modules/reports/reports.module.js';
import { ReviewsModule } from './modules/reviews/reviews.module.js';
import { SummariesModule } from './modules/summaries/summaries.module.js';
import { WebhooksModule } from './modules/webhooks/webhooks.module.js';
import { WorklistsModule } from './modules/worklists/worklists.module.js';
import { UploadsModule } from './modules/uploads/uploads.module.js';
import { VocabulariesModule } from './modules/vocabularies/vocabularies.module.js';
import { ContractController } from './platform/http/contract.controller.js';
import { AnswerInterceptor } from './platform/http/answer.interceptor.js';
import { InputGuard } from './platform/http/input.guard.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { PublicLane } from './platform/http/public-lane.js';
import { ReferencePages } from './platform/http/reference-pages.js';
import { BearerGuard } from './platform/identity/guards.js';
import { BearerStrategy, LocalStrategy } from './platform/identity/strategies.js';
import { RateLimitGuard } from './platform/limits/rate-limit.guard.js';
import { LOG } from './platform/log/log.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';

/** The modules that hold procedures; API and worker have the same. */
export const CAPABILITIES = [
  DirectoryModule,
  MechanismsModule,
  AccountsModule,
  CredentialsModule,
  InvitationsModule,
  SignaturesModule,
  CalendarModule,
  RecordModule,
  ProceedingsModule,
  CalendarFeedsModule,
  LotsModule,
  ReceiptsModule,
  DocumentsModule,
  UploadsModule,
  PartnersModule,
  AssistantsModule,
  DialogueModule,
  QuestionsModule,
  RecommendationsModule,
  PledgesModule,
  CommitteesModule,
  IntakeModule,
  AdmissibilityModule,
  CommunicationsModule,
  ReportsModule,
  ReportDraftsModule,
  ClassificationModule,
  FollowUpModule,
  ReviewsModule,
  SummariesModule,
  CooperationModule,
  DeskModule,
  WorklistsModule,
  NoticesModule,
  DeliveriesModule,
  NoticePreferencesModule,
  NoticeMailModule,
  WebhooksModule,
  RemindersModule,
  FailedJobsModule,
  VocabulariesModule,
];

/** Routes that belong to no capability. */
export const PLATFORM_CONTROLLERS = [HealthController, ContractController];

/** The API's composition. */
@Module({})
export class AppModule {
  static for(options: Omit<PlatformOptions, 'entities'>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.for({ ...options, entities: ENTITIES }),
        PassportModule,
        DiscoveryModule,
        ...CAPABILITIES,
      ],
      controllers: [
        ...PLATFORM_CONTROLLERS,
        ...(options.environment.testMode ? [TestClockController] : []),
      ],
      providers: [
        CheckSigning,
        BearerStrategy,
        LocalStrategy,
        { provide: APP_GUARD, useClass: BearerGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: InputGuard },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        {
          provide: ProblemFilter,
          inject: [LOG],
          useFactory: (log: PlatformOptions['log']) => new ProblemFilter(log),
        },
        { provide: APP_FILTER, useExisting: ProblemFilter },
        PublicLane,
        ReferencePages,
      ],
    };
  }
}
