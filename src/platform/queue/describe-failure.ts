/** What is kept of an error: nothing that it quotes. */
interface Failure {
  /** Its class. */
  readonly error: string;
  /** SQLSTATE, a code of the system or of a refusal. */
  readonly code: string | null;
  /** Where in the house it was thrown, as far as it tells: `src/platform/queue/relay.js:42`. */
  readonly place: string | null;
}

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;
const CODE = /^[A-Za-z0-9_-]{1,60}$/;
/** A frame of ours, compiled or not. */
const FRAME = /^ {4}at (?:.*[( /])?(src\/[a-z0-9./-]{1,120}\.[jt]s:\d{1,6}):\d{1,6}\)?$/;

const fitting = (pattern: RegExp, text: unknown): string | null =>
  typeof text === 'string' && pattern.test(text) ? text : null;

/**
 * What may be kept of why a job failed. Messages are left out whole: those of PostgreSQL quote rows,
 * those of parsers what they read, and nobody can tell a message of ours from theirs. The log has more.
 */
export function describeFailure(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { error: 'unknown', code: null, place: null };
  const { code, driverError } = thrown as { code?: unknown; driverError?: { code?: unknown } };
  const ours = framesOf(thrown).filter((frame) => !frame.includes('node_modules'));
  const places = ours.flatMap((frame) => FRAME.exec(frame)?.[1] ?? []);
  return {
    error: fitting(NAME, thrown.constructor.name) ?? 'Error',
    code: fitting(CODE, driverError?.code ?? code),
    place: places[0] ?? null,
  };
}

/** Without the message, of which several lines could look like frames; none where it cannot be told apart. */
function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  return at === -1 ? [] : stack.slice(at + message.length).split('\n');
}
