import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawLot, type DrawRules, type Drawn } from '../../src/kernel/lots.js';
import { announce, draw, KNOWN_FROM, seatCouncil } from '../factories/council.js';
import { World } from '../factories/world.js';

const command = fileURLToPath(new URL('../../dist/src/verify-lot.js', import.meta.url));
const document = fileURLToPath(new URL('../../docs/lots.md', import.meta.url));

interface Vector {
  readonly input: string;
  readonly seed: string;
  readonly commitment: string;
  readonly publicValue: string;
  readonly inputDigest: string;
  readonly block0: string;
  readonly numbers: readonly object[];
  readonly result: readonly Drawn[];
}

/** docs/lots.md, read anew by somebody who has nothing else. */
class Reader {
  #counter = 0;
  readonly #drawnBefore = new Map<string, number>();
  readonly #sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  constructor(
    private readonly seed: Buffer,
    private readonly id: string,
    private readonly input: string,
    private readonly publicValue: string,
  ) {}

  commitment = () =>
    this.#sha256(`comity-lot-v1 commitment\n${this.id}\n${this.seed.toString('hex')}`);
  inputDigest = () => this.#sha256(this.input);
  block(counter: number): Buffer {
    const parts = ['comity-lot-v1 draw', this.id, this.inputDigest(), this.publicValue, counter];
    return createHmac('sha256', this.seed).update(parts.join('\n')).digest();
  }

  private below(bound: number): number {
    const n = BigInt(bound);
    const whole = (1n << 64n) / n;
    for (;;) {
      const x = BigInt(
        `0x${this.block(this.#counter++)
          .subarray(0, 8)
          .toString('hex')}`,
      );
      if (x < whole * n) return Number(x % n);
    }
  }

  result(): Drawn[] {
    const { draw: rules } = JSON.parse(this.input) as { draw: DrawRules };
    return rules.rounds.map((round) => {
      const members = rules.pool.filter(({ key }) => !round.excluded.includes(key));
      const keys = members.map(({ key }) => key);
      if (rules.algorithm === 'first') {
        const at = this.below(keys.length);
        return { for: round.for, drawn: keys.map((_, n) => keys[(at + n) % keys.length]!) };
      }
      if (rules.algorithm === 'order') {
        for (let k = 0; k < round.seats; k += 1) {
          const other = this.below(keys.length - k) + k;
          const here = keys[k]!;
          keys[k] = keys[other]!;
          keys[other] = here;
        }
        return { for: round.for, drawn: keys.slice(0, round.seats) };
      }
      let sets: string[][] = [[]];
      for (let seat = 0; seat < round.seats; seat += 1) {
        const after = (set: readonly string[]) => keys.slice(keys.indexOf(set.at(-1) ?? '') + 1);
        sets = sets.flatMap((set) => after(set).map((key) => [...set, key]));
      }
      const groupOf = (key: string) => members.find((each) => each.key === key)!.group;
      sets = sets.filter((set) => {
        const groups = set.map(groupOf);
        return (
          new Set(groups).size === groups.length &&
          groups.every((each) => each !== null && !round.groupsTaken.includes(each)) &&
          (round.groupForced === null || groups.includes(round.groupForced))
        );
      });
      const burden = (set: readonly string[]) =>
        set.reduce((sum, key) => sum + (this.#drawnBefore.get(key) ?? 0), 0);
      if (rules.balanced) {
        const least = Math.min(...sets.map(burden));
        sets = sets.filter((set) => burden(set) === least);
      }
      const drawn = sets[this.below(sets.length)]!;
      for (const key of drawn) this.#drawnBefore.set(key, (this.#drawnBefore.get(key) ?? 0) + 1);
      return { for: round.for, drawn };
    });
  }
}

describe('docs/lots.md', () => {
  it('has vectors that the service draws, and whoever goes by the page', async () => {
    const [, json] = /```json\n([\s\S]+?)```/.exec(await readFile(document, 'utf8'))!;
    const vectors = JSON.parse(json!) as Vector[];
    expect(vectors.map(({ input }) => JSON.parse(input).draw.algorithm)).toEqual([
      'choose',
      'order',
      'first',
    ]);
    for (const { input, publicValue, numbers, result, ...told } of vectors) {
      expect(canonicalize(JSON.parse(input))).toBe(input);
      const { lot } = JSON.parse(input) as { lot: string };
      const seed = Buffer.from(told.seed, 'hex');
      expect(drawLot({ lot, seed, input, publicValue })).toEqual({ result, numbers });
      const reader = new Reader(seed, lot, input, publicValue);
      expect(reader.result()).toEqual(result);
      expect({
        seed: told.seed,
        commitment: reader.commitment(),
        inputDigest: reader.inputDigest(),
        block0: reader.block(0).toString('hex'),
      }).toEqual(told);
    }
  });

  it('tells of every lot how it is drawn', () => {
    const groups = ['african', 'asia-pacific', 'grulac', 'weog'];
    const pool = [...'ABCDEFGHIJ'].map((key, n) => ({ key, group: groups[n % 4]! }));
    const round = fc.record({
      for: fc.constant(null),
      seats: fc.integer({ min: 1, max: 2 }),
      excluded: fc.subarray([...'ABCDEF'], { maxLength: 3 }),
      groupsTaken: fc.subarray(groups, { maxLength: 1 }),
      groupForced: fc.constant(null),
    });
    const rules = fc.record({
      algorithm: fc.constantFrom('choose' as const, 'order' as const, 'first' as const),
      pool: fc.constant(pool),
      rounds: fc.array(round, { minLength: 1, maxLength: 4 }),
      balanced: fc.boolean(),
    });
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(rules, bytes, fc.string(), (draws, array, value) => {
        const seed = Buffer.from(array);
        const publicValue = value.replaceAll(/\s/g, ' ');
        const lot = '018f0e2a-6b1c-7d3e-9f40-000000000009';
        const input = canonicalize({ lot, draw: draws })!;
        const again = new Reader(seed, lot, input, publicValue).result();
        expect(drawLot({ lot, seed, input, publicValue }).result).toEqual(again);
      }),
    );
  });
});

