import pg from 'pg';
import { nameOf } from './statement-names.js';

/**
 * A connection that names its statements, so that PostgreSQL reads each, and writes the policies of
 * row-level security into it, once and not at every call; and that sends what it is given without
 * waiting for what was sent before, in order.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    const prepared = (text: unknown, values?: unknown, ...rest: unknown[]): unknown =>
      typeof text === 'string' && Array.isArray(values)
        ? query({ name: nameOf(text), text, values: values as unknown[] }, ...rest)
        : query(text, values, ...rest);
    this.query = prepared as typeof this.query;
  }
}
