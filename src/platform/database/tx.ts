import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Viewer } from '../identity/viewer.js';
import {
  add,
  change,
  select,
  type EntityClass,
  type FindOptions,
  type Where,
} from './rows-of-entity.js';

/** What a list is read from, so that it can be counted as well (`Tx.count`). */
export type Reads = Pick<Tx, 'rows'>;
/** A statement with its `$1`-style parameters. */
export type Statement = readonly [sql: string, parameters?: readonly unknown[]];

/** A compartment of a proceeding. */
export interface Place {
  readonly proceedingId: string;
  readonly compartment: string;
}

/**
 * One open transaction as one viewer; the only way to the row-secured schemas. It is
 * handed out by the unit of work, closes with it, and does one thing at a time.
 */
export class Tx {
  #manager: EntityManager;
  #open = true;
  #busy = false;
  #ahead: Promise<unknown>[] = [];
  #entry: Statement;
  readonly #viewers: Statement;
  /** Where the answer belongs, if it is stored: the place of a journal entry (see `touch`). */
  touched: Place | undefined;
  #own = false;
  #kept = false;
  readonly #last: (() => Promise<void>)[] = [];
  /** What a dry run may tell. */
  readonly outcome: { to?: string; deadlines: { key: string; due: string }[] } = { deadlines: [] };

  constructor(
    manager: EntityManager,
    /** Who acts, with the seats held here; undefined for a part of the platform itself. */
    public viewer: Viewer | undefined,
    /** The procedures' clock at the arrival of the request (or the start of the work). */
    readonly now: Date,
    /** Makes the transaction its viewer's again, after it was a procedure's. */
    entry: Statement,
  ) {
    this.#manager = manager;
    this.#entry = entry;
    this.#viewers = entry;
  }

  /**
   * Runs a part of this transaction as the procedure of one proceeding, which holds all of
   * its compartments but `identity`. Whoever asks must see the proceeding: that is found out by the
   * part's first statement, before which it does nothing. A part that fails ends the transaction.
   */
  asProcedure<T>(proceedingId: string, work: () => Promise<T>): Promise<T> {
    return this.#as(['SELECT casework.act($1)', [proceedingId]], work);
  }

  /**
   * Reads as the procedures of several proceedings, each of which whoever asks must see. Only in a
   * transaction that writes nothing.
   */
  asProcedures<T>(proceedingIds: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.#as(['SELECT casework.read_as($1)', [proceedingIds]], work);
  }

  /** Runs a part as the clock, which sees that every proceeding exists and when it is due. */
  async asClock<T>(work: () => Promise<T>): Promise<T> {
    const place = this.touched;
    const answer = await this.#as(["SELECT identity.enter_system('clock')"], work);
    // What the clock touched is not where the viewer's answer belongs: they may not see it.
    this.touched = place;
    return answer;
  }

