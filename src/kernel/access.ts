import type { Definition } from './definition.js';
import { type Participant, principalsOf } from './roles.js';

/** The principal that moves proceedings when their time has come. */
export const CLOCK = 'clock';

/** One row of `casework.access`: this principal reads this compartment. */
export interface AccessRow {
  readonly compartment: string;
  readonly principalId: string;
  /** The rule that grants it: a role, `side`, `assistant`, `procedure` or `clock`. */
  readonly because: string;
}

interface AccessGround {
  /** Also the id of the principal `procedure` of this one proceeding. */
  readonly proceedingId: string;
  readonly stage: string;
  readonly participants: readonly Participant[];
  /** Ids by key, for the standing principals, the participants and the sides. */
  readonly principals: ReadonlyMap<string, string>;
  /** Keys of the principals that own desks and filings: `state:SVN`, `communicant:<uuid>`. */
  readonly sides: readonly string[];
  /** Compartments that several sides share, `joint:<uuid>`: one entry for each side in each. */
  readonly circles?: readonly { readonly circle: string; readonly side: string }[];
  /** Principals that help a side to prepare: they read what it does here as that side. */
  readonly assistants?: readonly { readonly side: string; readonly principal: string }[];
}

const PER_SIDE = ':*';
/** One for each circle, read by the sides that are in it. */
const PER_CIRCLE = 'joint:*';

/** `desk:*` and the sides → `desk:state:SVN` with its side, and so on; others stand alone. */
const expand = (
  compartment: string,
  { sides, circles = [] }: Pick<AccessGround, 'sides' | 'circles'>,
): { compartment: string; own: string[] }[] => {
  if (compartment === PER_CIRCLE) {
    return circles.map(({ circle, side }) => ({ compartment: circle, own: [side] }));
  }
  if (!compartment.endsWith(PER_SIDE)) return [{ compartment, own: [] }];
  const kind = compartment.slice(0, -PER_SIDE.length);
  return sides.map((side) => ({ compartment: `${kind}:${side}`, own: [side] }));
};

const place = ({ compartment, principalId }: AccessRow): string => `${compartment} ${principalId}`;
const placed = (row: AccessRow): string => `${place(row)} ${row.because}`;
const inOrder = (a: AccessRow, b: AccessRow): number => (place(a) < place(b) ? -1 : 1);

/**
 * Who may read what: the visibility table applied to one proceeding as it stands. One row
 * for each compartment and principal, sorted; where several rules grant the same, the
 * table's first one names the reason.
 *
 * A reader that is a role with a standing principal opens the compartment to all of that
 * principal, whatever `seat` or `except` the role has: rows know principals, not persons.
 *
 * @throws RangeError for a principal without an id: silence would hide a proceeding from
 *   somebody who may see it.
 */
export const deriveAccess = (definition: Definition, ground: AccessGround): AccessRow[] => {
  const { proceedingId, stage, participants, principals } = ground;
  const rows = new Map<string, AccessRow>();
  const grant = (compartment: string, principalId: string, because: string): void => {
    const row = { compartment, principalId, because };
    if (!rows.has(place(row))) rows.set(place(row), row);
  };
  const idOf = (key: string): string => {
    const id = principals.get(key);
    if (id === undefined) throw new RangeError(`No principal has the key ${key}`);
    return id;
  };
  const holders = new Map(
    definition.roles.map((role) => [role.role, principalsOf(role, participants)]),
  );

  for (const rule of definition.visibility) {
    const inForce = rule.during?.includes(stage) ?? true;
    for (const { compartment, own } of expand(rule.compartment, ground)) {
      if (compartment !== 'identity') grant(compartment, proceedingId, 'procedure');
      if (!inForce) continue;
      for (const reader of rule.readers) {
        const keys = reader === 'side' ? own : holders.get(reader);
        for (const key of keys ?? []) grant(compartment, idOf(key), reader);
      }
    }
  }
  for (const { side, principal } of ground.assistants ?? []) {
    const own = [...rows.values()].filter(({ principalId }) => principalId === idOf(side));
    for (const { compartment } of own) grant(compartment, idOf(principal), 'assistant');
  }
  grant('case', idOf(CLOCK), CLOCK);
  return [...rows.values()].toSorted(inOrder);
};

/** What turns one set of rows into another: revoke first, then grant. */
export const diffAccess = (
  before: readonly AccessRow[],
  after: readonly AccessRow[],
): { grant: AccessRow[]; revoke: AccessRow[] } => {
  const had = new Set(before.map(placed));
  const has = new Set(after.map(placed));
  return {
    grant: after.filter((row) => !had.has(placed(row))),
    revoke: before.filter((row) => !has.has(placed(row))),
  };
};
