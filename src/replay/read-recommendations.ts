import { z } from 'zod';
import type { Folder } from './folder.js';
import { InputFault } from './input-fault.js';

const Row = z.looseObject({
  sur: z.string().trim().min(1),
  cycle: z.int().positive(),
  session: z.int().positive(),
  /** Text, never a number: as numbers `121.1` and `121.10` are one. */
  paragraph: z.string().trim().min(1),
  text: z.string().trim().min(1),
  position: z.string().nullish(),
  positionSource: z.string().nullish(),
  recommendingStates: z.array(z.string().trim().min(1)).nullish(),
});
export type RecommendationRow = z.infer<typeof Row>;

/** A thematic list of recommendations as exported: one review's rows, each label once. */
export interface RecommendationList {
  state: string;
  session: number;
  rows: RecommendationRow[];
  warnings: string[];
}

const MOST_ISSUES = 20;

/**
 * `recommendations-cycleN.json` of a folder.
 *
 * @throws InputFault `recommendations-missing`; `recommendations-malformed`, naming each faulty
 *   row; `position-conflict` when one label has two positions
 */
export function readRecommendations(folder: Folder, cycle: number): RecommendationList {
  const file = `recommendations-cycle${cycle}.json`;
  if (!folder.files.includes(file)) {
    const others = folder.files.filter((name) => /^recommendations-.*\.json$/.test(name));
    throw new InputFault('recommendations-missing', [
      `no ${file} in ${folder.place}; there is ${others.join(', ') || 'no list of any cycle'}`,
    ]);
  }
  const rows = parse(file, folder.text(file));
  const [first] = rows;
  if (!first) throw malformed(file, ['it lists no recommendation']);
  const strangers = rows.flatMap((row, index) =>
    row.sur === first.sur && row.cycle === cycle && row.session === first.session
      ? []
      : [`row ${index + 1} is of ${row.sur}, cycle ${row.cycle}, session ${row.session}`],
  );
  if (strangers.length > 0) throw malformed(file, strangers);
  return { state: first.sur, session: first.session, ...onceEach(file, rows) };
}

function parse(file: string, text: string): RecommendationRow[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw malformed(file, [`it is not JSON: ${error instanceof Error ? error.message : ''}`]);
  }
  const parsed = z.array(Row).safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path: [index, ...path], message }) =>
    index === undefined
      ? message
      : `row ${Number(index) + 1}: ${path.join('.') || 'it'}: ${message}`,
  );
  throw malformed(file, issues);
}

const malformed = (file: string, issues: readonly string[]): InputFault =>
  new InputFault('recommendations-malformed', [
    ...issues.slice(0, MOST_ISSUES).map((issue) => `${file}: ${issue}`),
    ...(issues.length > MOST_ISSUES ? [`and ${issues.length - MOST_ISSUES} more`] : []),
  ]);

/**
 * Thematic lists repeat a recommendation under each of its themes, and some exports give a row a
 * State: rows of one label are one recommendation, by the States of them all.
 */
function onceEach(
  file: string,
  rows: readonly RecommendationRow[],
): Pick<RecommendationList, 'rows' | 'warnings'> {
  const byLabel = new Map<string, RecommendationRow[]>();
  for (const row of rows) {
    byLabel.set(row.paragraph, [...(byLabel.get(row.paragraph) ?? []), row]);
  }
  const warnings: string[] = [];
  const conflicts: string[] = [];
  const merged = [...byLabel].map(([label, group]) => {
    const [first, ...others] = group as [RecommendationRow, ...RecommendationRow[]];
    if (others.length === 0) return first;
    const texts = new Set(group.map(({ text }) => text.replace(/\W+/g, ' ').trim()));
    const positions = new Set(group.map(({ position }) => position));
    if (positions.size > 1) conflicts.push(`${file}: ${label} is ${[...positions].join(' and ')}`);
    warnings.push(
      `${file}: ${label} stands ${group.length} times` +
        (texts.size > 1 ? ', in different words; the first are kept' : '; taken as one'),
    );
    const states = new Set(group.flatMap((row) => row.recommendingStates ?? []));
    return { ...first, recommendingStates: [...states] };
  });
  if (conflicts.length > 0) throw new InputFault('position-conflict', conflicts);
  return { rows: merged, warnings };
}