  /**
   * Notes the place of a journal entry: the last one that the viewer wrote, which what a procedure
   * tells everybody of it in consequence does not widen; else the last one of all.
   */
  touch(place: Place): void {
    const own = this.#entry === this.#viewers;
    if (this.#kept || (this.#own && !own)) return;
    this.#own = own;
    this.touched = place;
  }

  /** Has the answer kept there (or as nobody's but the viewer's): not for all who read what was written. */
  keepAnswerIn(place: Place | undefined): void {
    this.#kept = true;
    this.touched = place;
  }

  /**
   * Has something done outside the database when all else has been done, right before the commit:
   * never for what is rolled back.
   */
  beforeCommit(act: () => Promise<void>): void {
    this.#last.push(act);
  }

  /** For the unit of work alone. What is checked at the commit only, is checked before the acts. */
  async conclude(): Promise<void> {
    if (this.#last.length === 0) return;
    await this.rows('SET CONSTRAINTS ALL IMMEDIATE');
    for (const act of this.#last) await act();
  }

  async #as<T>(entry: Statement, work: () => Promise<T>): Promise<T> {
    const outer = this.#entry;
    this.#sendAhead(entry);
    this.#entry = entry;
    let answer: T;
    try {
      answer = await work();
    } catch (error) {
      // Whoever made something of this failure would go on as somebody else.
      this.#open = false;
      throw error;
    }
    this.#entry = outer;
    this.#sendAhead(outer);
    return answer;
  }

  /** Sends what the next statement needs before it, in one go: where this fails, that fails too. */
  #sendAhead([sql, parameters = []]: Statement): void {
    this.#assertFree();
    const sent: Promise<unknown> = this.#manager.query(sql, [...parameters]);
    sent.catch(() => undefined);
    this.#ahead.push(sent);
  }

  /** Rows of a statement, with `$1`-style parameters. */
  rows<T extends ObjectLiteral>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.#alone(async (manager) => {
      const answer: unknown = await manager.query(sql, [...parameters]);
      return answer as T[];
    });
  }

  /** Rows of statements that need nothing of each other: they are sent in one go. */
  together<T extends ObjectLiteral[]>(
    ...statements: { [K in keyof T]: Statement }
  ): Promise<{ [K in keyof T]: T[K][] }> {
    return this.#alone((manager) => {
      const sent = statements.map(([sql, parameters = []]) => manager.query(sql, [...parameters]));
      return Promise.all(sent) as Promise<{ [K in keyof T]: T[K][] }>;
    });
  }

  async row<T extends ObjectLiteral>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<T | undefined> {
    return (await this.rows<T>(sql, parameters))[0];
  }

  /**
   * Where lists are read: what one viewer may see of them may be a handful and what another may see
   * everything, so each gets a plan of its own, where else a plan serves whoever comes.
   */
  readonly lists: Reads = {
    rows: (sql, parameters) => {
      this.#sendAhead(["SELECT set_config('plan_cache_mode', 'force_custom_plan', true)"]);
      return this.rows(sql, parameters);
    },
  };

  /** How many rows the statement that `list` reads has: it is counted in its place. */
  async count(list: (reads: Reads) => Promise<unknown>): Promise<number> {
    let total = 0;
    await list({
      rows: async (sql, parameters) => {
        const counted = `SELECT count(*)::int AS total FROM (${sql}) AS counted`;
        total = (await this.lists.rows<{ total: number }>(counted, parameters))[0]!.total;
        return [];
      },
    });
    return total;
  }

  find<T extends ObjectLiteral>(
    entity: EntityClass<T>,
    where: Where<T>,
    options: FindOptions<T> = {},
  ): Promise<T[]> {
    return this.#alone((manager) => select(manager, entity, where, options).getMany());
  }

  async findOne<T extends ObjectLiteral>(
    entity: EntityClass<T>,
    where: Where<T>,
    options?: FindOptions<T>,
  ): Promise<T | undefined> {
    return (await this.find(entity, where, options))[0];
  }

  async insert<T extends ObjectLiteral>(
    entity: EntityClass<T>,
    rows: T | readonly T[],
  ): Promise<void> {
    const values = Array.isArray(rows) ? [...(rows as readonly T[])] : [rows as T];
    if (values.length === 0) return;
    await this.#alone((manager) => add(manager, entity, values).execute());
  }

  /** Sets columns of the rows that match, which is the compare; answers how many there were. */
  update<T extends ObjectLiteral>(
    entity: EntityClass<T>,
    where: Where<T>,
    set: Partial<T>,
  ): Promise<number> {
    return this.#alone(async (manager) => {
      const { affected } = await change(manager, entity, where, set).execute();
      return affected ?? 0;
    });
  }

  /** For the unit of work alone: from here on every use of this transaction fails. */
  close(): void {
    this.#open = false;
  }

  #assertFree(): void {
    if (!this.#open) throw new Error('this transaction is over');
    if (this.#busy) throw new Error('a transaction does one thing at a time');
  }

  async #alone<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    this.#assertFree();
    this.#busy = true;
    const ahead = this.#ahead.splice(0);
    try {
      const [answer] = await Promise.all([work(this.#manager), ...ahead]);
      return answer;
    } catch (error) {
      // PostgreSQL has given it up: a commit would be answered as if all were well.
      this.#open = false;
      throw error;
    } finally {
      this.#busy = false;
    }
  }
}
