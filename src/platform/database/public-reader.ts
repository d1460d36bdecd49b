import pg from 'pg';

/**
 * Reads as `comity_public`: the reference and the record, by a role that has rights to
 * nothing else. Statements are named, so that PostgreSQL plans each once a connection.
 */
export class PublicReader {
  readonly #pool: pg.Pool;

  constructor(url: string, size: number) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: size,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 10_000,
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end us.
    this.#pool.on('error', () => undefined);
  }

  /** @param name unique for the text: it names the prepared statement */
  async rows<T extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> {
    return (await this.#pool.query<T>({ name, text, values: [...values] })).rows;
  }

  async row<T extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<T | undefined> {
    return (await this.rows<T>(name, text, values))[0];
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
