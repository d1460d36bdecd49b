import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Viewer } from '../identity/viewer.js';

type EntityClass<T> = new () => T;
/** Equality on columns; `null` means IS NULL. */
type Where<T> = { readonly [K in keyof T]?: T[K] | null };
interface FindOptions<T> {
  readonly order?: { readonly [K in keyof T]?: 'ASC' | 'DESC' };
}

/** What a list is read from, so that it can be counted as well (`Tx.count`). */
export type Reads = Pick<Tx, 'rows'>;

/** A compartment of a proceeding. */
interface Place {
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
  #reenter: (tx: Tx) => Promise<unknown>;
  readonly #viewers: (tx: Tx) => Promise<unknown>;
  /** Where the answer belongs, if it is stored: the place of a journal entry (see `touch`). */
  touched: Place | undefined;
  #own = false;
  /** What a dry run may tell. */
  readonly outcome: { to?: string; deadlines: { key: string; due: string }[] } = { deadlines: [] };

  constructor(
    manager: EntityManager,
    /** Who acts; undefined for a part of the platform itself. */
    readonly viewer: Viewer | undefined,
    /** The procedures' clock at the arrival of the request (or the start of the work). */
    readonly now: Date,
    /** Makes the transaction its viewer's again, after it was a procedure's. */
    reenter: (tx: Tx) => Promise<unknown>,
  ) {
    this.#manager = manager;
    this.#reenter = reenter;
    this.#viewers = reenter;
  }

  /**
   * Runs a part of this transaction as the procedure of one proceeding, which holds all of
   * its compartments but `identity`. Whoever asks must see the proceeding.
   */
  asProcedure<T>(proceedingId: string, work: () => Promise<T>): Promise<T> {
    return this.#as((tx) => tx.rows('SELECT casework.act($1)', [proceedingId]), work);
  }

  /** Runs a part as the clock, which sees that every proceeding exists and when it is due. */
  async asClock<T>(work: () => Promise<T>): Promise<T> {
    const place = this.touched;
    const answer = await this.#as((tx) => tx.rows("SELECT identity.enter_system('clock')"), work);
    // What the clock touched is not where the viewer's answer belongs: they may not see it.
    this.touched = place;
    return answer;
  }

  /**
   * Notes the place of a journal entry: the last one that the viewer wrote, which what a procedure
   * tells everybody of it in consequence does not widen; else the last one of all.
   */
  touch(place: Place): void {
    const own = this.#reenter === this.#viewers;
    if (this.#own && !own) return;
    this.#own = own;
    this.touched = place;
  }

  async #as<T>(enter: (tx: Tx) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
    const outer = this.#reenter;
    await enter(this);
    this.#reenter = enter;
    const answer = await work();
    this.#reenter = outer;
    await outer(this);
    return answer;
  }

  /** Rows of a statement, with `$1`-style parameters. */
  rows<T extends ObjectLiteral>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.#alone(async (manager) => {
      const answer: unknown = await manager.query(sql, [...parameters]);
      return answer as T[];
    });
  }

  async row<T extends ObjectLiteral>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<T | undefined> {
    return (await this.rows<T>(sql, parameters))[0];
  }

  /** How many rows the statement that `list` reads has: it is counted in its place. */
  async count(list: (reads: Reads) => Promise<unknown>): Promise<number> {
    let total = 0;
    await list({
      rows: async (sql, parameters) => {
        const counted = `SELECT count(*)::int AS total FROM (${sql}) AS counted`;
        total = (await this.row<{ total: number }>(counted, parameters))!.total;
        return [];
      },
    });
    return total;
  }

  find<T extends ObjectLiteral>(
    entity: EntityClass<T>,
    where: Where<T>,
    { order = {} }: FindOptions<T> = {},
  ): Promise<T[]> {
    return this.#alone((manager) => {
      const query = manager.createQueryBuilder(entity, 'x');
      for (const [property, value] of Object.entries(where)) {
        if (value === undefined) throw new TypeError(`no value for ${property}`);
        if (value === null) query.andWhere(`x.${property} IS NULL`);
        else query.andWhere(`x.${property} = :${property}`, { [property]: value });
      }
      for (const [property, way] of Object.entries(order)) {
        query.addOrderBy(`x.${property}`, way);
      }
      return query.getMany();
    });
  }

  async findOne<T extends ObjectLiteral>(
    entity: EntityClass<T>,
    where: Where<T>,
    options?: FindOptions<T>,
  ): Promise<T | undefined> {
    return (await this.find(entity, where, options))[0];
  }

  /** Inserts without RETURNING: a writer need not be able to read what it wrote. */
  insert<T extends ObjectLiteral>(entity: EntityClass<T>, rows: T | readonly T[]): Promise<void> {
    const values = Array.isArray(rows) ? [...(rows as readonly T[])] : [rows as T];
    if (values.length === 0) return Promise.resolve();
    return this.#alone(async (manager) => {
      await manager
        .createQueryBuilder()
        .insert()
        .into(entity)
        .values(values)
        .updateEntity(false)
        .execute();
    });
  }

  /** Sets columns of the rows that match, which is the compare; answers how many there were. */
  update<T extends ObjectLiteral>(
    entity: EntityClass<T>,
    where: Where<T>,
    set: Partial<T>,
  ): Promise<number> {
    return this.#alone(async (manager) => {
      const query = manager.createQueryBuilder().update(entity).set(set);
      for (const [property, value] of Object.entries(where)) {
        if (value === undefined) throw new TypeError(`no value for ${property}`);
        const column = this.#column(manager, entity, property);
        if (value === null) query.andWhere(`${column} IS NULL`);
        else query.andWhere(`${column} = :where_${property}`, { [`where_${property}`]: value });
      }
      return (await query.updateEntity(false).execute()).affected ?? 0;
    });
  }

  /** For the unit of work alone: from here on every use of this transaction fails. */
  close(): void {
    this.#open = false;
  }

  #column(manager: EntityManager, entity: EntityClass<ObjectLiteral>, property: string): string {
    const column = manager.connection
      .getMetadata(entity)
      .findColumnWithPropertyName(property)?.databaseName;
    if (column === undefined) throw new TypeError(`no column ${property}`);
    return `"${column}"`;
  }

  async #alone<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (!this.#open) throw new Error('this transaction is over');
    if (this.#busy) throw new Error('a transaction does one thing at a time');
    this.#busy = true;
    try {
      return await work(this.#manager);
    } finally {
      this.#busy = false;
    }
  }
}
