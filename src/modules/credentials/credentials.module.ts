import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CredentialsJobs } from './credentials.jobs.js';
import { KnownScopes } from './gather-scopes.js';
import { KeysController } from './keys.controller.js';
import { KeysService } from './keys.service.js';
import { ResetsController } from './resets.controller.js';
import { ResetsService } from './resets.service.js';

/** How people and their programs prove who they are, beside the password. */
@Module({
  imports: [DiscoveryModule],
  controllers: [KeysController, ResetsController],
  providers: [CredentialsJobs, KnownScopes, KeysService, ResetsService],
})
export class CredentialsModule {}
