import pg from 'pg';
import { nameOf } from './statement-names.js';

/** What a list is read from, so that it can be counted as well. */
export type PublicReads = Pick<PublicReader, 'rows'>;

/** Connections of a process: few, so that statements travel together. */
const LINES = 4;

/** What the driver hands over lies where it reads the next answer to: a copy stays. */
const BYTES = { getTypeParser: () => (raw: unknown) => Buffer.from(raw as Buffer) };

interface Line {
  readonly client: pg.Client;
  /** Statements under way. */
  busy: number;
}

/**
 * Reads as `comity_public`: the reference and the record, by a role that has rights to
 * nothing else. Statements are named, so that PostgreSQL plans each once a connection, and
 * pipelined: what is asked in one turn of the event loop goes out in one packet. Every
 * statement stands alone, so neither order nor failure of one concerns another.
 */
export class PublicReader {
  readonly #lines: (Line | Promise<Line> | undefined)[] = Array.from({ length: LINES });

  /** Everybody may read all of it, so that one plan is as good for one as for another. */
  readonly lists: PublicReads = this;

  constructor(private readonly url: string) {}

  async rows<T extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
    form: Pick<pg.QueryConfig, 'types'> & { readonly binary?: boolean } = {},
  ): Promise<T[]> {
    const line = await this.#quietest();
    line.busy += 1;
    try {
      sendTogether(line.client);
      return (
        await line.client.query<T>({ name: nameOf(text), text, values: [...values], ...form })
      ).rows;
    } finally {
      line.busy -= 1;
    }
  }

  async row<T extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<T | undefined> {
    return (await this.rows<T>(text, values))[0];
  }

  /** One row whose columns are all `bytea`, as bytes. */
  async bytes<T extends Record<keyof T, Buffer | null>>(
    text: string,
    values: readonly unknown[],
  ): Promise<T> {
    return (await this.rows<T>(text, values, { binary: true, types: BYTES }))[0]!;
  }

  /** Statements under way, on all lines. */
  busy(): number {
    return this.#lines.reduce(
      (sum, line) => sum + (line === undefined || line instanceof Promise ? 0 : line.busy),
      0,
    );
  }

  /** How many rows the statement that `list` reads has: it is counted in its place. */
  async count(list: (reads: PublicReads) => Promise<unknown>): Promise<number> {
    let total = 0;
    await list({
      rows: async (text, values) => {
        const counted = `SELECT count(*)::int AS total FROM (${text}) AS counted`;
        total = (await this.row<{ total: number }>(counted, values))!.total;
        return [];
      },
    });
    return total;
  }

  async close(): Promise<void> {
    const open = this.#lines.splice(0).map(async (line) => (await line)?.client.end());
    await Promise.allSettled(open);
  }

  /** A slow statement holds up those behind it: the line with the fewest under way is taken. */
  #quietest(): Line | Promise<Line> {
    let best = 0;
    let least = Infinity;
    for (const [at, line] of this.#lines.entries()) {
      if (line === undefined) return this.#open(at);
      const busy = line instanceof Promise ? LINES : line.busy;
      if (busy < least) [best, least] = [at, busy];
    }
    return this.#lines[best]!;
  }

  #open(at: number): Promise<Line> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 10_000,
      pipeline: true,
    });
    // A connection that breaks is opened anew by whoever needs it next.
    let line: Line | undefined;
    const forget = () => {
      const now = this.#lines[at];
      if (now === opened || now === line) this.#lines[at] = undefined;
    };
    client.on('error', forget).once('end', forget);
    const opened = client.connect().then(() => {
      line = { client, busy: 0 };
      this.#lines[at] = line;
      return line;
    });
    this.#lines[at] = opened;
    opened.catch(forget);
    return opened;
  }
}

const gathering = new WeakSet<pg.Client>();

/** Holds what is written back until all that arrived in this turn has been asked. */
function sendTogether(client: pg.Client): void {
  if (gathering.has(client)) return;
  gathering.add(client);
  const { stream } = client.connection;
  stream.cork();
  setImmediate(() => {
    gathering.delete(client);
    stream.uncork();
  });
}
