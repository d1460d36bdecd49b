import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Office } from '../factories/aarhus.js';
import { filedIn, plantConflicts } from '../factories/committee-case.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { DENIED, queried, refusal, rehearsed } from './direct.js';

/** What the database itself allows about members and recusal, whatever the application asks. */
describe('members and recusal in the database', () => {
  let world: World;
  let conducting: Office;
  let filer: Client;
  let id: string;
  let conflict: string;
  let document: string;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    filer = await world.delegation('FRA');
    ({ id, conducting, conflict } = await plantConflicts(world, filer));
    document = await filedIn(filer, id, { kind: 'confidential-annex' });
  }, 120_000);
  afterAll(() => world?.stop());

  const idOf = async (who: Client): Promise<string> =>
    ((await who.get('/v1/me').expect(200)).body as { accountId: string }).accountId;
  const as = async <T>(who: Client, work: Parameters<typeof rehearsed<T>>[2]): Promise<T> =>
    rehearsed(world.api.database.appUrl, await idOf(who), work);
  const principal = async (member: string): Promise<string> => {
    const sql = 'SELECT id FROM identity.principal WHERE key = $1';
    const rows = await queried<{ id: string }>(world.api.database.adminUrl, sql, [
      `member:${member}`,
    ]);
    return rows[0]!.id;
  };

  it('nobody is seated as a member who is one already, nor made one by others', async () => {
    const side = await principal(conducting.experts.member.id);
    const other = await idOf(filer);
    const seat = `INSERT INTO identity.membership VALUES (gen_random_uuid(), $1, $2, 'member',
      '{submit}', NULL, identity.viewer(), now(), NULL, NULL)`;
    for (const who of [conducting.secretariat, conducting.chair, world.secretariat]) {
      await as(who, async (client) => {
        expect(await refusal(client, seat, [other, side])).toBe(DENIED);
      });
    }
    const found = 'SELECT identity.found_member($1, $2, NULL)';
    const end = `SELECT identity.end_term($1, now())`;
    for (const who of [conducting.chair, world.secretariat, filer]) {
      await as(who, async (client) => {
        const member = conducting.experts.member.id;
        expect(await refusal(client, found, [member, other])).toBe(DENIED);
        expect(await refusal(client, end, [member])).toBe(DENIED);
      });
    }
  });

  it('only the procedure shuts somebody out, and learns who a member is', async () => {
    const person = await idOf(conducting.member);
    const { id: member } = conducting.experts.member;
    for (const who of [conducting.secretariat, conducting.chair, filer]) {
      await as(who, async (client) => {
        const exclude = `SELECT casework.exclude($1, $2, 'x')`;
        expect(await refusal(client, exclude, [id, person])).toBe(DENIED);
        const told = await client.query('SELECT casework.person_of($1, $2) AS who', [id, member]);
        expect(told.rows).toEqual([{ who: null }]);
        const gone = await client.query('SELECT * FROM casework.recused_members($1)', [id]);
        expect(gone.rows).toEqual([]);
      });
    }
    await as(conducting.chair, async (client) => {
      await client.query('SELECT casework.act($1)', [id]);
      const told = await client.query('SELECT casework.person_of($1, $2) AS who', [id, member]);
      expect(told.rows).toEqual([{ who: person }]);
      await client.query(`SELECT casework.exclude($1, $2, 'x')`, [id, person]);
      await client.query('SELECT identity.enter($1)', [person]);
      for (const table of [
        'proceeding',
        'conflict',
        'participant',
        'intake_paragraph',
        'reading',
      ]) {
        const { rows } = await client.query(`SELECT * FROM casework.${table}`);
        expect([table, rows]).toEqual([table, []]);
      }
      const own = await client.query('SELECT account_id FROM identity.recusal');
      expect(new Set(own.rows.map((row: { account_id: string }) => row.account_id))).toEqual(
        new Set([person]),
      );
      // Nor do they act as the procedure any more.
      expect(await refusal(client, 'SELECT casework.act($1)', [id])).toBe(DENIED);
    });
  });

  it('declarations are written and settled by the procedure, and read by whom they concern', async () => {
    await as(conducting.chair, async (client) => {
      const raise = `INSERT INTO casework.conflict SELECT gen_random_uuid(), proceeding_id,
        compartment, member_id, raised_by, raised_side, ground, text, steps_aside, declared_at,
        status, NULL, NULL, NULL, 1 FROM casework.conflict LIMIT 1`;
      expect(await refusal(client, raise)).toBe(DENIED);
      const settle = `UPDATE casework.conflict SET status = 'kept' RETURNING id`;
      expect((await client.query(settle)).rows).toEqual([]);
      expect(await refusal(client, 'UPDATE identity.recusal SET recused = false')).toBe(DENIED);
      expect(await refusal(client, 'DELETE FROM casework.conflict')).toBe(DENIED);
      const rows = await client.query('SELECT FROM casework.conflict WHERE id = $1', [conflict]);
      expect(rows.rowCount).toBe(1);
    });
    for (const who of [filer, await world.delegation('KAZ')]) {
      await as(who, async (client) => {
        for (const table of ['casework.conflict', 'casework.reading', 'identity.recusal']) {
          const { rows } = await client.query(`SELECT * FROM ${table}`);
          expect([table, rows]).toEqual([table, []]);
        }
      });
    }
  });

  it('a reading is noted by who reads, of what they see', async () => {
    const note = `INSERT INTO casework.reading VALUES (gen_random_uuid(), $1, 'committee', $2, NULL,
      $3, 'confidential-annex', 1, 'en', 'copy', now())`;
    const [chair, member] = [await idOf(conducting.chair), await idOf(conducting.member)];
    await as(conducting.chair, async (client) => {
      expect(await refusal(client, note, [id, chair, document])).toBeNull();
      expect(await refusal(client, note, [id, member, document])).toBe(DENIED);
      const erase = 'UPDATE casework.reading SET n = 2';
      expect(await refusal(client, erase)).toBe(DENIED);
    });
    await as(filer, async (client) => {
      expect(await refusal(client, note, [id, await idOf(filer), document])).toBe(DENIED);
    });
  });
});
