import type { Findings } from './findings.js';
import type { XmlElement } from './xml-filter.js';

/** `plain`: its result stays as text. `gone`: its result goes too. */
type Fate = 'keep' | 'plain' | 'gone';

interface Field {
  instruction: string;
  result: string;
  fate: Fate | undefined;
  /** Pieces of the output that belong to its instruction. */
  readonly pieces: [from: number, to: number][];
}

/** Fields that only compute with the document itself. */
const KEPT = new Set(
  `PAGE NUMPAGES SECTION SECTIONPAGES REF PAGEREF NOTEREF STYLEREF TOC TC SEQ HYPERLINK INDEX XE
  TA TOA = SYMBOL EQ QUOTE LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT ADVANCE FORMTEXT FORMCHECKBOX
  FORMDROPDOWN DATE TIME`.split(/\s+/),
);
/** Fields that show who wrote the document, on which computer, under which name. */
const PERSONAL = new Set(
  'AUTHOR LASTSAVEDBY USERNAME USERINITIALS USERADDRESS FILENAME TEMPLATE'.split(' '),
);
const MAX_INSTRUCTION = 2_000;

function fateOf(instruction: string): Fate {
  const [, name = ''] = /^\s*([a-z]+|=)/i.exec(instruction) ?? [];
  const command = name.toUpperCase();
  const isAbout = /author|savedby|company|manager|template|filename/i.test(instruction);
  if (PERSONAL.has(command)) return 'gone';
  if (/^(DOCPROPERTY|INFO)$/.test(command)) return isAbout ? 'gone' : 'plain';
  if (!KEPT.has(command) || instruction.length > MAX_INSTRUCTION) return 'plain';
  const target = command === 'HYPERLINK' ? /^\s*\w+\s+"?([^"\s]*)/.exec(instruction)?.[1] : '';
  return !target || /^(https?:|mailto:|#|\\)/i.test(target) ? 'keep' : 'plain';
}

/** Fields as Word writes them: begin, instruction, separator, result and end, each in a run. */
export class Fields {
  private open: Field[] = [];

  constructor(
    private readonly where: string,
    private readonly found: Findings,
  ) {}

  /** @returns whether this mark of a field stays */
  mark(type: string | undefined, output: string[]): boolean {
    if (type === 'begin') {
      this.open.push({ instruction: '', result: '', fate: undefined, pieces: [] });
      return true;
    }
    const field = this.open.at(-1);
    if (!field) return false;
    field.fate ??= this.decide(field, output);
    if (type === 'end') {
      this.open.pop();
      if (field.fate === 'gone') this.tell(field);
    }
    return field.fate === 'keep';
  }

  /** What was just written belongs to every field whose instruction it stands in. */
  written(from: number, to: number): void {
    for (const { fate, pieces } of this.open) if (!fate) pieces.push([from, to]);
  }

  instruct(text: string): void {
    const field = this.open.at(-1);
    if (field && !field.fate && field.instruction.length <= MAX_INSTRUCTION) {
      field.instruction += text;
    }
  }

  /** @returns the text if it stays */
  text(text: string): string {
    const gone = this.open.find(({ fate }) => fate === 'gone');
    if (!gone) return text;
    gone.result += text.slice(0, 200);
    return '';
  }

  /** A field in one element: what becomes of it. */
  simple(element: XmlElement, instruction: string): Fate {
    const fate = fateOf(instruction);
    if (fate === 'gone') element.text = '';
    else if (fate === 'plain') this.found.add('property', this.where, instruction);
    return fate;
  }

  /** What lies behind `length` of the output has been taken back. */
  takenBack(length: number): void {
    for (const field of this.open) {
      const kept = field.pieces.filter(([, to]) => to <= length);
      field.pieces.splice(0, Infinity, ...kept);
    }
  }

  private decide(field: Field, output: string[]): Fate {
    const fate = fateOf(field.instruction);
    if (fate === 'keep') return fate;
    for (const [from, to] of field.pieces) output.fill('', from, to);
    if (fate === 'plain') this.found.add('property', this.where, field.instruction);
    return fate;
  }

  private tell({ instruction, result }: Field): void {
    const what = /AUTHOR|SAVEDBY|USER/i.test(instruction) ? 'author' : 'property';
    this.found.add(what, this.where, `${instruction.trim()}: ${result}`);
  }
}
