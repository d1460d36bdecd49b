import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller.js';
import { AccountsJobs } from './accounts.jobs.js';
import { AccountsService } from './accounts.service.js';
import { SessionsService } from './sessions.service.js';

@Module({
  controllers: [AccountsController],
  providers: [AccountsJobs, AccountsService, SessionsService],
})
export class AccountsModule {}
