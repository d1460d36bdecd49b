/** What can stop a replay once its folder has been read. */
type ReplayFaultCode =
  | 'usage'
  | 'credentials-missing'
  | 'wrong-credentials'
  | 'not-an-administrator'
  | 'unreachable'
  | 'no-test-mode'
  | 'clock-past'
  | 'already-exists'
  | 'troika-unknown'
  | 'positions-open'
  | 'not-published'
  | 'not-written'
  | 'house-ended';

/** A replay can't begin or go on: a stable code, and one line that says why. */
export class ReplayFault extends Error {
  constructor(
    readonly code: ReplayFaultCode,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ReplayFault';
  }
}
