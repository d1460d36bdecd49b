import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { DENIED, refusal, rehearsed, tablesOf } from './direct.js';

const SECURED = ['casework', 'journal'];

describe('what a process may do at the most', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it.each(['appUrl', 'workerUrl'] as const)('%s deletes nothing and writes no grant', (role) =>
    rehearsed(database[role], null, async (client) => {
      const deletable: string[] = [];
      for (const table of await tablesOf(client, ...SECURED, 'identity', 'record', 'reference')) {
        expect([table, await refusal(client, `TRUNCATE ${table} CASCADE`)]).toEqual([
          table,
          DENIED,
        ]);
        if ((await refusal(client, `DELETE FROM ${table}`)) !== DENIED) deletable.push(table);
      }
      // Texts are withdrawn, and what was said of them or opens their receipts, and in whose name people ask and speak; rapporteurs replaced; partners go; co-recommending States of a draft are named anew; marks and paragraphs of a summary are taken back, and a form that is prepared is filled in anew; the relay takes what it has passed on.
      const meant = {
        appUrl: [
          'casework.asker',
          'casework.circle',
          'casework.classification',
          'casework.co_speaker',
          'casework.communicant',
          'casework.document_original',
          'casework.document_text',
          'casework.intake_paragraph',
          'casework.participant',
          'casework.partner',
          'casework.passage',
          'casework.receipt_opening',
          'casework.recommender',
          'casework.registration',
          'casework.repeat',
          'casework.summary_paragraph',
          'casework.wording_answer',
        ],
        workerUrl: ['casework.circle', 'casework.file_in_doubt', 'journal.pending'],
      };
      expect(deletable).toEqual(meant[role]);
      for (const table of ['access', 'exclusion'].map((name) => `casework.${name}`)) {
        expect(await refusal(client, `INSERT INTO ${table} DEFAULT VALUES`)).toBe(DENIED);
        expect(await refusal(client, `UPDATE ${table} SET proceeding_id = NULL`)).toBe(DENIED);
      }
      for (const table of await tablesOf(client, 'journal')) {
        expect(await refusal(client, `INSERT INTO ${table} DEFAULT VALUES`)).toBe(DENIED);
      }
      for (const table of ['chain', 'entry', 'author', 'sealed_head']) {
        expect(await refusal(client, `UPDATE journal.${table} SET proceeding_id = NULL`)).toBe(
          DENIED,
        );
      }
    }),
  );

  it('what is sealed is read by no process, and added to by the procedure alone', () =>
    rehearsed(database.appUrl, null, async (client) => {
      const rows = 'SELECT * FROM casework.sealed_original';
      expect(await refusal(client, rows)).toBe(DENIED);
      await rehearsed(database.workerUrl, null, async (worker) => {
        expect(await refusal(worker, rows)).toBe(DENIED);
      });
      const add = `SELECT casework.keep_sealed(gen_random_uuid(), gen_random_uuid(),
        gen_random_uuid(), '{}', '', NULL)`;
      expect(await refusal(client, add)).toBe(DENIED);
    }));

  it('the application reads no password, makes no administrator and moves no membership', () =>
    rehearsed(database.appUrl, null, async (client) => {
      for (const statement of [
        'SELECT password_hash FROM identity.account',
        'SELECT * FROM identity.account',
        'UPDATE identity.account SET administrator = true',
        'UPDATE identity.membership SET account_id = NULL',
        'UPDATE identity.membership SET permissions = NULL',
        'SELECT * FROM identity.attempt',
        'SELECT secret_hash FROM identity.api_key',
        'UPDATE identity.api_key SET scopes = NULL',
        'SELECT secret_hash FROM identity.calendar_feed',
        'UPDATE identity.calendar_feed SET account_id = NULL',
        'SELECT * FROM identity.webhook_secret',
        'SELECT principal_id FROM identity.front',
        'SELECT account_id FROM identity.case_key',
        'SELECT identity.forget_case_keys()',
        'SELECT identity.front_told(NULL, NULL, NULL)',
        'UPDATE identity.webhook SET account_id = NULL',
        'DELETE FROM identity.webhook',
        `SELECT identity.webhook_targets(NULL, NULL, '1 minute')`,
        'SELECT * FROM identity.unsubscription',
        'UPDATE identity.manner SET account_id = NULL',
        'SELECT identity.manners(NULL)',
        'SELECT identity.address_letter(NULL, NULL)',
        'SELECT token_hash FROM identity.invitation',
        'UPDATE identity.invitation SET email = NULL',
        'SELECT * FROM identity.password_reset',
        'SELECT half_hash, code_hash FROM identity.recovery',
        `UPDATE identity.recovery SET status = 'approved'`,
        'SELECT identity.recoverers(NULL)',
        `INSERT INTO identity.mail (kind) VALUES ('invitation')`,
        `SELECT identity.person(NULL)`,
        `SELECT identity.claim_mail('', '1 hour')`,
        'UPDATE identity.account SET disabled_at = NULL',
      ]) {
        expect([statement, await refusal(client, statement)]).toEqual([statement, DENIED]);
      }
    }));

  it('the worker reaches mail by the functions that send it, and by nothing else', () =>
    rehearsed(database.workerUrl, null, async (client) => {
      for (const table of [
        'mail',
        'invitation',
        'password_reset',
        'recovery',
        'api_key',
        'calendar_feed',
        'webhook',
        'webhook_secret',
        'manner',
        'unsubscription',
        'front',
        'case_key',
        'account',
      ]) {
        const name = `identity.${table}`;
        expect([name, await refusal(client, `SELECT * FROM ${name}`)]).toEqual([name, DENIED]);
        const insert = `INSERT INTO ${name} DEFAULT VALUES`;
        expect([name, await refusal(client, insert)]).toEqual([name, DENIED]);
      }
      for (const call of [
        `ask_reset(gen_random_uuid(), 'a@b.c', 'en')`,
        `redeem_reset('', '', gen_random_uuid())`,
        `invitation_for('')`,
        `redeem_key('')`,
        `redeem_case_key('')`,
        `renew_case_key('', '')`,
        `make_case_key(gen_random_uuid(), '')`,
        `found_front(gen_random_uuid(), NULL)`,
        `still_good('{}', '1 hour')`,
        `last_told('{}')`,
        `redeem_feed('')`,
        `drop_webhook(gen_random_uuid(), 1)`,
        `redeem_unsubscription('')`,
        'person(NULL)',
      ]) {
        expect([call, await refusal(client, `SELECT identity.${call}`)]).toEqual([call, DENIED]);
      }
      expect(await refusal(client, `SELECT identity.claim_mail('', '1 hour')`)).toBeNull();
    }));
});
