import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../config/project-root.js';
import { measure, learnIssues, type Measured } from './measure.js';
import { hasLabelled, readLabelled } from './read-labelled.js';
import { reportOf } from './report.js';
import { score, type Judged } from './score.js';

const METHODS = inProject('mechanisms/classification');
/** A code that was said so seldom has the share of all codes of its facet. */
const SELDOM = 8;

/**
 * Measures how recommendations are understood against the labelled data of a folder. With `learn`,
 * what is shipped is learnt anew: weights of stems, and shares of proposals that were right.
 *
 * @returns the report, and how long a text took, in milliseconds
 * @throws Error for a folder without the data
 */
export function measureClassification(
  folder: string,
  { learn = false } = {},
): { report: string; time: number } {
  if (!hasLabelled(folder)) throw new Error(`${folder} does not hold the labelled data`);
  const data = readLabelled(folder);
  const measured = measure(METHODS, data);
  if (learn) {
    const { method } = measured;
    keep('upr-info-issues.weights.json', {
      learntFrom: `${data.export.length} texts of UPR Info’s export, sessions 1 to 12`,
      ...learnIssues(METHODS, data),
    });
    keep(`${method.mechanism}.precision.json`, precisionOf(measured));
  }
  return { report: reportOf(measured), time: measured.time };
}

const keep = (file: string, content: object): void =>
  writeFileSync(path.join(METHODS, 'learnt', file), `${JSON.stringify(content)}\n`);

/** Shares of proposals that were right, of texts read and unread, by facet and code. */
function precisionOf({ category, lists }: Measured): Record<string, Record<string, number>> {
  const { themes, affectedPersons, sdgGoals } = lists;
  return {
    category: shares(category.unread),
    themes: shares([...themes.read, ...themes.unread]),
    affectedPersons: shares([...affectedPersons.read, ...affectedPersons.unread]),
    sdgGoals: shares(sdgGoals.unread),
    sdgTargets: { '*': 1 },
  };
}

function shares(judged: readonly Judged[]): Record<string, number> {
  const { micro, codes } = score(judged);
  const round = (share: number): number => Math.round(share * 100) / 100;
  const often = codes.filter(({ said }) => said >= SELDOM);
  return {
    '*': round(micro.precision),
    ...Object.fromEntries(often.map(({ code, precision }) => [code, round(precision)])),
  };
}
