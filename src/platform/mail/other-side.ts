/** Minutes until the next attempt, after the first failure, the second… */
const BACKOFF = [1, 5, 15, 60, 180, 360, 720];
/** Characters of an answer that are kept. */
const TOLD = 300;

/** Minutes until somebody who did not take something is asked again; undefined when it has been enough. */
export const minutesAfter = (attempt: number): number | undefined => BACKOFF[attempt - 1];

/**
 * What the other side said, as it is kept: on one line, and short.
 *
 * @param token which nobody else may read: a server may quote what it refuses
 */
export function keptAnswer(answer: string, token?: string): string {
  const without = token === undefined ? answer : answer.replaceAll(token, '…');
  return without.replaceAll(/\p{C}+/gu, ' ').slice(0, TOLD);
}
