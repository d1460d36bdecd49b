import { v7 } from 'uuid';
import { secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import { unknownParties } from './directory.repository.js';
import { OptOut, Party, PartyChange } from './parties.entity.js';
import { entriesOf, lockTreaty, type EntryRow, type TreatyRow } from './parties.repository.js';
import { inOrder, longerThan, overlap } from './parties.rules.js';
import { holdsOn } from './state-names.rules.js';

/** A period of a Party, or, where it names a procedure, an opt-out from it. */
export type Entry = Omit<EntryRow, 'id'>;

/**
 * Enters what is not known yet, and leaves what is as it is. What a treaty has is written under its lock.
 *
 * @throws Refused naming the first entry that cannot stand, and then nothing is entered
 */
export async function enterAll(tx: Tx, treaty: TreatyRow, asked: readonly Entry[]) {
  const unknown = await unknownParties(
    tx,
    asked.map(({ state }) => state),
  );
  if (unknown.length > 0) throw new Refused('unknown-state', { unknown });
  await lockTreaty(tx, treaty.key);
  const there: Entry[] = await entriesOf(tx, treaty.key);
  const known = new Set(there.map(beginning));
  const fresh: EntryRow[] = [];
  for (const entry of asked) {
    if (known.has(beginning(entry))) continue;
    assertStands(treaty, entry, there);
    known.add(beginning(entry));
    there.push(entry);
    fresh.push({ ...entry, id: v7() });
  }
  const row = ({ id, state, source }: EntryRow) => {
    return { id, treatyKey: treaty.key, iso3: state, source };
  };
  await tx.insert(
    Party,
    fresh
      .filter(({ procedure }) => procedure === null)
      .map((each) => ({ ...row(each), inForceFrom: each.from, inForceUntil: each.until })),
  );
  await tx.insert(
    OptOut,
    fresh.flatMap((each) =>
      each.procedure === null || each.until === null
        ? []
        : {
            ...row(each),
            procedure: each.procedure,
            validFrom: each.from,
            validUntil: each.until,
          },
    ),
  );
  await tx.insert(
    PartyChange,
    fresh.map((each) => changeOf(tx, treaty, { each, was: null })),
  );
  return { added: fresh.length, known: asked.length - fresh.length };
}

interface Asked {
  readonly item: string;
  readonly from?: string | undefined;
  readonly until?: string | null | undefined;
  readonly source: string;
}

/**
 * Changes one entry, and keeps what was on record before.
 *
 * @returns the State's code
 * @throws Refused `unknown-period`, or naming why it cannot stand so
 */
export async function changeEntry(tx: Tx, treaty: TreatyRow, asked: Asked): Promise<string> {
  await lockTreaty(tx, treaty.key);
  const there = await entriesOf(tx, treaty.key);
  const was = there.find(({ id }) => id === asked.item);
  if (!was) throw new Refused('unknown-period', { item: asked.item });
  const { from = was.from, until = was.until, source } = asked;
  const each = { ...was, from, until, source };
  if (from === was.from && until === was.until && source === was.source) return was.state;
  const others = there.filter(({ id }) => id !== was.id);
  assertStands(treaty, each, others);
  if (was.procedure === null) {
    await tx.update(Party, { id: was.id }, { inForceFrom: from, inForceUntil: until, source });
  } else if (until !== null) {
    await tx.update(OptOut, { id: was.id }, { validFrom: from, validUntil: until, source });
  }
  await tx.insert(PartyChange, changeOf(tx, treaty, { each, was }));
  return was.state;
}

const series = ({ state, procedure }: Entry): string => `${state} ${procedure}`;
const beginning = (entry: Entry): string => `${series(entry)} ${entry.from}`;
const recorded = ({ from, until, source }: Entry) => ({ from, until, source });

const changeOf = (
  tx: Tx,
  treaty: TreatyRow,
  { each, was }: { each: EntryRow; was: Entry | null },
): PartyChange => ({
  id: v7(),
  partyId: each.procedure === null ? each.id : null,
  optOutId: each.procedure === null ? null : each.id,
  at: tx.now,
  bySide: secretariatSide(treaty.key),
  was: was && recorded(was),
  isNow: recorded(each),
});

/**
 * @throws Refused `dates-in-disorder`, `periods-overlap`, or of an opt-out `opt-out-not-offered`,
 *   `opt-out-too-long`, `not-a-party`
 */
function assertStands(treaty: TreatyRow, entry: Entry, others: readonly Entry[]): void {
  const { state, procedure, from, until } = entry;
  if (!inOrder(entry)) throw new Refused('dates-in-disorder', { state, from, until });
  const beside = others.filter((each) => series(each) === series(entry));
  const other = beside.find((each) => overlap(each, entry));
  if (other) {
    const facts = { state, from, overlaps: { from: other.from, until: other.until } };
    throw new Refused('periods-overlap', facts);
  }
  if (procedure === null) return;
  const rule = treaty.optOuts.find((each) => each.procedure === procedure);
  if (!rule) {
    const offered = treaty.optOuts.map((each) => each.procedure);
    throw new Refused('opt-out-not-offered', { procedure, offered });
  }
  if (longerThan(entry, rule.years)) {
    throw new Refused('opt-out-too-long', { state, from, until, years: rule.years });
  }
  const periods = others.filter((each) => each.state === state && each.procedure === null);
  if (!periods.some((each) => holdsOn(each, from))) {
    throw new Refused('not-a-party', { state, on: from });
  }
}
