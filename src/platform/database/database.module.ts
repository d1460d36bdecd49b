import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type MixedList } from 'typeorm';
import { CODES } from '../../kernel/codes.js';
import { Bell } from './bell.js';
import { dataSource } from './data-source.js';
import { DatabasePool } from './database-pool.js';
import { assertPublic, assertUnprivileged } from './privileges.js';
import { PublicReader } from './public-reader.js';
import { UnitOfWork } from './unit-of-work.js';

export interface DatabaseOptions {
  /** As the role of this process. */
  readonly url: string;
  /** As the role that reads the record alone; a process that serves no reader has none. */
  readonly publicUrl: string | undefined;
  readonly pool: number;
  readonly entities: MixedList<new () => object>;
}

/** The two ways to the database, and the refusal to start with a role that sees too much. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    private readonly source: DataSource,
    private readonly reader: PublicReader,
    private readonly bell: Bell,
  ) {}

  static for({ url, publicUrl, pool, entities }: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DataSource,
          useFactory: async () => {
            const source = await dataSource(url, entities, pool).initialize();
            try {
              await assertUnprivileged(source);
            } catch (error) {
              await source.destroy();
              throw error;
            }
            return source;
          },
        },
        {
          provide: DatabasePool,
          inject: [DataSource],
          useFactory: (source: DataSource) => new DatabasePool(source),
        },
        { provide: Bell, useValue: new Bell(url, 'comity_told') },
        {
          provide: UnitOfWork,
          inject: [DataSource],
          useFactory: (source: DataSource) =>
            new UnitOfWork(source, (code) => CODES.get(code)?.kind),
        },
        {
          provide: PublicReader,
          useFactory: async () => {
            const reader = new PublicReader(publicUrl ?? url);
            try {
              if (publicUrl !== undefined) await assertPublic(reader);
            } catch (error) {
              await reader.close();
              throw error;
            }
            return reader;
          },
        },
      ],
      exports: [Bell, DatabasePool, UnitOfWork, PublicReader],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.bell.close();
    await this.reader.close();
    await this.source.destroy();
  }
}
