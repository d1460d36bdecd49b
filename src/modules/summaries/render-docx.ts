import { Document, FootnoteReferenceRun, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { scrub } from '../../platform/formats/scrub.js';
import { ANNEX, type Block, type Printed, type Run } from './printed.rules.js';

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
    : new Paragraph({ children: [new TextRun(`${each.number}.\t`), ...each.runs.map(run)] });

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
  list,
}: Printed): Promise<Buffer> {
  const line = (text: string): Paragraph => new Paragraph({ children: [new TextRun(text)] });
  const groups = list.flatMap(({ heading, entries }) => [
    line(heading),
    ...entries.map(({ mark, text }) => line(`${mark}\t${text}`)),
  ]);
  const annex = new Paragraph({ text: ANNEX, heading: HeadingLevel.HEADING_1 });
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
          ...(groups.length > 0 ? [annex, ...groups] : []),
        ],
      },
    ],
  });
  return (await scrub('docx', await Packer.toBuffer(document))).bytes;
}
