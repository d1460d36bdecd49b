import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../setup/api.js';
import { complainedOf } from '../factories/aarhus.js';
import { signOff } from '../factories/sign-off.js';
import { Questions } from '../factories/asking-questions.js';
import { Lists, OPENS } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import { sources } from '../architecture/sources.js';
import { connected, queried, rehearsed, tablesOf } from './direct.js';

/** That the account $1 holds the compartment of row t, by the grants and memberships themselves. */
const HELD = `EXISTS (SELECT FROM casework.access a
  JOIN identity.principal p ON p.id = a.principal_id
  JOIN identity.principal q ON q.id = p.id OR q.within = p.id
  LEFT JOIN identity.front f ON f.principal_id = q.id
  JOIN identity.membership m ON m.principal_id IN (q.id, f.behind_id) AND m.revoked_at IS NULL
  WHERE a.proceeding_id = t.proceeding_id AND a.compartment = t.compartment AND m.account_id = $1)`;

/** Two are on a list whose order is settled, and one would exchange its place. */
async function spoken(lists: Lists, france: Client): Promise<void> {
  const { world } = lists;
  await world.at(OPENS);
  await lists.registered(france, { with: ['BRA'] });
  await lists.onBehalf(['JPN']);
  await world.at('2027-04-30T09:00:00Z');
  await lists.draw(world.secretariat, ['F']).expect(200);
  const { speakers } = await lists.seen(france);
  const [one, other] = ['state:FRA', 'state:JPN'].map((side) =>
    speakers.find((s) => s.side === side)!,
  );
  await lists.propose(france, one!, other!).expect(201);
}

