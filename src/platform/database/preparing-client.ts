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

/** A plan made for whoever came first may be ruinous for the next viewer: each gets its own. */
const OWN_PLANS = '-c plan_cache_mode=force_custom_plan';

/**
 * A connection that names its statements, so that PostgreSQL reads each, and writes the policies of
 * row-level security into it, once and not at every call.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, options: [config?.options, OWN_PLANS].filter(Boolean).join(' ') });
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    const prepared = (text: unknown, values?: unknown, ...rest: unknown[]): unknown =>
      typeof text === 'string' && Array.isArray(values)
        ? query({ name: nameOf(text), text, values: values as unknown[] }, ...rest)
        : query(text, values, ...rest);
    this.query = prepared as typeof this.query;
  }
}
