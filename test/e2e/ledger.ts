import { expect } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Response } from 'supertest';
import type { TestApi } from '../setup/api.js';

/** When a session was last used, and how often somebody guessed, are no effects. */
export const PASSING = ['identity.session', 'identity.attempt', 'identity.allowance'];
/** Nobody but the owner writes these. */
const FIXED = ['reference.state', 'reference.state_name', 'reference.state_group'];
const TABLES = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
  WHERE schemaname IN ('casework', 'journal', 'record', 'reference', 'identity') ORDER BY 1`;

interface Hold {
  /** Comes back when so many wait. */
  queue(length: number): Promise<void>;
  release(): Promise<void>;
}

interface Entry {
  readonly compartment: string;
  readonly n: number;
  readonly author: string | null;
  readonly at: string;
  readonly what: string;
  readonly by: string;
  readonly onBehalfOf?: string;
  readonly reason?: string;
  readonly facts: Record<string, unknown>;
}

/** The database as its administrator reads it: row security hides nothing. */
export class Ledger {
  #sums: string | undefined;

  private constructor(
    private readonly url: string,
    private readonly client: pg.Client,
  ) {}

  static async open({ database }: TestApi): Promise<Ledger> {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    return new Ledger(database.adminUrl, client);
  }

  async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.client.query<T>(sql, values)).rows;
  }

  /** The one row that the statement finds. */
  async row<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T> {
    const [row, ...more] = await this.rows<T>(sql, values);
    if (!row || more.length > 0) throw new Error(`not one row: ${sql}`);
    return row;
  }

  /** What the journal says of a proceeding, chain by chain, with the account behind each entry. */
  async journal(proceedingId: string, compartment?: string): Promise<Entry[]> {
    const rows = await this.rows<{ compartment: string; n: number; body: string; author: string }>(
      `SELECT e.compartment, e.n, e.body, a.account_id AS author
       FROM journal.entry e LEFT JOIN journal.author a ON a.entry_id = e.id
       WHERE e.proceeding_id = $1 AND ($2::text IS NULL OR e.compartment = $2)
       ORDER BY e.compartment, e.n`,
      [proceedingId, compartment ?? null],
    );
    return rows.map(({ body, ...rest }) => ({
      ...rest,
      ...(JSON.parse(body) as Omit<Entry, 'n'>),
    }));
  }

  /** Every table with the number of its rows and a digest over all of them. */
  async dump(): Promise<Record<string, string>> {
    this.#sums ??= await this.sums();
    const rows = await this.rows<{ name: string; sum: string }>(this.#sums);
    return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
  }

  private async sums(): Promise<string> {
    const tables = await this.rows<{ name: string }>(TABLES);
    return tables
      .filter(({ name }) => !PASSING.includes(name) && !FIXED.includes(name))
      .map(
        ({ name }) => `SELECT '${name}' AS name, count(*) || ' ' ||
          coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') AS sum FROM ${name} t`,
      )
      .join(' UNION ALL ');
  }

  /**
   * Takes locks in a transaction of another connection, so that requests queue behind it. It is
   * let go after five seconds at the latest, whatever becomes of the test.
   */
  async hold(sql: string, values: unknown[]): Promise<Hold> {
    const holder = new pg.Client(this.url);
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query(`SET idle_in_transaction_session_timeout = '5s'; BEGIN`);
    await holder.query(sql, values);
    const blocked = `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
    return {
      queue: async (length) => {
        for (let tries = 0; tries < 100; tries += 1) {
          if ((await this.row<{ n: number }>(blocked)).n >= length) return;
          await sleep(20);
        }
        throw new Error('nobody waits for what is held');
      },
      release: async () => {
        await holder.query('ROLLBACK');
        await holder.end();
      },
    };
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

export async function expectSame(ledger: Ledger, before: Record<string, string>): Promise<void> {
  expect(await ledger.dump()).toEqual(before);
}

/** That the work leaves everything in the database as it was. */
export async function expectUnchanged<T>(ledger: Ledger, work: () => PromiseLike<T>): Promise<T> {
  const before = await ledger.dump();
  const answer = await work();
  await expectSame(ledger, before);
  return answer;
}

const MEMBERS = ['type', 'title', 'status', 'code', 'detail', 'facts', 'errors'];

/** That a request is refused, in a problem document that tells nothing internal. */
export async function expectProblem(
  call: PromiseLike<Response>,
  status: number,
  code: string,
  more: object = {},
): Promise<Response> {
  const answer = await call;
  expect(answer.status).toBe(status);
  // To a HEAD there is no body to tell more.
  const { method } = (answer as Response & { req: { method: string } }).req;
  if (method !== 'HEAD') expect(answer.body).toMatchObject({ status, code, ...more });
  expect(answer.type).toBe('application/problem+json');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.text ?? '').not.toContain(answer.headers['x-correlation-id']);
  expect(MEMBERS).toEqual(expect.arrayContaining(Object.keys(answer.body as object)));
  return answer;
}

/** Both: refused, and without effect. The request goes out when it is awaited, not before. */
export const expectRefused = (
  ledger: Ledger,
  call: PromiseLike<Response>,
  status: number,
  code: string,
  more: object = {},
): Promise<Response> => expectUnchanged(ledger, () => expectProblem(call, status, code, more));
