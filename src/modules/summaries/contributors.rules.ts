import type { Named } from './sources.rules.js';
import type { Source } from './summaries.entity.js';

/** A source as a draft knows it. */
export interface DraftSource extends Named, Pick<Source, 'id' | 'place' | 'standsWith'> {
  readonly joint: boolean;
}

/** Those of one kind, each under its mark. */
export interface Group {
  readonly heading: string;
  readonly entries: readonly { readonly mark: string; readonly text: string }[];
}

const GROUPS = { nhri: 1, 'civil-society': 2, regional: 4, 'united-nations': 5 } as const;
const HEADINGS: Readonly<Record<number, string>> = {
  1: 'National human rights institution:',
  2: 'Individual submissions:',
  3: 'Joint submissions:',
  4: 'Regional intergovernmental organizations:',
};

/** Who contributed, under their marks; nobody who is not named. */
export function contributors(sources: readonly DraftSource[]): Group[] {
  const named = sources.filter(({ use, mark }) => use === 'cited' && mark !== null);
  const groupOf = ({ standsWith, joint }: DraftSource): number =>
    joint && standsWith === 'civil-society' ? 3 : GROUPS[standsWith];
  return Object.entries(HEADINGS).flatMap(([group, heading]) => {
    const members = named.filter((source) => groupOf(source) === Number(group));
    // Joint ones by their numbers, in which they come; the others by their marks.
    const sorted =
      group === '3' ? members : members.toSorted((a, b) => (a.mark! < b.mark! ? -1 : 1));
    const entries = sorted.map((source) => ({ mark: source.mark!, text: entryOf(source) }));
    return entries.length > 0 ? [{ heading, entries }] : [];
  });
}

function entryOf({ joint, mark, name, place, partners }: DraftSource): string {
  const where = place === null ? name : `${name}, ${place}`;
  if (!joint) return `${where}.`;
  const by = [where, ...partners];
  const all = by.length > 1 ? `${by.slice(0, -1).join(', ')} and ${by.at(-1)}` : where;
  return `Joint submission ${mark!.replace(/^JS/, '')} submitted by: ${all}.`;
}
