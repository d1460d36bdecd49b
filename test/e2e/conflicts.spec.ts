import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { curated, elected, move, office, type Expert, type Office } from '../factories/aarhus.js';
import { filedIn, stateCase } from '../factories/committee-case.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, Ledger } from './ledger.js';

interface Conflict {
  readonly id: string;
  readonly member: string;
  readonly status: string;
  readonly readings: object[] | null;
  readonly destroyedAt: string | null;
  readonly actions: readonly { readonly allowed: boolean; readonly because: string | null }[];
  readonly version: number;
}

const ASIDE = { ground: 'employment', text: 'I advised the ministry', stepsAside: true };
const DOUBT = { ground: 'involvement', text: 'I wrote about this mine', stepsAside: false };

/** Members say that they may be partial; whoever is recused finds nothing of the case any more. */
describe('conflicts of interest', () => {
  let world: World;
  let ledger: Ledger;
  let conducting: Office;
  let filer: Client;
  let party: Client;
  const nationals = ['AUT', 'BEL', 'CZE', 'DNK', 'EST', 'FIN', 'GEO', 'HUN', 'IRL'];
  const another = (): Promise<Expert> =>
    elected(world, conducting.secretariat, { nationalities: [nationals.pop()!] });
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    conducting = await office(world);
    filer = await world.delegation('FRA');
    party = await world.delegation('KAZ');
  }, 120_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const opened = () => stateCase(conducting, filer);
  const at = (id: string) => `/v1/communications/${id}`;
  const declare = (who: Client, id: string, body: object) => who.post(`${at(id)}/conflicts`, body);
  const listed = async (who: Client, id: string): Promise<Conflict[]> => {
    const { body } = await who.get(`${at(id)}/conflicts`).expect(200);
    return (body as { items: Conflict[] }).items;
  };
  const decide = (who: Client, { id, version }: Conflict, recused: boolean, change = {}) =>
    who.post(
      `/v1/conflicts/${id}/decision`,
      { recused, reason: 'As we see it' },
      { version, ...change },
    );
  const codeOf = async (call: PromiseLike<{ body: unknown }>): Promise<string | undefined> =>
    ((await call).body as { code?: string }).code;
  const own = async (who: Client): Promise<object[]> =>
    ((await who.get('/v1/me/recusals').expect(200)).body as { items: object[] }).items;

  it('are declared; whoever steps aside is recused at once, and keeps their own words', async () => {
    const id = await opened();
    const { client, id: member } = await another();
    const shown = await client.get(at(id)).expect(200);
    const { number } = shown.body as { number: string };
    expect((await curated(conducting.chair, id, member)).status).toBe(200);
    const change = { key: randomUUID() };
    const declared = await client.post(`${at(id)}/conflicts`, ASIDE, change).expect(201);
    const mine = {
      mechanism: 'aarhus',
      number,
      ground: 'employment',
      text: ASIDE.text,
      recused: true,
      readings: [],
      destroyedAt: null,
    };
    expect(declared.body).toMatchObject(mine);
    expect(declared.text).not.toContain(id);
    await expectProblem(client.get(at(id)), 404, 'not-found');
    expect(await own(client)).toEqual([declared.body]);
    const again = await client.post(`${at(id)}/conflicts`, ASIDE, change).expect(201);
    expect(again.body).toEqual(declared.body);
    await expectProblem(declare(client, id, ASIDE), 404, 'not-found');
    // Who was its curator is that no longer.
    const taking = await filer.get(`${at(id)}/participants`).expect(200);
    const roles = (taking.body as { items: { role: string }[] }).items.map(({ role }) => role);
    expect(roles).not.toContain('curator');
    const admit = await move(conducting.chair, id, 'determine-admissible');
    expect((admit.body as { code: string }).code).toBe('curator-missing');
    const refused = await curated(conducting.chair, id, member);
    expect((refused.body as { code: string }).code).toBe('member-recused');
    const told = (await ledger.journal(id, 'committee')).map(({ what }) => what);
    expect(told.slice(-3)).toEqual(['conflict-declared', 'conflict-decided', 'curator-released']);
    const [row] = await listed(conducting.chair, id);
    expect(row).toMatchObject({
      member,
      status: 'recused',
      decidedBy: 'committee',
      readings: null,
    });
  });

  it('are decided by the chair, where somebody does not step aside', async () => {
    const id = await opened();
    const { client, id: member } = await another();
    const { chair, secretariat, member: colleague } = conducting;
    await declare(client, id, DOUBT).expect(201);
    const [row] = (await listed(chair, id)) as [Conflict];
    expect(row).toMatchObject({ member, status: 'open', version: 1 });
    expect(row.actions).toEqual([
      { action: 'decide', allowed: true, because: null, deadline: null },
    ]);
    expect((await listed(secretariat, id))[0]!.actions[0]!.because).toBe('wrong-role');
    for (const who of [colleague, secretariat]) {
      expect(await codeOf(decide(who, row, true))).toBe('wrong-role');
    }
    expect(await codeOf(decide(client, row, false))).toBe('not-your-own');
    expect(await codeOf(decide(party, row, true))).toBe('not-found');
    await expectProblem(decide(chair, row, true, { version: undefined }), 428, 'version-required');
    await expectProblem(decide(chair, row, true, { version: 9 }), 412, 'stale');
    await client.get(at(id)).expect(200);
    const { body } = await decide(chair, row, true).expect(200);
    expect(body).toMatchObject({ status: 'recused', decidedBy: 'chair', version: 2 });
    expect(await codeOf(decide(chair, body as Conflict, false))).toBe('conflict-decided');
    await expectProblem(client.get(at(id)), 404, 'not-found');
    expect(await own(client)).toMatchObject([{ recused: true, reason: 'As we see it' }]);
    const excluded = await ledger.rows(
      'SELECT * FROM casework.exclusion WHERE proceeding_id = $1',
      [id],
    );
    expect(excluded).toHaveLength(1);
  });

  it('and by the Committee, as its secretariat records, where they concern the chair', async () => {
    const id = await opened();
    const { chair, secretariat } = conducting;
    await declare(chair, id, DOUBT).expect(201);
    const [row] = (await listed(secretariat, id)) as [Conflict];
    expect(await codeOf(decide(chair, row, false))).toBe('not-your-own');
    const kept = await decide(secretariat, row, false).expect(200);
    expect(kept.body).toMatchObject({ status: 'kept', decidedBy: 'secretariat' });
    await chair.get(at(id)).expect(200);
    // A chair who is recused decides of nobody else either.
    await declare(chair, id, ASIDE).expect(201);
    const { client, id: member } = await another();
    await declare(client, id, DOUBT).expect(201);
    const open = (await listed(secretariat, id)).find((each) => each.member === member)!;
    await expectProblem(decide(chair, open, true), 404, 'not-found');
    expect((await decide(secretariat, open, true).expect(200)).body).toMatchObject({
      decidedBy: 'secretariat',
    });
  });

  it('are no business of the sides, who may challenge a member', async () => {
    const id = await opened();
    const { id: member, client } = await another();
    await declare(client, id, DOUBT).expect(201);
    for (const who of [party, filer]) {
      expect(await listed(who, id)).toEqual([]);
      expect(await codeOf(declare(who, id, ASIDE))).toBe('wrong-role');
    }
    const challenge = (who: Client, more: object = {}) =>
      who.post(`${at(id)}/challenges`, { member, ground: 'family', text: 'A cousin', ...more });
    for (const who of [conducting.chair, conducting.secretariat]) {
      expect(await codeOf(challenge(who))).toBe('wrong-role');
    }
    expect(await codeOf(challenge(party, { member: randomUUID() }))).toBe('unknown-member');
    await expectProblem(challenge(await world.stranger()), 404, 'not-found');
    const { body } = await challenge(party).expect(201);
    const rows = await listed(conducting.chair, id);
    expect(rows).toMatchObject([
      { raisedBy: 'committee', raisedSide: null },
      { id: (body as Conflict).id, raisedBy: 'partyConcerned', raisedSide: 'state:KAZ', member },
    ]);
    // With one of them the other is decided too.
    await decide(conducting.chair, rows[0]!, true).expect(200);
    const settled = await listed(conducting.secretariat, id);
    expect(settled.map(({ status }) => status)).toEqual(['recused', 'recused']);
    const journal = await party.get(`${at(id)}/journal`, { limit: 200 }).expect(200);
    const told = (journal.body as { items: { what: string; compartment: string }[] }).items;
    expect(told).toContainEqual(
      expect.objectContaining({ what: 'challenge-decided', compartment: 'filed:state:KAZ' }),
    );
    expect(told.some(({ compartment }) => compartment === 'committee')).toBe(false);
    expect(await own(client)).toMatchObject([{ text: DOUBT.text }, { text: null }]);
    // Of who is recused nobody tells them what is said later.
    await challenge(filer).expect(201);
    expect(await own(client)).toHaveLength(2);
  });

  it('show what a member who is recused had downloaded, until they say that it is destroyed', async () => {
    const id = await opened();
    const { client } = await another();
    const { secretariat, chair } = conducting;
    const secret = await filedIn(filer, id, {
      kind: 'confidential-annex',
      text: 'Where she lives',
    });
    for (let n = 0; n < 2; n += 1) await client.get(`/v1/documents/${secret}/content`).expect(200);
    await secretariat.get(`/v1/documents/${secret}/content`).expect(200);
    const read = { documentId: secret, kind: 'confidential-annex', version: 1, which: 'copy' };
    const { body } = await declare(client, id, ASIDE).expect(201);
    expect(body).toMatchObject({ readings: [read], destroyedAt: null });
    const [seen] = (await listed(secretariat, id)) as [Conflict];
    expect(seen).toMatchObject({ readings: [read], destroyedAt: null });
    expect((await listed(chair, id))[0]!.readings).toBeNull();
    const destruction = `/v1/me/recusals/${seen.id}/destruction`;
    await expectProblem(chair.post(destruction), 404, 'not-found');
    const said = await client.post(destruction).expect(200);
    expect((said.body as Conflict).destroyedAt).toMatch(/^2027-01-10T/);
    expect(await codeOf(client.post(destruction))).toBe('already-given');
    expect((await listed(secretariat, id))[0]!.destroyedAt).not.toBeNull();
    // A State reads its own annex as what it is, and nothing is noted of that.
    await filer.get(`/v1/documents/${secret}/content`).expect(200);
    const noted = await ledger.rows('SELECT * FROM casework.reading WHERE proceeding_id = $1', [
      id,
    ]);
    expect(noted).toHaveLength(1);
  });
});
