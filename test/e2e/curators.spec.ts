import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  answered,
  begun,
  curated,
  elected,
  filled,
  move,
  office,
  TESTS,
  type Office,
} from '../factories/aarhus.js';
import { stateCase } from '../factories/committee-case.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, Ledger } from './ledger.js';

interface Action {
  readonly action: string;
  readonly allowed: boolean;
  readonly because: string | null;
}

/** Of a committee of experts, one prepares each case. */
describe('a case has a curator', () => {
  let world: World;
  let ledger: Ledger;
  let conducting: Office;
  let filer: Client;
  let id: string;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    conducting = await office(world);
    filer = await world.delegation('FRA');
    id = await stateCase(conducting, filer);
  }, 120_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const offered = async (who: Client): Promise<Action | undefined> => {
    const { body } = await who.get(`/v1/communications/${id}`).expect(200);
    const { actions } = body as { actions: Action[] };
    return actions.find(({ action }) => action === 'name:curator');
  };

  it('who is named by the chair or the secretariat, with a reason', async () => {
    const { chair, secretariat, member, experts } = conducting;
    const admit = await move(chair, id, 'determine-admissible');
    expect([admit.status, (admit.body as { code: string }).code]).toEqual([409, 'curator-missing']);
    for (const who of [chair, secretariat]) {
      expect(await offered(who)).toMatchObject({ allowed: true, because: null });
    }
    for (const who of [member, filer]) {
      expect(await offered(who)).toMatchObject({ allowed: false, because: 'wrong-role' });
      const refused = await curated(who, id, experts.member.id);
      expect([refused.status, (refused.body as { code: string }).code]).toEqual([
        409,
        'wrong-role',
      ]);
    }
    const url = `/v1/communications/${id}/curator`;
    const named = { member: experts.member.id, reason: 'In turn' };
    await expectProblem(chair.put(url, named), 428, 'version-required');
    await expectProblem(chair.put(url, named, { version: 99 }), 412, 'stale');
    const stranger = await world.stranger();
    await expectProblem(stranger.put(url, named, { version: 1 }), 404, 'not-found');
    const { body } = await curated(chair, id, experts.member.id);
    expect(body).toMatchObject(named);
    // Whoever read the case before is told that somebody was faster.
    const before = { version: (body as { version: number }).version - 1 };
    await expectProblem(chair.put(url, named, before), 412, 'stale');
    const taking = await filer.get(`/v1/communications/${id}/participants`).expect(200);
    expect((taking.body as { items: object[] }).items).toContainEqual(
      expect.objectContaining({
        role: 'curator',
        principal: `member:${experts.member.id}`,
        basis: 'named by the Committee',
      }),
    );
    const shown = await member.get(`/v1/communications/${id}`).expect(200);
    expect((shown.body as { roles: string[] }).roles).toEqual(['committee', 'curator']);
    const entries = await ledger.journal(id, 'committee');
    expect(entries.at(-1)).toMatchObject({
      what: 'curator-named',
      by: 'chair',
      reason: 'In turn',
      facts: { member: experts.member.id },
    });
  });

  it('and makes place for another', async () => {
    const { secretariat, chair, experts } = conducting;
    expect((await curated(secretariat, id, experts.chair.id, 'Ill')).status).toBe(200);
    const again = await curated(secretariat, id, experts.chair.id);
    expect((again.body as { code: string }).code).toBe('already-given');
    const taking = await filer.get(`/v1/communications/${id}/participants`).expect(200);
    const items = (taking.body as { items: { role: string; principal: string }[] }).items;
    const curators = items.filter(({ role }) => role === 'curator');
    expect(curators.map(({ principal }) => principal)).toEqual([`member:${experts.chair.id}`]);
    for (const test of TESTS) await answered(chair, id, test);
    expect((await move(chair, id, 'determine-admissible')).status).toBe(200);
  });

  it('never a national of the Party, nor one whose term is over', async () => {
    const { secretariat } = conducting;
    const refused = async (member: string, code: string): Promise<void> => {
      const { body } = await curated(secretariat, id, member);
      expect((body as { code: string }).code).toBe(code);
    };
    const kazakh = await elected(world, secretariat, { nationalities: ['KAZ', 'DEU'] });
    await refused(kazakh.id, 'curator-national');
    const end = { on: '2027-01-10', reason: 'Resigned' };
    const gone = await elected(world, secretariat, { nationalities: ['ITA'] });
    await secretariat.post(`/v1/members/${gone.id}/end`, end).expect(200);
    await refused(gone.id, 'term-over');
    await refused(randomUUID(), 'unknown-member');
  });

  it('nobody before it is registered', async () => {
    const about = { trigger: 'submission-about-another' };
    const draft = await begun(filer, about);
    await filled(filer, draft, about);
    await move(filer, draft, 'submit');
    const { body } = await curated(conducting.secretariat, draft, conducting.experts.member.id);
    expect((body as { code: string }).code).toBe('wrong-stage');
  });
});
