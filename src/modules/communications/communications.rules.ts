import type { Trigger } from '../../kernel/intake-rules.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateSide } from '../../kernel/sides.js';

type Numbering = Trigger['number'];

/** The series that a number is the next of: what looks alike is counted together. */
export const seriesOf = (
  { mechanism, test }: { readonly mechanism: string; readonly test: boolean },
  { pattern, counted }: Numbering,
  year: number,
): string =>
  [mechanism, test ? 'test' : 'live', pattern, counted === 'yearly' ? year : 'all'].join(' ');

/** `ACCC/C/{year}/{n}` → `ACCC/C/2026/207`. */
export const numberOf = ({ pattern }: Numbering, year: number, n: number): string =>
  pattern.replace('{year}', String(year)).replace('{n}', String(n));

/** Whether what is filed is about whom it can be about. */
export function partyRefused(
  { concerns }: Pick<Trigger, 'concerns'>,
  { side, party }: { readonly side: string; readonly party: string },
): Refusal | null {
  const itself = side === stateSide(party);
  return itself === (concerns === 'self') ? null : refusal('party-mismatched', { concerns, party });
}