/** Row-level security, against what the table of grants says when the administrator reads it. */
describe('row-level security', () => {
  let world: World;
  let review: string;
  const viewers = new Map<string, Client>();
  beforeAll(async () => {
    world = await World.build();
    review = await world.review('SVN');
    const slovenia = await world.delegation('SVN');
    const france = await world.delegation('FRA');
    const ngo = await world.organization('An observatory');
    await ngo.head
      .post(`/v1/reviews/${review}/documents`, { kind: 'stakeholder-submission', title: 'Ours' })
      .expect(201);
    const questions = new Questions(review);
    const [asked] = await questions.filed(france, ['Why not?'], { with: ['BRA'] });
    await world.at('2027-01-10T09:01:00Z'); // a month before its report is due
    await world.reach(review, 'SVN', 'preparation');
    await questions.group(world.secretariat, [['Courts', asked!]], 0).expect(200);
    await world.reach(review, 'SVN', 'ready');
    await spoken(new Lists(world, review), france);
    const made = await world.recommend(france, review, 'Ratify the convention', ['BRA']);
    await france.post(`/v1/reviews/${review}/recommendations`, { text: 'A draft' }).expect(201);
    await world.reach(review, 'SVN', 'reviewed');
    await world.position(slovenia, made, 'supported');
    await slovenia.post(`/v1/reviews/${review}/pledges`, { text: 'A draft' }).expect(201);
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    await signOff(world, review);
    const { conducting, readers } = await complainedOf(world, slovenia);
    viewers
      .set('the State under review', slovenia)
      .set('a State that recommends', france)
      .set('a member of the troika', await world.delegation('NOR'))
      .set('another State', await world.delegation('KEN'))
      .set('an organization that filed', ngo.head)
      .set('another organization', (await world.organization('Another')).head)
      .set('the secretariat', world.secretariat)
      .set('the president', await world.president())
      .set('who files a communication', readers['getIntakeReaders']!)
      .set('the chair of the committee', conducting.chair);
  });
  afterAll(() => world.stop());

  const idOf = async (who: Client): Promise<string> => {
    const { body } = await who.get('/v1/me').expect(200);
    return (body as { accountId: string }).accountId;
  };

  /** Rows of each table, told apart by their place, as this role and account sees them. */
  const counted = (url: string, accountId: string | null) =>
    rehearsed(url, accountId, async (client) => {
      const counts: Record<string, number> = {};
      const tables = await tablesOf(client, 'casework', 'journal');
      // No role of the application may read the outbox, nor the worker the stored answers.
      for (const table of tables) {
        await client.query('SAVEPOINT before');
        const rows = await client
          .query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)
          .then(
            (answer) => answer.rows,
            () => [],
          );
        if (rows.length === 0) await client.query('ROLLBACK TO SAVEPOINT before');
        else counts[table] = rows[0]!.n;
      }
      return counts;
    });

  it('shows who holds nothing no row of any table', async () => {
    const { appUrl, workerUrl } = world.api.database;
    const nobodies = [null, await idOf(await world.stranger()), await idOf(world.admin)];
    for (const nobody of nobodies) {
      const counts = await counted(appUrl, nobody);
      expect(Object.keys(counts).length).toBeGreaterThan(15);
      // One's own answers that belong to no proceeding (an account created) may be replayed.
      const others = Object.entries(counts).filter(([table]) => table !== 'casework.idempotency');
      expect(others.filter(([, rows]) => rows > 0)).toEqual([]);
    }
    const seen = await counted(workerUrl, null);
    // The outbox, and the keys of files to look at again: neither says whose they are.
    const { 'journal.pending': outbox, 'casework.file_in_doubt': files, ...others } = seen;
    expect([outbox, files].every((rows) => rows! > 0)).toBe(true);
    expect([...new Set(Object.values(others))]).toEqual([0]);
  });

  it('shows everybody exactly the rows of the compartments that they hold', async () => {
    const { adminUrl, appUrl } = world.api.database;
    const tables = await connected(adminUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT c.oid::regclass::text AS name FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'compartment'
         WHERE p.polname = 'granted' AND c.relname NOT IN ('idempotency', 'sealed_original', 'sealed_seed', 'sealed_name') ORDER BY 1`,
      );
      return rows.map(({ name }) => name);
    });
    expect(tables.length).toBeGreaterThan(12);
    const seen = new Set<string>();
    await connected(adminUrl, async (admin) => {
      for (const [name, who] of viewers) {
        const accountId = await idOf(who);
        await rehearsed(appUrl, accountId, async (client) => {
          for (const table of tables) {
            const all = `SELECT md5(t::text) AS row FROM ${table} t`;
            const expected = await admin.query(`${all} WHERE ${HELD} ORDER BY 1`, [accountId]);
            const actual = await client.query(`${all} ORDER BY 1`);
            expect([name, table, actual.rows]).toEqual([name, table, expected.rows]);
            if (actual.rows.length > 0) seen.add(table);
          }
        });
      }
    });
    // Who acted is in the compartment that nobody reads, and so is what is under seal; nothing was
    // withdrawn, held back or decided here, nothing asked of a troika, nothing said to repeat another,
    // nothing followed up,
    // nothing on its way, no summary or report begun, nothing reserved, and no root made.
    expect(tables.filter((table) => !seen.has(table))).toEqual([
      'casework.assessment',
      'casework.assistant',
      'casework.authorship',
      'casework.circle',
      'casework.cooperation_decision',
      'casework.partner',
      'casework.passage',
      'casework.publication',
      'casework.reading',
      'casework.registration',
      'casework.repeat',
      'casework.report_draft',
      'casework.report_paragraph',
      'casework.report_paragraph_version',
      'casework.reservation',
      'casework.summary',
      'casework.summary_paragraph',
      'casework.summary_source',
      'casework.troika_request',
      'casework.upload',
      'casework.upload_part',
      'casework.withdrawal',
      'journal.author',
      'journal.sealed_head',
    ]);
  });

  it('cannot be told by a request whose eyes to see with', async () => {
    const stranger = await world.stranger();
    const { adminUrl } = world.api.database;
    const [state] = await queried<{ id: string }>(
      adminUrl,
      `SELECT id FROM identity.principal WHERE key = 'states'`,
    );
    const forged = [
      `'; SELECT set_config('comity.principals', '{${state!.id}}', false); --`,
      `x') , set_config('comity.principals', '{${state!.id}}', false) --`,
      `$1 OR true`,
    ];
    for (const text of forged) {
      const cursor = Buffer.from(JSON.stringify([text, text])).toString('base64url');
      await stranger.get('/v1/reviews', { state: text }).expect(400);
      await stranger.get('/v1/reviews', { cursor }).expect(400);
      await stranger.get(`/v1/reviews/${encodeURIComponent(text)}`).expect(404);
      await stranger.get('/v1/memberships', { side: text }).expect(400);
      const bare = stranger.get('/v1/reviews');
      const headers = {
        'comity.principals': state!.id,
        'x-comity-viewer': state!.id,
        pgoptions: text,
      };
      const { body } = await bare.set(headers).expect(200);
      expect(body).toEqual({ items: [], next: null });
      const france = viewers.get('a State that recommends')!;
      const draft = await france
        .post(`/v1/reviews/${review}/recommendations`, { text })
        .expect(201);
      expect((draft.body as { text: string }).text).toBe(text);
    }
    await stranger.get(`/v1/reviews/${review}`).expect(404);
    // Settings are made by three functions of the owner, for one transaction; nowhere else.
    const setting = /set_config\(|\bSET\s+(?:SESSION|LOCAL|ROLE|comity)|RESET\s+ROLE/;
    // How a list is planned is no matter of who sees what.
    const plans = `set_config('plan_cache_mode', 'force_custom_plan', true)`;
    const elsewhere = sources('src').filter(({ code }) => setting.test(code.replace(plans, '')));
    expect(elsewhere.map(({ path }) => path)).toEqual(['src/platform/database/catalogue.ts']);
    const calls = sources('migrations').flatMap(
      ({ code }) => code.match(/set_config\([^;]*;/g) ?? [],
    );
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.filter((call) => !call.endsWith(', true);'))).toEqual([]);
  });
});
