import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { ENTITIES } from '../../src/entities.js';
import { Proceeding } from '../../src/modules/proceedings/index.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Viewer } from '../../src/platform/identity/viewer.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { Plot } from './planted.js';

/** Whoever makes something of a failure would go on as somebody else, or believe in a commit. */
describe('a transaction of which something failed', () => {
  let database: TestDatabase;
  let source: DataSource;
  let work: UnitOfWork;
  let member: Viewer;
  let visible: string;
  beforeAll(async () => {
    database = await cloneDatabase();
    const plot = new Plot(database);
    source = await dataSource(database.appUrl, ENTITIES, 1).initialize();
    work = new UnitOfWork(source, () => undefined);
    member = await plot.person('state:SVN');
    visible = await plot.proceeding({ case: ['state:SVN'], parties: ['state:SVN'] });
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const OVER = 'this transaction is over';
  const swallowed = (failing: Promise<unknown>) => failing.catch(() => undefined);

  it('is not committed, though the failure was caught', async () => {
    const statement = (tx: Tx) => swallowed(tx.rows('SELECT 1 / 0'));
    await expect(work.write(member, statement)).rejects.toThrow(OVER);
  });

  it('does nothing more as the procedure whose part failed', async () => {
    const seen: unknown[] = [];
    const part = async (tx: Tx) => {
      await swallowed(tx.asProcedure(visible, () => Promise.reject(new Error('a refusal'))));
      seen.push(...(await tx.find(Proceeding, {})));
    };
    await expect(work.read(member, part)).rejects.toThrow(OVER);
    expect(seen).toEqual([]);
  });

  it('leaves a connection that serves the next', async () => {
    const { length } = await work.read(member, (tx) => tx.find(Proceeding, {}));
    expect(length).toBe(1);
  });
});
