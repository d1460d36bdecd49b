import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource, type MixedList } from 'typeorm';
import { Environment } from '../config/environment.js';
import { CODES } from '../kernel/codes.js';
import { dataSource } from './database/data-source.js';
import { assertUnprivileged } from './database/privileges.js';
import { PublicReader } from './database/public-reader.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { LOG } from './log/log.js';
import { Jobs } from './queue/jobs.js';
import { StorageModule } from './storage/storage.module.js';

export interface PlatformOptions {
  readonly environment: Environment;
  readonly log: Logger;
  readonly databaseUrl: string;
  readonly entities: MixedList<new () => object>;
}

/** What every module may inject: settings, log, units of work, the public reader, storage. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly source: DataSource,
    private readonly reader: PublicReader,
  ) {}

  static for({ environment, log, databaseUrl, entities }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      imports: [StorageModule],
      providers: [
        { provide: Environment, useValue: environment },
        { provide: LOG, useValue: log },
        {
          provide: DataSource,
          useFactory: async () => {
            const source = await dataSource(databaseUrl, entities, environment.pool).initialize();
            await assertUnprivileged(source);
            return source;
          },
        },
        {
          provide: UnitOfWork,
          inject: [DataSource],
          useFactory: (source: DataSource) =>
            new UnitOfWork(source, (code) => CODES.get(code)?.kind),
        },
        {
          provide: PublicReader,
          useFactory: () =>
            new PublicReader(environment.publicDatabaseUrl ?? databaseUrl, environment.pool),
        },
        Jobs,
      ],
      exports: [Environment, Jobs, LOG, UnitOfWork, PublicReader, StorageModule],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reader.close();
    await this.source.destroy();
  }
}
