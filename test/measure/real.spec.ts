import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../../src/config/project-root.js';
import { measure, type Measured } from '../../src/measure/measure.js';
import { hasLabelled, readLabelled } from '../../src/measure/read-labelled.js';
import { reportOf } from '../../src/measure/report.js';
import { majority, score, type Judged } from '../../src/measure/score.js';

const data = process.env['COMITY_REAL_DATA'] ?? path.resolve(inProject('.'), '../shared/data');
const missing = hasLabelled(data) ? '' : `no labels in ${data}; COMITY_REAL_DATA can name them`;
// Jest doesn't tell the names in a file that it skips whole.
if (missing) process.stdout.write(`Classification is not measured: ${missing}\n`);
const how = missing ? describe.skip : describe;

/** Without what is learnt anew each time: the last digits of its sums differ between machines. */
const fixed = (report: string): string =>
  report.replace(/^\| issues .*$/m, '').replace(/^## Issues[^]*?^## Themes/m, '');

how(missing ? `real labels (skipped: ${missing})` : `real labels of ${data}`, () => {
  let measured: Measured;
  beforeAll(() => {
    measured = measure(inProject('mechanisms/classification'), readLabelled(data));
  }, 600_000);

  it('are met far more often than by chance', () => {
    const { category, issues, lists } = measured;
    const categories = score(category.unread);
    expect(categories.exact / categories.texts).toBeGreaterThan(0.86);
    expect(categories.macroF1).toBeGreaterThan(0.87);
    const told: [string, readonly Judged[], number][] = [
      ['issues', issues, 0.8],
      ['themes', lists.themes.unread, 0.65],
      ['persons', lists.affectedPersons.unread, 0.6],
      ['goals', lists.sdgGoals.unread, 0.7],
    ];
    for (const [name, judged, least] of told) {
      const { micro, macroF1 } = score(judged);
      const common = majority(judged).micro.f1;
      expect([name, micro.f1 > least, macroF1 > 0.5, micro.f1 > 2 * common]).toEqual([
        name,
        true,
        true,
        true,
      ]);
    }
  });

  it('are those that docs/classification.md was written of', () => {
    const written = readFileSync(inProject('docs/classification.md'), 'utf8');
    expect(fixed(written)).toBe(fixed(reportOf(measured)));
    expect(written.length - fixed(written).length).toBeGreaterThan(1000);
  });
});
