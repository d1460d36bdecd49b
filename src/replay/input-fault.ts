/** What can be wrong with a folder that is to be replayed. */
export type InputFaultCode =
  | 'folder-missing'
  | 'recommendations-missing'
  | 'recommendations-malformed'
  | 'position-unknown'
  | 'position-conflict'
  | 'recommender-missing'
  | 'state-unknown'
  | 'document-missing'
  | 'document-empty'
  | 'document-unreadable'
  | 'document-mismatch'
  | 'date-not-found'
  | 'dates-out-of-order'
  | 'calendar-malformed';

/** A folder can't be replayed: a stable code, and every instance of the fault, one a line. */
export class InputFault extends Error {
  constructor(
    readonly code: InputFaultCode,
    readonly details: readonly string[],
  ) {
    super(`${code}: ${details.join('\n  ')}`);
    this.name = 'InputFault';
  }
}
