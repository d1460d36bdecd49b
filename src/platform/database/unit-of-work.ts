import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { requestContext } from '../request-context.js';
import type { Viewer } from '../identity/viewer.js';
import { recallAnswer, rememberAnswer } from './answers.js';
import { refusalOf } from './sql-state.js';
import type { Refused } from '../refused.js';
import { Tx, type Place } from './tx.js';

/** What a dry run answers, in place of the operation's own answer. */
interface DryRun {
  readonly ok: boolean;
  readonly refusals: { code: string; facts: Record<string, unknown> }[];
  readonly to?: string;
  readonly deadlines: { key: string; due: string }[];
}

/** One change for each of several items. */
interface Each<I, T, R> {
  /** What names an item among the others. */
  readonly keyOf: (item: I) => string;
  /** Where its answer belongs, for whoever may see it. */
  readonly placeOf: (item: I) => Place;
  readonly work: (tx: Tx, item: I) => Promise<T>;
  readonly refused: (item: I, refusal: Refused) => T;
  readonly conclude: (answers: readonly T[]) => R;
}

/** Refusals of one item, which are no reason to stop; those of the request as a whole are. */
const OF_AN_ITEM = new Set(['conflict', 'invalid', 'stale', 'missing']);
const OF_THE_REQUEST = new Set(['idempotency-in-flight', 'idempotency-key-reused']);

/** Refusals that a dry run reports; the others (missing, stale…) answer as ever. */
const REPORTED = new Set(['conflict', 'invalid']);

/**
 * The only way to the row-secured schemas: one transaction as one viewer, whose
 * memberships the database reads live. Nesting throws, for it would deadlock the pool.
 */
export class UnitOfWork {
  static #inside = new AsyncLocalStorage<true>();

  constructor(
    private readonly source: DataSource,
    private readonly kindOf: (code: string) => string | undefined,
  ) {}

