import pg from 'pg';

/** Milliseconds before a connection that ended is opened anew. */
const PAUSE = 1000;

/** What the database calls out on one channel, without words; one connection for all who listen. */
export class Bell {
  readonly #listeners = new Set<() => void>();
  #client: pg.Client | undefined;
  #pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly channel: string,
  ) {}

  /**
   * Rings for whoever listens at each call, and whenever the connection was opened: what was called
   * out before that is lost. There is a connection while somebody listens, and no longer.
   *
   * @returns ends the listening
   */
  listen(heard: () => void): () => void {
    this.#listeners.add(heard);
    if (!this.#client && !this.#pause) this.#connect();
    return () => {
      this.#listeners.delete(heard);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    const client = this.#client;
    this.#client = undefined;
    client?.end().catch(() => undefined);
  }

  #connect(): void {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    this.#client = client;
    const again = (): void => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        this.#connect();
      }, PAUSE).unref();
    };
    client.on('notification', () => this.#ring());
    client.on('error', again).once('end', again);
    client
      .connect()
      .then(() => client.query(`LISTEN ${this.channel}`))
      .then(() => this.#ring())
      .catch(() => {
        again();
        client.end().catch(() => undefined);
      });
  }

  #ring(): void {
    for (const heard of this.#listeners) heard();
  }
}
