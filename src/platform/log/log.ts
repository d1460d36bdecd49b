import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Environment } from '../../config/environment.js';

/** Injection token of the process's log. */
export const LOG = Symbol('log');

/** Lines are written together: when there are this many bytes, each second, and at the end. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, minLength: 4096 });
  setInterval(() => output.flush(), 1000).unref();
  process.once('exit', () => output.flushSync());
  return output;
}

/**
 * Structured logs on stdout. They carry ids, codes and route patterns, never bodies,
 * parameters or addresses with ids in them.
 */
export const makeLog = (
  environment: Environment,
  name: 'api' | 'worker' | 'bootstrap',
  destination: DestinationStream = standardOutput(),
): Logger =>
  pino(
    {
      level: environment.logLevel,
      base: { process: name },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: safeError },
    },
    destination,
  );

/** An error without its parameters: a driver's error carries rows and values. */
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const driver = (error as { driverError?: { code?: unknown; constraint?: unknown } }).driverError;
  return {
    type: error.constructor.name,
    message: driver ? 'query failed' : error.message,
    code: driver?.code ?? code,
    constraint: driver?.constraint ?? constraint,
    stack: error.stack?.split('\n').slice(1).join('\n'),
  };
}

/** Nest's own messages, through the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Logger) {}
  log(message: unknown, context?: string): void {
    this.target.debug({ context }, String(message));
  }
  error(message: unknown, stack?: string): void {
    this.target.error({ stack }, String(message));
  }
  warn(message: unknown): void {
    this.target.warn(String(message));
  }
  debug(message: unknown): void {
    this.target.debug(String(message));
  }
}
