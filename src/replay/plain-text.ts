/**
 * Official documents as `pdftotext -layout` leaves them: indented lines, with the furniture of
 * every page among them.
 */

const RUNNING_HEAD = /^A\/HRC\/[\w./]+$/;
const JOB_NUMBER = /^(?:\d{1,3}\s+)?GE[.:]\s?\d{2}-\d+(?:\s*\(E\))?(?:\s+\d+)*$/;
const PAGE_WORD = /^Page \d{1,3}$/i;
const BAR_CODE = /^\*\d{7,}\*$/;
const PAGE_NUMBER = /^\d{1,3}$/;

/** The lines without running heads, page numbers and job numbers; blank lines stay. */
export function bodyLines(text: string): string[] {
  const lines = text.split('\n');
  return lines.filter((line, index) => {
    const bare = line.trim();
    if ([RUNNING_HEAD, JOB_NUMBER, PAGE_WORD, BAR_CODE].some((mark) => mark.test(bare))) {
      return false;
    }
    // A number alone is a page's only after a blank line: else it is the tail of a wrapped list.
    return !(PAGE_NUMBER.test(bare) && (lines[index - 1] ?? '').trim() === '');
  });
}

/** Lines as one running text; a line that ends in a hyphen or dash joins without a space. */
export function flow(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .reduce((text, line) => (/\S[-–]$/.test(text) ? text + line : `${text} ${line}`), '')
    .replace(/\s+/g, ' ')
    .trim();
}
