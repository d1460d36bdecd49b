import type { MarkedLines } from './marked-lines.js';

/** In the six UN languages; after the word a number or letter, then a title set off from it. */
const ANNEX =
  /^(?:annexe?s?|anexos?|appendi(?:x|ces?)|apéndices?|приложени[ея]|(?:ال)?مرفق(?:ات)?|附[件录])(?:\s+(?:[ivxlc]{1,6}|\d{1,2}|[a-z]|ال\p{L}+)|[一二三四五六七八九十]{1,3})?\*?(?:\s?[.:–—-].*|\t.*|\s?\[.*)?$/iu;
const NOTES =
  /^(?:end\s?notes?|foot\s?notes?|notes?|notes de (?:fin|bas de page)|notas?(?: finales)?|примечани[ея]|сноски|(?:ال)?حواشي|ملاحظات|注释?|[尾脚]注)\s?:?$/iu;
const FIRST_MARK = /^(?:\[[1i]\]|[1i][.)]?(?:\s|\p{Lu}|$)|\*)/u;
/** The mark of a footnote; a number with a full stop is a paragraph's. */
const NOTE_MARK = /^(?:\[(\d{1,3})\]|(\d{1,3})(?=\s|$))/;
/** A reference to a note: a number that clings to a word, or follows a comma or the like. */
const REFERENCE =
  /\d{1,3}(?![\p{L}\p{N}])(?<=(?:[\p{L}\p{Pe}\p{Pf}\p{Po}"[]|[\p{Pe}\p{Pf}\p{Po}] )\d{1,3})/gu;
const CHAPTER = /^[IVX]{1,5}\.\s+\p{Lu}/u;

const isAnnexHeading = (lines: MarkedLines, i: number): boolean => {
  const text = lines.short(i);
  const next = lines.text[i + 1] ?? '';
  const inSentence = /^\p{Ll}|[.,;]$/u.test(text) || /^\p{Ll}/u.test(next);
  return ANNEX.test(text) && !inSentence && lines.standsAlone(i);
};

const isNotesHeading = (lines: MarkedLines, i: number): boolean =>
  NOTES.test(lines.short(i)) && FIRST_MARK.test(lines.text[i + 1] ?? '');

/**
 * Marks what follows the text: from the heading "Notes", where the first reference mark
 * comes next, and from the heading of an annex, each to the next of them or to the end. A
 * chapter's heading ends notes, not annexes, which may have chapters.
 */
export function markBackMatter(lines: MarkedLines): void {
  let part: 'endnotes' | 'annexes' | undefined;
  let body = false;
  for (let i = 0; i < lines.length; i++) {
    if (lines.part[i]) continue;
    if (body && isAnnexHeading(lines, i)) part = 'annexes';
    else if (body && isNotesHeading(lines, i)) part = 'endnotes';
    else if (part === 'endnotes' && lines.gap[i] && CHAPTER.test(lines.short(i))) part = undefined;
    if (part) lines.mark(part, i);
    else body = true;
  }
}

const noteMark = (text: string): number => {
  const found = NOTE_MARK.exec(text);
  return Number(found?.[1] ?? found?.[2] ?? 0);
};

/**
 * Marks notes without a heading: the blocks at the foot of a page (without form feeds, at
 * the end of the text) that begin with the marks which come next in order, the text
 * before having referred to them.
 */
export function markFootnotes(lines: MarkedLines): void {
  let noted = 0;
  let referred = 0;
  for (const { start, end } of lines.pages()) {
    let from = end;
    let next = noted + 1;
    for (let i = start; i < end; i++) {
      if (lines.part[i]) continue;
      const text = lines.text[i] ?? '';
      if (noteMark(text) === next && (from < end || lines.gap[i]) && next <= referred) {
        from = Math.min(from, i);
        next++;
      } else if (lines.gap[i]) {
        from = end;
        next = noted + 1;
      }
      for (const [number] of text.matchAll(REFERENCE)) {
        if (Number(number) === referred + 1) referred++;
      }
    }
    lines.mark('footnotes', from, end);
    if (from < end) noted = next - 1;
  }
}
