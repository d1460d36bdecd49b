import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { Fuzzer } from './fuzz.js';
import { openHouse, type House } from './house.js';

const { FUZZ_REQUESTS, FUZZ_SEED, FUZZ_ONLY, FUZZ_REPORT } = process.env;
const LONG = 3_600_000;

/** Bad requests by the thousand. `npm run fuzz` sends more of them, and says what came of it. */
describe('bad requests', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  }, LONG);
  afterAll(() => house?.stop());

  it(
    'are refused by the contract, change nothing and upset nobody',
    async () => {
      const seed = Number(FUZZ_SEED ?? 20_270_110);
      const requests = Number(FUZZ_REQUESTS ?? 2_000);
      const say = (line: string) => void (FUZZ_REPORT && process.stderr.write(`${line}\n`));
      const only = FUZZ_ONLY?.split(',') ?? [];
      const report = await new Fuzzer(house, { seed, requests, only, say }).run();
      if (FUZZ_REPORT) writeFileSync(FUZZ_REPORT, JSON.stringify(report));
      expect(report.findings).toEqual([]);
      expect(report.sent).toBeGreaterThanOrEqual(requests * 0.9);
      const asked = Object.entries(report.operations);
      expect(asked).toHaveLength(only.length || house.contract.operations.length);
      const unrefused = asked.filter(
        ([, counts]) => !Object.keys(counts).some((result) => result.startsWith('4')),
      );
      expect(unrefused).toEqual([]);
    },
    LONG,
  );
});
