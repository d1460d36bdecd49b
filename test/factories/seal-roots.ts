import { ENTITIES } from '../../src/entities.js';
import { SealRoot } from '../../src/modules/proceedings/index.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { TestDatabase } from '../setup/database.js';

/** Seals the days that were over at an instant, as the worker does; answers them. */
export async function sealRoots({ workerUrl }: TestDatabase, now?: Date): Promise<string[]> {
  const source = await dataSource(workerUrl, ENTITIES, 1).initialize();
  try {
    return await new SealRoot(new UnitOfWork(source, () => undefined)).run(now?.getTime());
  } finally {
    await source.destroy();
  }
}
