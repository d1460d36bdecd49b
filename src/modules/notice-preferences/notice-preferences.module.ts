import { Module } from '@nestjs/common';
import { PreferencesController } from './preferences.controller.js';
import { PreferencesService } from './preferences.service.js';
import { UnsubscriptionsController } from './unsubscriptions.controller.js';
import { UnsubscriptionsService } from './unsubscriptions.service.js';

/** How people wish to be told, and how mail is ended by whoever gets it. */
@Module({
  controllers: [PreferencesController, UnsubscriptionsController],
  providers: [PreferencesService, UnsubscriptionsService],
})
export class NoticePreferencesModule {}
