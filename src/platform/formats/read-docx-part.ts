import type { LineWriter } from './line-writer.js';
import type { LeftOutPart } from './marked-lines.js';
import type { Attributes, XmlHandler } from './read-xml.js';

/** What a style says of its paragraphs. */
export interface ParagraphStyle {
  readonly part?: LeftOutPart | undefined;
  readonly heading?: boolean;
}

interface Paragraph {
  text: string;
  style: ParagraphStyle;
  heading: boolean;
  contents: boolean;
  /** The next page begins behind it. */
  endsSection: boolean;
  run: { hidden: boolean } | undefined;
}

interface Field {
  code: string;
  inResult: boolean;
}

/** What is no text of the document, with all that it holds. */
const SKIPPED = new Set([
  'w:del',
  'w:moveFrom',
  'w:pPrChange',
  'w:rPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'mc:Fallback',
]);
/** What stands for itself within a run. */
const SIGNS: Readonly<Record<string, string>> = {
  'w:tab': '\t',
  'w:ptab': '\t',
  'w:cr': '\n',
  'w:noBreakHyphen': '-',
  'w:lastRenderedPageBreak': '\f',
};
const GALLERIES: Readonly<Record<string, LeftOutPart>> = {
  'Table of Contents': 'contents',
  'Cover Pages': 'cover',
};

const isOn = (value: string | undefined): boolean => !/^(?:0|false|off)$/.test(value ?? '');
const isContents = ({ code, inResult }: Field): boolean => inResult && /^\s*TOC\b/i.test(code);

/** Takes down the paragraphs of one part of a Word document: its body, a header, its notes. */
export class DocxPart implements XmlHandler {
  private skipping = 0;
  private readonly paragraphs: Paragraph[] = [];
  private readonly fields: Field[] = [];
  /** Content controls that are open, with the gallery that each came from. */
  private readonly controls: (LeftOutPart | undefined)[] = [];
  private collects: 'text' | 'code' | undefined;

  constructor(
    private readonly writer: LineWriter,
    private readonly styles: ReadonlyMap<string, ParagraphStyle>,
    /** What all of it is, where the file says so. */
    private readonly part: LeftOutPart | undefined,
  ) {}

  private get paragraph(): Paragraph | undefined {
    return this.paragraphs.at(-1);
  }

  open(name: string, attribute: Attributes): void {
    if (this.skipping > 0 || SKIPPED.has(name)) this.skipping++;
    else if (name === 'w:p') this.begin();
    else if (this.paragraph?.run) this.openInRun(name, this.paragraph.run, attribute);
    else this.openAround(name, attribute);
  }

  close(name: string): void {
    if (this.skipping > 0) this.skipping--;
    else if (name === 'w:p') this.end();
    else if (name === 'w:r' && this.paragraph) this.paragraph.run = undefined;
    else if (name === 'w:fldSimple') this.fields.pop();
    else if (name === 'w:sdt') this.controls.pop();
    else if (name === 'w:t' || name === 'm:t' || name === 'w:instrText') this.collects = undefined;
  }

  text(text: string): void {
    if (this.skipping > 0 || !this.collects) return;
    if (this.collects === 'text') this.put(text);
    else if (this.fields.length > 0) this.fields.at(-1)!.code += text;
  }

  private begin(): void {
    const style = {};
    const rest = { heading: false, contents: false, endsSection: false, run: undefined };
    this.paragraphs.push({ text: '', style, ...rest });
  }

  private end(): void {
    const { text, style, heading, contents, endsSection } = this.paragraphs.pop()!;
    const control = this.controls.findLast((each) => each !== undefined);
    const part = this.part ?? control ?? (contents ? 'contents' : style.part);
    this.writer.paragraph(text, { part, heading: heading || style.heading === true });
    if (endsSection) this.writer.turnPage();
  }

  private put(text: string): void {
    const { paragraph } = this;
    if (!paragraph || paragraph.run?.hidden || this.fields.some((each) => !each.inResult)) return;
    paragraph.text += text;
    paragraph.contents ||= this.fields.some(isContents);
  }

  private openInRun(name: string, run: { hidden: boolean }, attribute: Attributes): void {
    const sign = SIGNS[name];
    if (sign !== undefined) this.put(sign);
    else if (name === 'w:t') this.collects = 'text';
    else if (name === 'w:instrText') this.collects = 'code';
    else if (name === 'w:br') this.put(attribute('w:type') === 'page' ? '\f' : '\n');
    else if (name === 'w:vanish') run.hidden = isOn(attribute('w:val'));
    else if (name === 'w:fldChar') this.turnField(attribute('w:fldCharType'));
  }

  private openAround(name: string, attribute: Attributes): void {
    const { paragraph } = this;
    const value = attribute('w:val');
    if (name === 'w:sdt') this.controls.push(undefined);
    else if (name === 'w:docPartGallery' && this.controls.length > 0) {
      this.controls[this.controls.length - 1] = GALLERIES[value ?? ''];
    } else if (name === 'w:fldSimple') {
      this.fields.push({ code: attribute('w:instr') ?? '', inResult: true });
    } else if (!paragraph) return;
    else if (name === 'w:r') paragraph.run = { hidden: false };
    else if (name === 'm:t') this.collects = 'text';
    else if (name === 'w:pStyle') paragraph.style = this.styles.get(value ?? '') ?? {};
    else if (name === 'w:outlineLvl') paragraph.heading = Number(value) < 9;
    else if (name === 'w:pageBreakBefore' && isOn(value)) this.writer.turnPage();
    else if (name === 'w:sectPr') paragraph.endsSection = true;
    else if (name === 'w:type' && value === 'continuous') paragraph.endsSection = false;
  }

  private turnField(what: string | undefined): void {
    if (what === 'begin') this.fields.push({ code: '', inResult: false });
    else if (what === 'end') this.fields.pop();
    else if (this.fields.length > 0) this.fields.at(-1)!.inResult = true;
  }
}
