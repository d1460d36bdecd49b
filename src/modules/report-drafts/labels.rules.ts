import { partLabel } from '../recommendations/index.js';

/** A recommendation as a draft knows it. */
export interface Listed {
  readonly id: string;
  readonly label: string | null;
  readonly text: string;
  /** Names, as printed; none where whose it is was withdrawn. */
  readonly states: readonly string[];
  /** How it was answered in the room. */
  readonly room: string | null;
  /** How it is answered by now, and in what words. */
  readonly answer: string | null;
  readonly stated: string | null;
  readonly comment: string | null;
  /** What it is a part of, and which part. */
  readonly wholeId: string | null;
  readonly part: number | null;
}

/** `(France) (Spain)`, or `(France, Spain)`; nothing where nobody is named. */
export const recommendingStates = (states: readonly string[], how: 'apart' | 'together'): string =>
  states.length === 0 ? '' : `(${states.join(how === 'apart' ? ') (' : ', ')})`;

/** Gives labels by paragraph and order: `121.1`, `121.2`; parts of what was split share a number. */
export class Labels {
  private readonly counted = new Map<number, number>();
  private readonly wholes = new Map<string, string>();
  private readonly proposed = new Map<string, string>();

  constructor(
    private readonly recommendations: readonly Listed[],
    private readonly split: readonly { readonly id: string; readonly label: string | null }[],
  ) {}

  /** The next label under a paragraph. @returns the one that is printed: what it has, if anything */
  give({ id, label, wholeId, part }: Listed, paragraph: number): string {
    const known = wholeId === null ? undefined : this.wholes.get(wholeId);
    const own = known ?? this.next(paragraph);
    if (wholeId !== null) this.wholes.set(wholeId, own);
    const proposed = wholeId === null ? own : partLabel(own, (part ?? 1) - 1);
    this.proposed.set(id, proposed);
    return label ?? proposed;
  }

  /** In the order of the list; what was split has the label that its parts share. */
  all(): { id: string; label: string | null; proposed: string }[] {
    return [...this.recommendations, ...this.split].flatMap(({ id, label }) => {
      const proposed = this.proposed.get(id) ?? this.wholes.get(id);
      return proposed === undefined ? [] : [{ id, label, proposed }];
    });
  }

  private next(paragraph: number): string {
    const number = (this.counted.get(paragraph) ?? 0) + 1;
    this.counted.set(paragraph, number);
    return `${paragraph}.${number}`;
  }
}
