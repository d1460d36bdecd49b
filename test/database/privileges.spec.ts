import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { DEFINERS } from './definers.js';
import { DENIED, queried, refusal, rehearsed, tablesOf } from './direct.js';

const LOGINS = ['comity_app', 'comity_public', 'comity_worker'];
const SECURED = ['casework', 'journal'];

describe('rights in the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());
  const asAdmin = <T extends object>(sql: string, values?: unknown[]) =>
    queried<T & Record<string, unknown>>(database.adminUrl, sql, values);

  it('the roles that sign in are plain, own nothing and are members of nothing', async () => {
    const roles = await asAdmin(
      `SELECT rolname AS role, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
         OR rolreplication AS privileged,
         pg_has_role(oid, 'comity_owner', 'MEMBER') AS owner,
         (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships,
         (SELECT count(*)::int FROM pg_shdepend
           WHERE refclassid = 'pg_authid'::regclass AND refobjid = r.oid AND deptype = 'o'
             AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) AS owned
       FROM pg_roles r WHERE rolname = ANY ($1) ORDER BY 1`,
      [LOGINS],
    );
    const plain = { privileged: false, owner: false, memberships: 0, owned: 0 };
    expect(roles).toEqual(LOGINS.map((role) => ({ role, ...plain })));
    const [owner] = await asAdmin(
      `SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'comity_owner'`,
    );
    expect(owner).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false });
  });

  it('everything belongs to the owner who cannot sign in', async () => {
    const others = await asAdmin(
      `SELECT c.oid::regclass::text AS thing FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('casework', 'journal', 'identity', 'record', 'reference')
         AND (c.relowner <> 'comity_owner'::regrole OR n.nspowner <> 'comity_owner'::regrole)
       UNION ALL SELECT p.oid::regprocedure::text FROM pg_proc p
       JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname IN ('casework', 'journal', 'identity', 'record', 'reference')
         AND p.proowner <> 'comity_owner'::regrole`,
    );
    expect(others).toEqual([]);
  });

  it('every table of casework and journal is secured by rows, and not for its owner', async () => {
    const policies = await asAdmin<{ table: string; policies: string[] }>(
      `SELECT c.oid::regclass::text AS "table", c.relrowsecurity AS secured,
         c.relforcerowsecurity AS forced,
         (SELECT array_agg(p.polname || CASE WHEN p.polpermissive THEN '' ELSE ' restricts' END
            ORDER BY p.polname)::text[] FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') ORDER BY 1`,
      [SECURED],
    );
    const child = ['granted', 'parented restricts', 'recused restricts'];
    const own = ['by_the_procedure restricts', 'granted', 'recused restricts'];
    const changed = 'changed_by_the_procedure restricts';
    const procedures = [own[0]!, changed];
    const special: Record<string, string[]> = {
      // The worker reads it as somebody, or not at all.
      'journal.entry': ['as_recipient restricts', 'granted', 'recused restricts'],
      'casework.proceeding': own,
      'casework.stage_entry': own,
      'casework.participant': [...own.slice(0, 2), 'left_by_the_procedure restricts', own[2]!],
      'casework.communicant': [
        'granted',
        'handed_in_by_the_procedure restricts',
        'prepared restricts',
        'recused restricts',
      ],
      'casework.intake_paragraph': [
        'granted',
        'handed_in_by_the_procedure restricts',
        'prepared restricts',
        'recused restricts',
      ],
      'casework.test_answer': ['granted', 'recused restricts', 'shared_by_the_procedure restricts'],
      'casework.lot': [own[0]!, 'changed_by_the_procedure restricts', ...own.slice(1)],
      'casework.troika_request': [own[0]!, 'changed_by_the_procedure restricts', ...own.slice(1)],
      'casework.assistant': [...procedures, 'granted', 'own', 'recused restricts'],
      'casework.circle': [own[0]!, 'ended_by_the_procedure restricts', ...own.slice(1)],
      'casework.partner': [
        own[0]!,
        'changed_by_the_procedure restricts',
        'ended_by_the_procedure restricts',
        ...child,
      ],
      'casework.side': own,
      'casework.withdrawal': own,
      'casework.authorship': own,
      'casework.withdrawal_request': [
        'answered restricts',
        'asked restricts',
        'concerned',
        'recused restricts',
      ],
      'casework.deadline': [...procedures, ...own.slice(1)],
      'casework.circulation': [...procedures, ...own.slice(1)],
      'casework.sign_off': [...procedures, ...child],
      'casework.wording': [...procedures, ...child, 'shared restricts'],
      'casework.wording_answer': [
        ...procedures,
        ...child,
        'shared restricts',
        'withdrawn_by_the_procedure restricts',
      ],
      'casework.recommendation': [changed, 'granted', 'recused restricts'],
      'casework.pledge': [changed, 'granted', 'recused restricts'],
      'casework.assessment': [
        'drafted restricts',
        'given_by_the_procedure restricts',
        'granted',
        'recused restricts',
      ],
      'casework.cooperation_decision': own,
      'casework.speakers_list': [own[0]!, 'changed_by_the_procedure restricts', ...own.slice(1)],
      'casework.co_speaker': [
        'granted',
        'parented_speaker_id restricts',
        'recused restricts',
        'withdrawn_by_the_procedure restricts',
      ],
      'casework.speaker_swap': [
        'granted',
        'parented_from_id restricts',
        'parented_with_id restricts',
        'recused restricts',
      ],
      'casework.question': ['granted', 'recused restricts', 'unrelayed restricts'],
      'casework.clustering': ['granted', 'recused restricts', 'unrelayed restricts'],
      'casework.asker': [
        'granted',
        'recused restricts',
        'unrelayed restricts',
        'withdrawn_by_the_procedure restricts',
      ],
      'casework.file_in_doubt': ['swept', 'told'],
      'casework.conflict': [...procedures, 'granted', 'recused restricts'],
      'casework.reading': [
        'granted',
        'parented restricts',
        'read_by_oneself restricts',
        'recused restricts',
      ],
      'casework.access': ['own'],
      'casework.exclusion': ['own'],
      'casework.deadline_change': [own[0]!, ...child],
      'casework.reminder': [own[0]!, ...child],
      'casework.reminder_plan': ['planned'],
      'casework.document_original': [...child, 'withdrawn_by_the_procedure restricts'],
      'casework.registration': [...child, 'withdrawn_by_the_procedure restricts'],
      'casework.document_text': [
        ...child,
        'unsent restricts',
        'withdrawn_by_the_procedure restricts',
      ],
      'casework.document_version': [...child, 'unsent restricts'],
      'casework."position"': child,
      'casework.publication': [...procedures, ...child],
      'casework.recommender': [changed, ...child, 'withdrawn_by_the_procedure restricts'],
      'casework.receipt_opening': [...child, 'withdrawn_by_the_procedure restricts'],
      'casework.classification': [own[0]!, ...child, 'withdrawn_by_the_procedure restricts'],
      'casework.repeat': [own[0]!, ...child, 'withdrawn_by_the_procedure restricts'],
      'casework.summary_source': child,
      'casework.passage': child,
      'casework.summary_paragraph': child,
      'casework.report_paragraph': child,
      'casework.report_paragraph_version': child,
      'casework.reservation': [own[0]!, changed, ...own.slice(1)],
      'casework.upload': ['granted', 'own restricts', ...child.slice(1)],
      'casework.upload_part': ['granted', 'own restricts', ...child.slice(1)],
      'casework.idempotency': ['granted restricts', 'own', 'recused restricts'],
      'journal.pending': ['relay'],
    };
    expect(policies.length).toBeGreaterThan(15);
    for (const { table, policies: names, ...rest } of policies) {
      const expected = special[table] ?? ['granted', 'recused restricts'];
      expect({ table, names, ...rest }).toEqual({
        table,
        names: expected,
        secured: true,
        forced: false,
      });
    }
  });

  it('the owner’s rights are lent by a closed list of functions, none of them to everybody', async () => {
    const functions = await asAdmin<{ name: string; definer: boolean; config: string[] | null }>(
      `SELECT format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) AS name,
         p.prosecdef AS definer, p.proconfig AS config,
         EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
           WHERE g.grantee = 0) AS everybody
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname IN ('casework', 'journal', 'identity', 'record', 'reference', 'public')
       ORDER BY 1`,
    );
    const definers = functions.filter(({ definer }) => definer);
    expect(definers.map(({ name }) => name.replaceAll(', ', ','))).toEqual(DEFINERS);
    for (const { name, config } of definers) {
      expect([name, config]).toEqual([name, ['search_path=""']]);
    }
    expect(functions.filter(({ everybody }) => everybody)).toEqual([]);
  });

  it('no role takes a row out of the record, but by the function of a withdrawal', async () => {
    for (const url of [database.appUrl, database.workerUrl]) {
      await rehearsed(url, null, async (client) => {
        for (const table of await tablesOf(client, 'record')) {
          expect([table, await refusal(client, `DELETE FROM ${table}`)]).toEqual([table, DENIED]);
          expect(await refusal(client, `TRUNCATE ${table}`)).toBe(DENIED);
        }
        const blank = 'file_key = NULL, media_type = NULL, bytes = NULL, sha256 = NULL';
        expect(await refusal(client, `UPDATE record.file SET ${blank}`)).toBe(DENIED);
        expect(await refusal(client, 'UPDATE record.file SET withdrawn_at = now()')).toBe(DENIED);
        const note = `INSERT INTO record.withdrawal VALUES (gen_random_uuid(), 'title', now())`;
        expect(await refusal(client, note)).toBe(DENIED);
        expect(await refusal(client, 'SELECT record.withdraw(gen_random_uuid())')).toBe(DENIED);
      });
    }
  });

  it('the public role reads what is public, and has no right to anything else', () =>
    rehearsed(database.publicUrl, null, async (client) => {
      const secret = await tablesOf(client, 'casework', 'journal', 'identity');
      expect(secret.length).toBeGreaterThan(20);
      for (const table of secret) {
        expect([table, await refusal(client, `SELECT * FROM ${table}`)]).toEqual([table, DENIED]);
      }
      for (const table of await tablesOf(client, 'record', 'reference')) {
        expect([table, await refusal(client, `SELECT * FROM ${table}`)]).toEqual([table, null]);
        expect(await refusal(client, `INSERT INTO ${table} DEFAULT VALUES`)).toBe(DENIED);
        expect(await refusal(client, `DELETE FROM ${table}`)).toBe(DENIED);
      }
      for (const call of ['enter(NULL)', `redeem('', '1 day')`, `authenticate('a@b.c')`]) {
        expect(await refusal(client, `SELECT identity.${call}`)).toBe(DENIED);
      }
    }));
});
