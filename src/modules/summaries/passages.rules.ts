/** A paragraph of a kept text. */
export interface TextParagraph {
  /** As it is cited: `24`. */
  readonly label: string;
  /** The file bears the number; else it is counted. */
  readonly printed: boolean;
  /** UTF-16 units of the text; `ends` is the first one behind it. */
  readonly begins: number;
  readonly ends: number;
  readonly text: string;
}

interface Span {
  begins: number;
  ends: number;
  label?: string;
}

const NUMBERED = /^\s*(\d{1,3})(?:[.)]\s|\.?\t|\.\p{L}|\s{2,})/u;
/** So many numbers in a row are those of paragraphs; fewer may be a list. */
const RUN = 3;
/** A number may be missing: a heading bears it, or it got lost on the way. */
const GAP = 3;

/** The lines of a text, each with where it stands. */
function* linesOf(text: string): Generator<Span & { line: string }> {
  let begins = 0;
  for (const line of text.split('\n')) {
    const ends = begins + line.length;
    if (line.trim() !== '') yield { begins, ends, line };
    begins = ends + 1;
  }
}

/** Numbers that go on from each other, from 1 on. */
function numberedStarts(text: string): Map<number, string> {
  const starts = new Map<number, string>();
  let last = 0;
  for (const { begins, line } of linesOf(text)) {
    const number = Number(NUMBERED.exec(line)?.[1] ?? 0);
    if (number <= last || number > last + GAP || (last === 0 && number !== 1)) continue;
    last = number;
    starts.set(begins, String(number));
  }
  return starts.size >= RUN ? starts : new Map();
}

const endsSentence = (line: string): boolean => /[.!?:;。！？][)\]"”’»]?\d{0,3}\s*$/u.test(line);

/**
 * The paragraphs of a text: by the numbers that they bear, where they bear numbers; else a line
 * each where lines are paragraphs, and up to the end of a sentence at a line's end where they are
 * broken as on a page.
 *
 * @param whole the format keeps a paragraph on one line
 */
export function paragraphsOf(
  text: string,
  { whole }: { readonly whole: boolean },
): TextParagraph[] {
  const starts = numberedStarts(text);
  const spans: Span[] = [];
  let open = false;
  for (const { begins, ends, line } of linesOf(text)) {
    const label = starts.get(begins);
    const last = spans.at(-1);
    const goesOn = starts.size > 0 ? last?.label !== undefined && !label : open && !whole;
    if (last && goesOn) last.ends = ends;
    else spans.push({ begins, ends, ...(label !== undefined && { label }) });
    open = !endsSentence(line);
  }
  return labelled(spans, starts.size > 0).map(({ begins, ends, label, printed }) => {
    return { label, printed, begins, ends, text: text.slice(begins, ends) };
  });
}

/** Where numbers are printed, what stands before the first has none of them: it is counted apart. */
function labelled(spans: readonly Span[], printed: boolean) {
  let before = 0;
  return spans.map((span, index) => {
    if (span.label !== undefined) return { ...span, label: span.label, printed: true };
    before += 1;
    return { ...span, label: printed ? `front ${before}` : String(index + 1), printed: false };
  });
}

/** Where a passage stands in a later text. */
interface Moved {
  readonly now: 'same' | 'moved' | 'gone';
  readonly from: number | null;
  readonly to: number | null;
}

/** Looks for the words of a passage in another text: where they were, else the nearest place. */
export function movedTo(
  { begins, quote }: { readonly begins: number; readonly quote: string },
  text: string,
): Moved {
  if (text.startsWith(quote, begins))
    return { now: 'same', from: begins, to: begins + quote.length };
  let nearest = -1;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (nearest < 0 || Math.abs(at - begins) < Math.abs(nearest - begins)) nearest = at;
  }
  if (nearest < 0) return { now: 'gone', from: null, to: null };
  return { now: 'moved', from: nearest, to: nearest + quote.length };
}
