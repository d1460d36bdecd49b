import { refusal, type Refusal } from '../../kernel/refusal.js';

interface Draw {
  readonly states: readonly string[];
  readonly subject: string;
  readonly seats: number;
  /** Regional group of each State on the day of the draw. */
  readonly groups: ReadonlyMap<string, string>;
  /** Members of the body that day; undefined where its membership is not on record. */
  readonly members: ReadonlySet<string> | undefined;
}

/**
 * Whether a draw meets the rules: so many rapporteurs, of different regional groups,
 * members of the Council, and not the State under review (res. 5/1, annex, para. 18 (d)).
 */
export function drawRefused({ states, subject, seats, groups, members }: Draw): Refusal | null {
  const fault = (because: string, facts: object = {}) =>
    refusal('troika-invalid', { because, ...facts });
  if (states.length !== seats) return fault('number', { drawn: states.length, seats });
  if (new Set(states).size < states.length) return fault('repeated', { states });
  if (states.includes(subject)) return fault('under-review', { state: subject });
  const ungrouped = states.filter((state) => !groups.has(state));
  if (ungrouped.length > 0) return fault('no-regional-group', { states: ungrouped });
  const regions = states.map((state) => groups.get(state)!);
  if (new Set(regions).size < regions.length) return fault('same-regional-group', { regions });
  const outside = members ? states.filter((state) => !members.has(state)) : [];
  return outside.length > 0 ? fault('not-a-member', { states: outside }) : null;
}
