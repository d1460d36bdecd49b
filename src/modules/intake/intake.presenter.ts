import type { IntakeRule } from '../../kernel/intake-rules.js';
import { isDesk } from '../../kernel/sides.js';
import type { Communicant, IntakeParagraph } from './intake.entity.js';
import { missingFields, wordsOf } from './intake.rules.js';

/** Of what stands in several places for the same, the one that tells most. */
function best<T extends { readonly compartment: string }>(
  rows: readonly T[],
  same: (row: T) => string,
  told: (row: T) => readonly (string | null)[],
): T[] {
  const much = (row: T): number => told(row).filter((each) => each !== null).length;
  const chosen = new Map<string, T>();
  for (const row of rows) {
    const known = chosen.get(same(row));
    if (!known || much(row) > much(known)) chosen.set(same(row), row);
  }
  return [...chosen.values()];
}

/**
 * The form as the viewer may read it: while it is prepared, what stands in the desk; then what was handed
 * in.
 */
export function presentForm(rule: IntakeRule, rows: readonly IntakeParagraph[], prepared: boolean) {
  const here = rows.filter(({ compartment }) => isDesk(compartment) === prepared);
  const read = best(
    here,
    ({ field, place }) => `${field} ${place}`,
    ({ text }) => [text],
  );
  const ordered = read.toSorted((a, b) => a.place - b.place);
  return {
    fields: rule.fields.map(({ field, required }) => {
      const own = ordered.filter((row) => row.field === field);
      return {
        field,
        required,
        paragraphs: own.map(({ text, ground, explanation }) => ({
          text,
          inConfidence: ground === null ? null : { ground, explanation },
        })),
        words: wordsOf(own),
      };
    }),
    words: wordsOf(read),
    limit: rule.limit.words,
    missing: missingFields(rule, read),
  };
}

type Named = { readonly name: string; readonly contact: string | null };

/** Those who file, each once, by name where it may be known. */
export function presentCommunicants(
  rows: readonly Communicant[],
  sealed: ReadonlyMap<string, Named>,
) {
  const known = rows.map((row) => ({ ...row, ...sealed.get(row.id) }));
  const read = best(
    known,
    ({ place }) => String(place),
    ({ name, contact }) => [name, contact],
  );
  return read
    .toSorted((a, b) => a.place - b.place)
    .map(({ kind, name, contact }) => ({ kind, name, contact }));
}
