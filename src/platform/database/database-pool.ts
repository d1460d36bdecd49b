import type { DataSource } from 'typeorm';
import type pg from 'pg';

/**
 * The process's connections themselves: how many there are in use, and statements on the
 * counters of the rate limits, the one table that belongs to nobody's view.
 */
export class DatabasePool {
  constructor(private readonly source: DataSource) {}

  get #pool(): pg.Pool {
    return (this.source.driver as unknown as { readonly master: pg.Pool }).master;
  }

  query(statement: pg.QueryConfig): Promise<pg.QueryResult> {
    return this.#pool.query(statement);
  }

  use(): { busy: number; idle: number; waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }
}