  read<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#run('READ ONLY', viewer, (tx) => work(tx));
  }

  /**
   * Runs a change. Under an `Idempotency-Key` the first answer is stored in the same
   * transaction and returned to repeats; under `dryRun` everything runs and is rolled back.
   */
  write<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
    const context = requestContext.current();
    if (context?.dryRun) return this.#rehearse(viewer, work) as Promise<T>;
    return this.#run('READ WRITE', viewer, async (tx) => {
      const key = context?.idempotency;
      if (!key) return work(tx);
      const stored = await recallAnswer(tx, viewer.accountId, key);
      if (stored !== undefined) {
        context.replayed = true;
        return JSON.parse(stored) as T;
      }
      const answer = await work(tx);
      await rememberAnswer(tx, viewer.accountId, key, JSON.stringify(answer ?? null));
      return answer;
    });
  }

  /**
   * Runs a change for each item, in a transaction of its own; a refusal is that item's answer. Under
   * an `Idempotency-Key` each first answer is stored, a refusal too, so that a repeat goes on where
   * the first was cut off, and does nothing twice.
   */
  async writeEach<I, T, R>(viewer: Viewer, items: readonly I[], each: Each<I, T, R>): Promise<R> {
    const context = requestContext.current();
    if (context?.dryRun) return (await this.#rehearseEach(viewer, items, each)) as R;
    // The key is good for this request alone, also where nothing of it has been done yet.
    if (context?.idempotency) await this.write(viewer, () => Promise.resolve(null));
    const answers: T[] = [];
    for (const item of items) {
      const { idempotency: whole } = context ?? {};
      const key = whole && createHash('sha256').update(`${whole.key} ${each.keyOf(item)}`);
      const scope = context && {
        ...context,
        ...(whole && key && { idempotency: { ...whole, key: key.digest('hex') } }),
      };
      const one = () => this.#writeOne(viewer, item, each);
      answers.push(await (scope ? requestContext.run(scope, one) : one()));
    }
    return each.conclude(answers);
  }

  async #writeOne<I, T, R>(viewer: Viewer, item: I, each: Each<I, T, R>): Promise<T> {
    try {
      return await this.write(viewer, (tx) => each.work(tx, item));
    } catch (error) {
      const refusal = this.#ofAnItem(error);
      const answer = each.refused(item, refusal);
      // Of what may not be seen nothing is kept.
      if (refusal.code === 'not-found') return answer;
      return this.write(viewer, (tx) => {
        tx.touch(each.placeOf(item));
        return Promise.resolve(answer);
      });
    }
  }

  /** The refusal of an item; anything else is thrown on. */
  #ofAnItem(error: unknown): Refused {
    const refusal = refusalOf(error);
    if (refusal && !OF_THE_REQUEST.has(refusal.code)) {
      if (OF_AN_ITEM.has(this.kindOf(refusal.code) ?? '')) return refusal;
    }
    throw error;
  }

  async #rehearseEach<I, T, R>(
    viewer: Viewer,
    items: readonly I[],
    { keyOf, work }: Each<I, T, R>,
  ): Promise<DryRun> {
    const all = { refusals: [] as DryRun['refusals'], deadlines: [] as DryRun['deadlines'] };
    for (const item of items) {
      const one = await this.#rehearse(viewer, (tx) => work(tx, item)).catch((error: unknown) => {
        const { code, facts } = this.#ofAnItem(error);
        return { refusals: [{ code, facts }], deadlines: [] };
      });
      const about = { item: keyOf(item) };
      for (const { code, facts } of one.refusals) {
        all.refusals.push({ code, facts: { ...facts, ...about } });
      }
      all.deadlines.push(...one.deadlines);
    }
    return { ok: all.refusals.length === 0, ...all };
  }

  /** Work of the platform itself; `clock` holds the principal of that name, others none. */
  system<T>(name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#run('READ WRITE', name, work);
  }

  /** One of the identity functions, outside any transaction: who somebody is comes first. */
  async identity<T>(call: `identity.${string}`, args: readonly unknown[]): Promise<T | undefined> {
    const places = args.map((_, index) => `$${index + 1}`).join(', ');
    const [row]: T[] = await this.source.query(`SELECT * FROM ${call}(${places}) AS answer`, [
      ...args,
    ]);
    return row;
  }

  async #rehearse(viewer: Viewer, work: (tx: Tx) => Promise<unknown>): Promise<DryRun> {
    const rollback = new Error('dry run');
    let outcome: DryRun | undefined;
    try {
      await this.#run('READ WRITE', viewer, async (tx) => {
        try {
          await work(tx);
          await tx.rows('SET CONSTRAINTS ALL IMMEDIATE');
          outcome = { ok: true, refusals: [], ...tx.outcome };
        } catch (error) {
          const refused = refusalOf(error);
          if (!refused || !REPORTED.has(this.kindOf(refused.code) ?? '')) throw error;
          const { code, facts } = refused;
          outcome = { ok: false, refusals: [{ code, facts }], deadlines: [] };
        }
        throw rollback;
      });
    } catch (error) {
      if (error !== rollback) throw error;
    }
    return outcome!;
  }

  #run<T>(
    mode: 'READ ONLY' | 'READ WRITE',
    who: Viewer | string,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    if (UnitOfWork.#inside.getStore()) throw new Error('units of work do not nest');
    return UnitOfWork.#inside.run(true, () => this.#transact(mode, who, work));
  }

  async #transact<T>(mode: string, who: Viewer | string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    let tx: Tx | undefined;
    try {
      await runner.connect();
      const begun = runner.query(`START TRANSACTION ISOLATION LEVEL READ COMMITTED ${mode}`);
      [tx] = await Promise.all([enter(runner, who), begun]);
      const answer = await work(tx);
      await tx.conclude();
      await tx.rows('COMMIT');
      return answer;
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      tx?.close();
      await runner.release();
    }
  }
}

async function enter(runner: QueryRunner, who: Viewer | string): Promise<Tx> {
  const [sql, parameters]: [string, unknown[]] =
    typeof who === 'string'
      ? ['SELECT identity.enter_system($1) AS shift', [who]]
      : ['SELECT identity.enter($1) AS shift', [who.accountId]];
  const [row]: { shift: string }[] = await runner.query(sql, parameters);
  const arrival = requestContext.current()?.arrival ?? Date.now();
  const viewer = typeof who === 'string' ? undefined : who;
  const now = new Date(arrival + Number(row!.shift));
  return new Tx(runner.manager, viewer, now, [sql, parameters]);
}
