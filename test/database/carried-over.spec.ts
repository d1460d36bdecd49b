import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { Privacy1700000011000 } from '../../migrations/1700000011000-privacy.js';
import { migrationSource } from '../../src/platform/database/data-source.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { connected } from './direct.js';
import { Plot } from './planted.js';

const SVN = 'desk:state:SVN';
const OFFICE = 'desk:secretariat:upr';

/** What a house has when it goes over to narrower desks. */
describe('a house from before', () => {
  let database: TestDatabase;
  let plot: Plot;
  let source: DataSource;
  let proceeding: string;
  const ids = { held: randomUUID(), draft: randomUUID(), gone: randomUUID(), public: randomUUID() };
  beforeAll(async () => {
    database = await cloneDatabase();
    const { pathname } = new URL(database.adminUrl);
    await connected(database.adminUrl, (client) =>
      client.query(`GRANT CREATE ON DATABASE ${pathname.slice(1)} TO comity_owner`),
    );
    source = await migrationSource(database.adminUrl, MIGRATIONS).initialize();
    await backTo(MIGRATIONS.indexOf(Privacy1700000011000));
    plot = new Plot(database);
    proceeding = await plot.proceeding({
      parties: ['states'],
      [SVN]: ['state:SVN'],
      [OFFICE]: ['secretariat:upr'],
    });
    const places = [
      [ids.held, 'parties', 'submitted', null],
      [ids.draft, SVN, 'draft', null],
      [ids.gone, 'parties', 'published', ids.public],
    ] as const;
    for (const [id, compartment, status, publicId] of places) {
      await plot.rows(
        `INSERT INTO casework.document VALUES ($1, $2, $3, 'national-report', 'state:SVN',
           'state:SVN', 'A title', NULL, $4, false, false, now(), now(), $5, 3)`,
        [id, proceeding, compartment, status, publicId],
      );
      await plot.rows(
        `INSERT INTO casework.document_version VALUES (gen_random_uuid(), $1, $2, $3, 1, $4,
           'state:SVN', NULL, now(), now(), 0)`,
        [proceeding, compartment, id, status === 'draft' ? 'draft' : 'submitted'],
      );
    }
    for (const [id, compartment] of places.slice(0, 2)) {
      await plot.rows(
        `INSERT INTO casework.publication VALUES ($1, $2, $3, 'public', now(), 'A reason', now())`,
        [id, proceeding, compartment],
      );
    }
    await plot.rows(`INSERT INTO record.withdrawal VALUES ($1, 'author', now())`, [ids.public]);
    await source.runMigrations({ transaction: 'each' });
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  async function backTo(step: number): Promise<void> {
    for (let n = MIGRATIONS.length; n > step; n -= 1) {
      await source.undoLastMigration({ transaction: 'each' });
    }
  }
  const asked = () =>
    plot.rows<{ id: string; compartment: string }>(
      `SELECT document_id AS id, compartment, reason FROM casework.publication ORDER BY 1, 2`,
    );

  it('has what was asked about publications in the desks that decide', async () => {
    const reason = 'A reason';
    const expected = [
      { id: ids.held, compartment: OFFICE, reason },
      { id: ids.held, compartment: SVN, reason },
      { id: ids.draft, compartment: SVN, reason },
    ];
    const rows = await asked();
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(expect.arrayContaining(expected));
  });

  it('has authors masked that the record had masked alone', async () => {
    const shown = await plot.rows<{ id: string; side: string }>(
      'SELECT id, side, filed_by FROM casework.document WHERE side <> filed_by OR side LIKE $1',
      ['[%'],
    );
    expect(shown).toEqual([{ id: ids.gone, side: '[withdrawn]', filed_by: '[withdrawn]' }]);
    const authors = await plot.rows(
      'SELECT item_id AS id, compartment, side FROM casework.authorship ORDER BY 2',
    );
    expect(authors).toEqual([
      { id: ids.gone, compartment: OFFICE, side: 'state:SVN' },
      { id: ids.gone, compartment: SVN, side: 'state:SVN' },
    ]);
  });

  it('and can go back', async () => {
    await backTo(MIGRATIONS.indexOf(Privacy1700000011000));
    const rows = await asked();
    expect(rows.map(({ id, compartment }) => `${id} ${compartment}`).toSorted()).toEqual(
      [`${ids.held} parties`, `${ids.draft} ${SVN}`].toSorted(),
    );
    const sides = await plot.rows('SELECT DISTINCT side, filed_by FROM casework.document');
    expect(sides).toEqual([{ side: 'state:SVN', filed_by: 'state:SVN' }]);
  });
});
