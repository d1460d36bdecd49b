import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { Environment } from '../config/environment.js';
import { DatabaseModule, type DatabaseOptions } from './database/database.module.js';
import { RateLimits } from './limits/rate-limits.js';
import { EventStreams } from './http/event-streams.js';
import { Bearers } from './identity/bearers.js';
import { LOG } from './log/log.js';
import { MailKinds } from './mail/mail-kinds.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { Entries } from './queue/entries.js';
import { Jobs } from './queue/jobs.js';
import { ScannerModule } from './scanner/scanner.module.js';
import { StorageModule } from './storage/storage.module.js';
import { Signer } from './signing/signer.js';
import { Vault } from './vault/vault.js';

export interface PlatformOptions {
  readonly environment: Environment;
  readonly log: Logger;
  readonly databaseUrl: string;
  readonly entities: DatabaseOptions['entities'];
}

/**
 * What every module may inject: settings, log, units of work, the public reader, storage,
 * the malware scanner, limits.
 */
@Global()
@Module({})
export class PlatformModule {
  static for({ environment, log, databaseUrl, entities }: PlatformOptions): DynamicModule {
    const database = DatabaseModule.for({
      url: databaseUrl,
      publicUrl: environment.publicDatabaseUrl,
      pool: environment.pool,
      entities,
    });
    return {
      module: PlatformModule,
      imports: [database, MetricsModule, ScannerModule, StorageModule],
      providers: [
        { provide: Environment, useValue: environment },
        { provide: LOG, useValue: log },
        Bearers,
        Entries,
        EventStreams,
        Jobs,
        MailKinds,
        RateLimits,
        { provide: Signer, useValue: new Signer(environment.signingKeysFile) },
        { provide: Vault, useValue: new Vault(environment.keysFile) },
      ],
      exports: [
        Environment,
        Entries,
        EventStreams,
        Jobs,
        LOG,
        MailKinds,
        database,
        MetricsModule,
        RateLimits,
        ScannerModule,
        Signer,
        StorageModule,
        Vault,
      ],
    };
  }
}
