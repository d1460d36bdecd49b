import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renameSync } from 'node:fs';
import { connected, DENIED, queried, refusal, rehearsed, tablesOf } from '../database/direct.js';
import { expectRefused, Ledger } from '../e2e/ledger.js';
import { announce, draw, KNOWN_FROM, seatCouncil, type Lot } from '../factories/council.js';
import type { Client } from '../setup/api.js';
import { assemble, CAST, type Stage } from './cast.js';
import { readings, type Readings } from './secrets.js';

/** A seed in every way in which somebody could have written it down. */
const written = (seed: Buffer): string[] => [
  seed.toString('hex'),
  seed.toString('hex').toUpperCase(),
  seed.toString('base64').replace(/=+$/, ''),
  seed.toString('base64url'),
  seed.toString('latin1'),
];

describe('the seed of a lot, before it is drawn,', () => {
  let stage: Stage;
  let ledger: Ledger;
  let lot: Lot;
  /** What everybody read, what was logged, and all rows of all tables, before the draw. */
  let read: Readings;
  let logged: string;
  let rows: Record<string, string>;
  const databaseOf = () => stage.world.api.database;
  beforeAll(async () => {
    stage = await assemble(['An observatory', 'Another']);
    ledger = await Ledger.open(stage.world.api);
    await seatCouncil(stage.world);
    lot = await announce(stage.world, `reviews/${stage.review}`, 'troika');
    read = await readings(stage);
    logged = stage.world.api.logged();
    rows = {
      owner: await everything(databaseOf().adminUrl, null),
      app: await asEverybody(databaseOf().appUrl),
      worker: await everything(databaseOf().workerUrl, null),
      public: await everything(databaseOf().publicUrl, null),
    };
  }, 300_000);
  afterAll(async () => {
    await ledger.close();
    await stage.world.stop();
  });

  /** All rows that a role may read, as an account if one is given. */
  const everything = (url: string, accountId: string | null): Promise<string> =>
    rehearsed(url, accountId, async (client) => {
      const texts: string[] = [];
      for (const table of await tablesOf(client, 'casework', 'journal', 'record', 'identity')) {
        const sql = `SELECT t::text AS row FROM ${table} t`;
        if ((await refusal(client, sql)) !== null) continue;
        const found = await client.query<{ row: string }>(sql);
        texts.push(table, ...found.rows.map(({ row }) => row));
      }
      return texts.join('\n');
    });
  const idOf = async (who: Client): Promise<string> =>
    ((await who.get('/v1/me').expect(200)).body as { accountId: string }).accountId;
  async function asEverybody(url: string): Promise<string> {
    const texts: string[] = [];
    for (const player of CAST.filter((each) => each !== 'anonymous')) {
      texts.push(await everything(url, await idOf(stage.cast[player])));
    }
    return texts.join('\n');
  }
  /** As the procedure of the review, on behalf of somebody of the secretariat. */
  const asProcedure = async <T>(work: Parameters<typeof connected<T>>[1]): Promise<T> =>
    rehearsed(databaseOf().appUrl, await idOf(stage.cast.secretariat), async (client) => {
      await client.query('SELECT casework.act($1)', [stage.review]);
      return work(client);
    });

  it('is handed out by no statement, to no role and in nobody’s name', async () => {
    const { appUrl, workerUrl, publicUrl } = databaseOf();
    const table = 'SELECT * FROM casework.sealed_seed';
    const open = `SELECT * FROM casework.open_seed('${lot.id}', 'x')`;
    for (const url of [appUrl, workerUrl, publicUrl]) {
      await rehearsed(url, null, async (client) => {
        expect(await refusal(client, table)).toBe(DENIED);
        expect(await refusal(client, open)).toBe(DENIED);
      });
    }
    for (const player of CAST.filter((each) => each !== 'anonymous')) {
      await rehearsed(appUrl, await idOf(stage.cast[player]), async (client) => {
        expect([player, await refusal(client, table)]).toEqual([player, DENIED]);
        expect([player, await refusal(client, open)]).toEqual([player, DENIED]);
        const drop = 'SELECT casework.drop_seed($1)';
        expect([player, await refusal(client, drop, [lot.id])]).toEqual([player, null]);
      });
    }
    await asProcedure(async (client) => {
      expect(await refusal(client, table)).toBe(DENIED);
      // Too early, by the procedures’ clock.
      expect(await refusal(client, open)).toBe(DENIED);
      await client.query('SELECT casework.drop_seed($1)', [lot.id]);
      const again = `SELECT casework.keep_seed($1, '{"keyId": "k"}', '')`;
      expect(await refusal(client, again, [lot.id])).toBe('23505');
    });
    const { n } = await ledger.row<{ n: number }>(
      'SELECT count(*)::int AS n FROM casework.sealed_seed',
    );
    expect(n).toBe(1);
  });

  it('is not to be had without the key that seals it, and nothing is drawn', async () => {
    const { world, cast } = stage;
    await world.at(KNOWN_FROM);
    const { keysFile } = world.api;
    renameSync(keysFile, `${keysFile}.away`);
    const url = `/v1/lots/${lot.id}/draw`;
    const call = cast.secretariat.post(url, { publicValue: '1' }, { version: 1 });
    await expectRefused(ledger, call, 503, 'unavailable');
    const { id } = await ledger.row<{ id: string }>('SELECT id FROM reference.session');
    const other = cast.secretariat.post(`/v1/sessions/${id}/lots`, {
      purpose: 'first-speaker',
      publicValue: { source: 'A value', knownFrom: '2027-02-01T09:00:00Z' },
    });
    await expectRefused(ledger, other, 503, 'unavailable');
    renameSync(`${keysFile}.away`, keysFile);
  });

  it('is a cipher to whoever takes it out of the database, and that leaves its trace', async () => {
    const [sealed] = await asProcedure(async (client) => {
      const open = `SELECT content FROM casework.open_seed('${lot.id}', 'a value')`;
      const { rows: handed } = await client.query<{ content: Buffer }>(open);
      const told = await client.query('SELECT public_value FROM casework.lot');
      expect(told.rows).toEqual([{ public_value: 'a value' }]);
      // Once a value is written down, no other is taken.
      expect(await refusal(client, open.replace('a value', 'another'))).toBe(DENIED);
      return handed;
    });
    const drawn = await draw(stage.world, lot);
    expect(sealed!.content.toString('hex')).not.toBe(drawn.seed);
    expect(sealed!.content).toHaveLength(32);
  });

  it('stood nowhere: in no answer, no row, no log', async () => {
    const open = (await stage.cast.anonymous.get(`/v1/lots/${lot.id}`).expect(200)).body as Lot;
    const seed = Buffer.from(open.seed!, 'hex');
    const [after] = await queried<{ row: string }>(
      databaseOf().adminUrl,
      'SELECT t::text AS row FROM casework.lot t',
    );
    // What is looked for can be found where it is.
    expect(written(seed).some((text) => after!.row.includes(text))).toBe(true);
    const places: [string, string][] = [
      ...Object.entries(read),
      ...Object.entries(rows),
      ['the log', logged],
    ];
    for (const [place, text] of places) {
      expect(text.length).toBeGreaterThan(50);
      const found = written(seed).filter((each) => text.includes(each));
      expect([place, ...found]).toEqual([place]);
    }
    // The answer that is kept for a repeat, too: it is what everybody read.
    expect(rows['owner']).toContain(lot.commitment);
    expect(read.anonymous).toContain(lot.commitment);
  });
});
