import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
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
  beforeAll(async () => {
    house = await openHouse('2014-01-01T00:00:00Z');
  });
  afterAll(() => house.stop());

  it.each([
    [2, 161, { recommendations: 163, supported: 142, noted: 21, recommendingStates: 71 }],
    [3, 215, { recommendations: 215, supported: 182, noted: 33, recommendingStates: 81 }],
  ])(
    'come out exact: cycle %i',
    async (cycle, texts, counts) => {
      const line = ['upr', slovenia, '--cycle', `${cycle}`, '--against', house.url, '--json'];
      const { code, printed, faults, told } = await rehearse(line);
      expect({ code, faults }).toEqual({ code: 0, faults: '' });
      expect(JSON.parse(printed)).toEqual(exactly({ documents: 6, ...counts }));
      const composed = told.split('\n').filter((each) => each.startsWith('Composed'));
      process.stdout.write(`${composed.join('\n')}\n`);
      const all = counts.recommendations;
      for (const what of ['labels', 'recommending States', 'orders of States']) {
        expect(composed[0]).toContain(`${all} of ${all} ${what}`);
      }
      // Slips of the printed report of cycle 2, which its list does not have: “childre”, “(netherlands)”.
      expect(composed[0]).toContain(`${texts} of ${all} recommendation texts`);
    },
    600_000,
  );
});
