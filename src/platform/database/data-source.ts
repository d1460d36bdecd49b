import { DataSource, DefaultNamingStrategy, type MixedList } from 'typeorm';
import { PreparingClient } from './preparing-client.js';

type EntityClass = new () => object;
type MigrationClass = new () => object;

/** Columns and tables in snake_case, from the entities' camelCase. */
class SnakeNames extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/** A data source for a process: its own pool, no synchronisation, no migrations. */
export function dataSource(
  url: string,
  entities: MixedList<EntityClass>,
  pool: number,
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    namingStrategy: new SnakeNames(),
    poolSize: pool,
    installExtensions: false,
    extra: {
      Client: PreparingClient,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 30_000,
    },
  });
}

/** A data source that migrates, as the owner of the schemas. */
export function migrationSource(url: string, migrations: MixedList<MigrationClass>): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [],
    migrations,
    migrationsTableName: 'migration',
    installExtensions: false,
    extra: { options: '-c role=comity_owner' },
  });
}
