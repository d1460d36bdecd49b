import { Document, FootnoteReferenceRun, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { scrub } from '../formats/scrub.js';
import { marked, type Block, type Printed, type Run } from './printed.js';

const LEVELS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
] as const;

const run = (each: Run) =>
  'words' in each ? new TextRun(each.words) : new FootnoteReferenceRun(each.note);

/** Numbers are written out: whoever reads the words alone cites the same paragraphs. */
const block = (each: Block): Paragraph =>
  each.kind === 'heading'
    ? new Paragraph({ text: each.text, heading: LEVELS[each.level - 1] ?? LEVELS.at(-1)! })
    : new Paragraph({ children: [new TextRun(marked(each.mark)), ...each.runs.map(run)] });

/**
 * A Word document with real footnotes, without what the library tells of itself and of the moment:
 * the same draft is the same bytes.
 */
export async function renderDocx({
  masthead,
  title,
  subtitle,
  blocks,
  notes,
  annex,
}: Printed): Promise<Buffer> {
  const line = (text: string): Paragraph => new Paragraph({ children: [new TextRun(text)] });
  const groups = annex.groups.flatMap(({ heading, entries }) => [
    ...(heading === '' ? [] : [line(heading)]),
    ...entries.map(({ mark, text }) => line(`${marked(mark)}${text}`)),
  ]);
  const head = new Paragraph({ text: annex.heading, heading: HeadingLevel.HEADING_1 });
  const document = new Document({
    footnotes: Object.fromEntries(
      notes.map((text, index) => [index + 1, { children: [line(text)] }]),
    ),
    sections: [
      {
        children: [
          ...masthead.map(line),
          new Paragraph({ children: [new TextRun({ text: title, bold: true, size: 28 })] }),
          line(subtitle),
          ...blocks.map(block),
          ...(groups.length > 0 ? [head, ...groups] : []),
        ],
      },
    ],
  });
  return (await scrub('docx', await Packer.toBuffer(document))).bytes;
}
