import { FormatRefused } from './format-refused.js';
import type { LeftOutPart, Line } from './marked-lines.js';
import { MOST_TEXT } from './read-text.js';

interface Kind {
  readonly part?: LeftOutPart | undefined;
  readonly heading?: boolean;
}

/** Takes the paragraphs of a document down as lines, and refuses more text than is in any. */
export class LineWriter {
  readonly lines: Line[] = [];
  private page = 0;
  private length = 0;

  /** A paragraph; in its text a line feed ends a line, a form feed a page. */
  paragraph(text: string, { part, heading = false }: Kind = {}): void {
    this.length += text.length;
    if (this.length > MOST_TEXT) throw new FormatRefused('text-too-long', { allowed: MOST_TEXT });
    let gap = true;
    for (const line of text.split(/\n|(?=\f)/)) {
      if (line.startsWith('\f')) this.turnPage();
      this.lines.push({ text: line, gap, page: this.page, part, heading });
      gap = false;
    }
  }

  turnPage(): void {
    this.page++;
  }
}
