import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CaseKeysController } from './case-keys.controller.js';
import { CaseKeysService } from './case-keys.service.js';
import { CredentialsJobs } from './credentials.jobs.js';
import { KnownScopes } from './gather-scopes.js';
import { KeysController } from './keys.controller.js';
import { KeysService } from './keys.service.js';
import { RecoveriesController } from './recoveries.controller.js';
import { RecoveriesService } from './recoveries.service.js';
import { ResetsController } from './resets.controller.js';
import { ResetsService } from './resets.service.js';

/** How people and their programs prove who they are, beside the password. */
@Module({
  imports: [DiscoveryModule],
  controllers: [CaseKeysController, KeysController, RecoveriesController, ResetsController],
  providers: [
    CaseKeysService,
    CredentialsJobs,
    KnownScopes,
    KeysService,
    RecoveriesService,
    ResetsService,
  ],
})
export class CredentialsModule {}
