/** Whatever reads the record. */
interface Rows {
  row<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T | undefined>;
}

/** Which review is asked for: of whom, under which procedure, in which cycle. */
interface Place {
  readonly mechanism: string;
  readonly state: string;
  readonly cycle: number;
}

/**
 * The review of the same State in the cycle before, as the record has it: of several, the one of the
 * latest session. However it came there: also one that was imported.
 */
export const predecessorOf = (
  reads: Rows,
  { mechanism, state, cycle }: Place,
): Promise<{ id: string; body: string } | undefined> =>
  reads.row(
    `SELECT p.id, p.body FROM record.proceeding p
     WHERE p.state = $1 AND p.mechanism = $2 AND p.cycle = $3
     ORDER BY p.session DESC, p.id DESC LIMIT 1`,
    [state, mechanism, cycle - 1],
  );
