import pg from 'pg';

/** So many texts are named in a process; statements that are made up as they come are not. */
const MOST = 1_000;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * A connection that names its statements, so that PostgreSQL reads and plans each once, not at
 * every call: under row-level security that is half the work of a short one.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    const prepared = (text: unknown, values?: unknown, ...rest: unknown[]): unknown =>
      typeof text === 'string' && Array.isArray(values)
        ? query({ name: nameOf(text), text, values: values as unknown[] }, ...rest)
        : query(text, values, ...rest);
    this.query = prepared as typeof this.query;
  }
}