describe('npm run verify-lot', () => {
  let world: World;
  let folder: string;
  let lot: Record<string, unknown> & { input: object; result: Drawn[]; seed: string };
  let announced: object;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-lot-'));
    world = await World.build();
    await seatCouncil(world);
    const review = await world.review('SVN');
    const { id, ...rest } = await announce(world, `reviews/${review}`, 'troika');
    announced = (await world.api.as().get(`/v1/lots/${id}`).expect(200)).body as object;
    await world.at(KNOWN_FROM);
    await draw(world, { id, ...rest });
    lot = (await world.api.as().get(`/v1/lots/${id}`).expect(200)).body as typeof lot;
  });
  afterAll(async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function verified(content: object | string): Promise<{ code: unknown; out: string }> {
    const file = path.join(folder, 'lot.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return new Promise((resolve) => {
      execFile(process.execPath, [command, file], (failed, out, error) =>
        resolve({ code: failed?.code ?? 0, out: out + error }),
      );
    });
  }

  it('draws a lot again from what the API gave, and tells each step', async () => {
    const { code, out } = await verified(lot);
    const states = lot.result.at(0)!.drawn.join(' ');
    expect(out).toContain(`equal  result for SVN: ${states}`);
    for (const step of ['digest of the input', 'commitment to the seed', 'Public value: 4711.08'])
      expect(out).toContain(step);
    expect(out).toMatch(/Block 0: a number below \d+ is \d+\n/);
    expect([code, out.trimEnd().split('\n').at(-1)]).toEqual([0, 'The lot holds.']);
  });

  it('finds whatever was changed in it', async () => {
    const [{ drawn }] = lot.result as [Drawn];
    const other = drawn.map((state) => (state === drawn[0] ? 'URY' : state));
    const input = JSON.parse(JSON.stringify(lot.input)) as {
      lot: string;
      publicValue: { source: string };
      draw: DrawRules;
    };
    const flipped = lot.seed.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const rounds = input.draw.rounds.map((round) => ({ ...round, groupsTaken: ['weog'] }));
    const tampered: object[] = [
      { result: [{ for: 'SVN', drawn: other }] },
      { result: [{ for: 'AUT', drawn }] },
      { result: [] },
      { result: [...lot.result, { for: 'AUT', drawn }] },
      { seed: flipped },
      { commitment: '0'.repeat(64) },
      { inputDigest: '0'.repeat(64) },
      { publicValue: '4711.09' },
      { id: '018f0e2a-6b1c-7d3e-9f40-000000000009' },
      { input: { ...input, publicValue: { ...input.publicValue, source: 'Another value' } } },
      { input: { ...input, draw: { ...input.draw, pool: input.draw.pool.slice(1) } } },
      { input: { ...input, draw: { ...input.draw, pool: [] } } },
      { input: { ...input, draw: { ...input.draw, rounds } } },
      { input: { ...input, more: 'than was announced' } },
    ];
    for (const changed of tampered) {
      const { code, out } = await verified({ ...lot, ...changed });
      expect([changed, code]).toEqual([changed, 1]);
      expect(out).toContain('The lot does NOT hold.');
    }
  }, 60_000);

  it('says when there is nothing to draw again', async () => {
    const byHand = { method: 'by-hand', seed: null, commitment: null, publicValue: null };
    for (const nothing of [announced, { ...lot, ...byHand }, '{"half":', '{}', '[]']) {
      expect((await verified(nothing)).code).toBe(2);
    }
    expect((await verified(announced)).out).toContain('announced');
    expect((await verified({ ...lot, ...byHand })).out).toContain('by hand');
    expect((await verified('{}')).out).toContain('Nothing was checked');
  });
});
