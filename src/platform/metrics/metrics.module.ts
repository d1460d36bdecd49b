import { Module } from '@nestjs/common';
import { DatabasePool } from '../database/database-pool.js';
import { PublicReader } from '../database/public-reader.js';
import { Health } from './health.js';
import { MetricsServer } from './metrics-server.js';
import { Metrics } from './metrics.js';

/** What operators see of a process, and whether it is well. */
@Module({ providers: [Metrics, Health, MetricsServer], exports: [Metrics, Health, MetricsServer] })
export class MetricsModule {
  constructor(metrics: Metrics, pool: DatabasePool, reader: PublicReader) {
    metrics.watch(
      'comity_database_connections',
      'Connections of the pool by state; `waiting` counts whoever waits for one',
      ['state'],
      () => Object.entries(pool.use()).map(([state, value]) => [{ state }, value] as const),
    );
    metrics.watch(
      'comity_record_statements',
      'Statements under way as the role that reads the record',
      [],
      () => [[{}, reader.busy()]],
    );
  }
}
