import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exactly, openHouse, rehearse, root } from '../replay/rehearse.js';

const data = process.env['COMITY_REAL_DATA'] ?? path.resolve(root, '../shared/data');
const slovenia = path.join(data, 'upr', 'slovenia');
const missing = existsSync(slovenia) ? '' : `no ${slovenia}; COMITY_REAL_DATA can name its data`;
// Jest doesn't tell the names in a file that it skips whole.
if (missing) process.stdout.write(`Real reviews are not replayed: ${missing}\n`);
const how = missing ? describe.skip : describe;

/** Two real reviews of one State, one after the other in the same house. */
how(missing ? `real reviews (skipped: ${missing})` : `real reviews of ${slovenia}`, () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'comity-differences-'));
    house = await openHouse('2014-01-01T00:00:00Z');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await house.stop();
  });

  it.each([
    {
      cycle: 2,
      counts: { recommendations: 163, supported: 142, noted: 21, recommendingStates: 71 },
      // Slips of the printed report, which its list does not have: “childre”, “(netherlands)”.
      least: { texts: 161, order: 68, neighbours: 115 },
      asked: /^No advance questions are played: none can be read in 4 files of cycle 2$/m,
    },
    {
      cycle: 3,
      counts: { recommendations: 215, supported: 182, noted: 33, recommendingStates: 81 },
      least: { texts: 215, order: 77, neighbours: 115 },
      asked: /^Questions: 12 of 12 questions, 5 of 5 asking States$/m,
    },
  ])(
    'come out exact: cycle $cycle',
    async ({ cycle, counts, least, asked }) => {
      const file = path.join(folder, `cycle${cycle}.txt`);
      const at = ['--cycle', `${cycle}`, '--against', house.url, '--json', '--differences', file];
      const { code, printed, faults, told } = await rehearse(['upr', slovenia, ...at]);
      expect({ code, faults }).toEqual({ code: 0, faults: '' });
      expect(JSON.parse(printed)).toEqual(exactly({ documents: 6, ...counts }));
      const kept = readFileSync(file, 'utf8');
      process.stdout.write(kept);
      /** How many of how many are equal, of a kind. */
      const figures = (what: string): number[] => {
        const [, equal, of] = new RegExp(`(\\d+) of (\\d+) ${what}(?:,|$)`, 'm').exec(kept) ?? [];
        return [Number(equal), Number(of)];
      };
      expect(told).toMatch(asked);
      const all = counts.recommendations;
      for (const what of [
        'in the printed list',
        'given labels that fit their place',
        'recommending States',
        'orders of States',
      ]) {
        expect([what, ...figures(what)]).toEqual([what, all, all]);
      }
      expect(figures('recommendation texts')[0]).toBeGreaterThanOrEqual(least.texts);
      expect(figures('counts of statements')).toEqual([1, 1]);
      const [spoke, speakers] = figures('States that spoke');
      expect(spoke).toBe(speakers);
      expect(figures('in the printed order of speaking')[0]).toBeGreaterThanOrEqual(least.order);
      const [beside] = figures('neighbours in the order of speaking');
      expect(beside).toBeGreaterThanOrEqual(least.neighbours);
    },
    600_000,
  );
});
