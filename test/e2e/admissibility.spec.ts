import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  answered,
  curated,
  move,
  office,
  registered,
  TESTS,
  type Office,
} from '../factories/aarhus.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem } from './ledger.js';

interface Given {
  readonly answer: string;
  readonly reasons: string;
  readonly by: string;
}
interface Checklist {
  readonly tests: readonly { test: string; answer: Given | null; before: readonly Given[] }[];
  readonly failed: readonly string[];
  readonly open: readonly string[];
  readonly version: number;
}

/** Nine questions, each with its answer and the reasons: the Committee's until it has determined. */
describe('the tests of admissibility', () => {
  let world: World;
  let conducting: Office;
  let ngo: { id: string; head: Client };
  let party: Client;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    conducting = await office(world);
    ngo = await world.organization('Green Steppe');
    party = await world.delegation('KAZ');
  }, 60_000);
  afterAll(() => world?.stop());

  /** Registered, with a curator: what stands against admitting it is the tests alone. */
  const filed = async (): Promise<string> => {
    const id = await registered(conducting, ngo.head, { organization: ngo.id });
    await curated(conducting.chair, id, conducting.experts.member.id);
    return id;
  };
  const read = async (who: Client, id: string): Promise<Checklist> =>
    (await who.get(`/v1/communications/${id}/admissibility`).expect(200)).body as Checklist;
  const refused = async (call: PromiseLike<{ status: number; body: unknown }>) => {
    const { status, body } = await call;
    return `${status} ${(body as { code?: string }).code}`;
  };

  it('are all open at first, and nothing is admitted before each is answered', async () => {
    const id = await filed();
    expect(await read(conducting.member, id)).toMatchObject({
      failed: [],
      open: TESTS,
      version: 1,
    });
    expect(await refused(move(conducting.chair, id, 'determine-admissible'))).toBe(
      '409 tests-open',
    );
    for (const test of TESTS.slice(1)) await answered(conducting.chair, id, test);
    expect((await read(conducting.chair, id)).open).toEqual(['corroborated']);
    // What is undetermined is not answered, but for what is weighed.
    await answered(conducting.chair, id, 'corroborated', 'undetermined');
    await answered(conducting.chair, id, 'domestic-remedies', 'undetermined');
    expect((await read(conducting.chair, id)).open).toEqual(['corroborated']);
    await answered(conducting.secretariat, id, 'corroborated');
    expect((await move(conducting.chair, id, 'determine-admissible')).status).toBe(200);
  });

  it('are answered by the chair or the secretariat, one at a time, and nothing is lost', async () => {
    const id = await filed();
    const at = `/v1/communications/${id}/admissibility`;
    const given = { answer: 'pass', reasons: 'Because' };
    for (const who of [party, ngo.head, conducting.member]) {
      await expectProblem(who.put(`${at}/compatible`, given, { version: 1 }), 409, 'wrong-role');
    }
    const { chair } = conducting;
    await expectProblem(chair.put(`${at}/compatible`, given), 428, 'version-required');
    await chair.put(`${at}/compatible`, given, { version: 1 }).expect(200);
    await expectProblem(chair.put(`${at}/no-abuse`, given, { version: 1 }), 412, 'stale');
    await expectProblem(chair.put(`${at}/no-such`, given, { version: 2 }), 422, 'unknown-test');
    const wrong = { answer: 'perhaps', reasons: 'Because' };
    await chair.put(`${at}/no-abuse`, wrong, { version: 2 }).expect(422);
    await answered(chair, id, 'compatible', 'fail');
    const checklist = await read(chair, id);
    expect(checklist.failed).toEqual(['compatible']);
    expect(checklist.tests.find(({ test }) => test === 'compatible')).toMatchObject({
      answer: { answer: 'fail', by: 'chair' },
      before: [{ answer: 'pass', reasons: 'Because' }],
    });
  });

  it('are not before the sides while the Committee deliberates, and are once it has determined', async () => {
    const id = await filed();
    await answered(conducting.chair, id, 'compatible', 'fail');
    for (const who of [party, ngo.head]) {
      expect(await read(who, id)).toMatchObject({ failed: [], open: TESTS, version: 1 });
    }
    expect(await refused(move(conducting.chair, id, 'determine-admissible'))).toBe(
      '409 test-failed',
    );
    expect((await move(conducting.chair, id, 'determine-inadmissible')).status).toBe(200);
    for (const who of [party, ngo.head]) {
      const checklist = await read(who, id);
      expect(checklist.failed).toEqual(['compatible']);
      const { answer } = checklist.tests.find(({ test }) => test === 'compatible')!;
      expect(answer!.reasons).toBe('Why compatible: fail');
    }
  });

  it('weigh remedies at home again as the case goes on, and nothing else', async () => {
    const id = await filed();
    for (const test of TESTS) await answered(conducting.chair, id, test);
    expect(await refused(move(conducting.chair, id, 'determine-inadmissible'))).toBe(
      '409 no-test-failed',
    );
    await move(conducting.chair, id, 'determine-admissible');
    expect(await refused(answered(conducting.chair, id, 'no-abuse', 'fail'))).toBe(
      '409 wrong-stage',
    );
    const again = await answered(conducting.chair, id, 'domestic-remedies', 'undetermined');
    expect(again.status).toBe(200);
    // The sides have what was determined.
    const { tests } = await read(party, id);
    expect(tests.find(({ test }) => test === 'domestic-remedies')!.answer!.answer).toBe('pass');
  });
});
