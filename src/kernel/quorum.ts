/** Somebody who sits on a body now. */
interface Sitter {
  readonly id: string;
  /** In the room, or taking part as the rules allow. */
  readonly here: boolean;
}

/** So many persons; or more than a share of those who can take part: `[1, 2]` is more than a half. */
export type Quorum =
  | { readonly atLeast: number }
  | { readonly moreThan: readonly [number, number] };

interface Sitting {
  /** Each once. */
  readonly members: readonly Sitter[];
  /** Ids of those who are recused in this matter. */
  readonly recused: readonly string[];
  readonly quorum: Quorum;
}

interface Present {
  /** Whose voices count. */
  readonly counted: readonly string[];
  /** Of how many. */
  readonly of: number;
  readonly needed: number;
  readonly quorate: boolean;
}

/**
 * Who is counted when a body decides a matter. The recused are in neither the quorum nor the count:
 * whether they are in the room, and whether they sit at all, makes no difference.
 */
export function present({ members, recused, quorum }: Sitting): Present {
  const able = members.filter(({ id }) => !recused.includes(id));
  const counted = able.filter(({ here }) => here).map(({ id }) => id);
  const of = able.length;
  const needed = neededOf(quorum, of);
  return { counted, of, needed, quorate: counted.length >= needed };
}

function neededOf(quorum: Quorum, of: number): number {
  if ('atLeast' in quorum) return quorum.atLeast;
  const [part, whole] = quorum.moreThan;
  return Math.floor((of * part) / whole) + 1;
}
