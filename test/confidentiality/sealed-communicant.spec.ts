import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { queried } from '../database/direct.js';
import {
  begun,
  curated,
  filled,
  move,
  office,
  TESTS,
  answered,
  type Office,
} from '../factories/aarhus.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { allIds, crawl } from './crawl.js';

const PLAYERS = [
  'anonymous',
  'stranger',
  'administrator',
  'secretariat of the UPR',
  'communicant',
  'other case key',
  'ngo',
  'Party',
  'other State',
  'secretariat',
  'chair',
  'member',
  'recused member',
] as const;
type Player = (typeof PLAYERS)[number];

/** Of what the communicant wrote, who has seen what: `+` seen, `·` not. */
type Seen = Readonly<Record<string, readonly Player[]>>;

const FILER: readonly Player[] = ['communicant'];
const OFFICE: readonly Player[] = [...FILER, 'secretariat'];
const CONDUCTING: readonly Player[] = [...OFFICE, 'chair', 'member'];
const SIDES: readonly Player[] = [...CONDUCTING, 'Party'];
const none: readonly Player[] = [];

/**
 * Somebody in danger files with a case key, under seal. Each thing that they write is a token; everybody
 * asks for everything that the contract lets them read, by every id that there is.
 */
describe('a communicant under seal', () => {
  const tokens: Record<string, string> = Object.fromEntries(
    ['name', 'contact', 'fact', 'secret', 'fear', 'reason'].map((name) => [
      name,
      `canary-${name}-${randomUUID()}`,
    ]),
  );
  let world: World;
  let conducting: Office;
  let cast: Readonly<Record<Player, Client>>;
  let key: string;
  let id: string;
  let recused: { token: string };
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    await world.api.app.listen(0, '127.0.0.1');
    conducting = await office(world);
    const keys = async (): Promise<string> => {
      const { body } = await world.api.as().post('/v1/case-keys').expect(201);
      return (body as { key: string }).key;
    };
    key = await keys();
    const ngo = await world.organization('Green Steppe');
    // Sits for the organization too, and holds a key for programs: one person, three ways in.
    const both = await world.person(ngo.side, 'officer');
    recused = { token: both.token! };
    cast = {
      anonymous: world.api.as(),
      stranger: await world.stranger(),
      administrator: world.admin,
      'secretariat of the UPR': world.secretariat,
      communicant: world.api.as(key),
      'other case key': world.api.as(await keys()),
      ngo: ngo.head,
      Party: await world.delegation('KAZ'),
      'other State': await world.delegation('FRA'),
      secretariat: conducting.secretariat,
      chair: conducting.chair,
      member: conducting.member,
      'recused member': world.api.as(recused.token),
    };
  }, 120_000);
  afterAll(() => world?.stop());

  async function expectSeen(table: Seen): Promise<void> {
    const ids = await allIds(world.api.database.adminUrl);
    const seen: Record<string, Player[]> = Object.fromEntries(
      Object.keys(tokens).map((name) => [name, []]),
    );
    for (const player of PLAYERS) {
      const answers = [...(await crawl(world.api, cast[player], ids)).values()].join('\n');
      for (const [name, token] of Object.entries(tokens)) {
        if (answers.includes(token)) seen[name]!.push(player);
      }
    }
    const ordered = (players: readonly Player[]) => PLAYERS.filter((p) => players.includes(p));
    expect(seen).toEqual(
      Object.fromEntries(Object.entries(table).map(([name, who]) => [name, ordered(who)])),
    );
  }

  it('is known to nobody while they write', async () => {
    id = await begun(cast.communicant, { naming: 'sealed' });
    const { name, contact, fact, secret, fear } = tokens;
    await filled(cast.communicant, id, {
      naming: 'sealed',
      name: name!,
      contact: contact!,
      facts: fact!,
      secret: secret!,
      fear: fear!,
    });
    const mine = { name: FILER, contact: FILER, fact: FILER, secret: FILER, fear: FILER };
    await expectSeen({ ...mine, reason: none });
    const { body } = await cast.communicant
      .get(`/v1/communications/${id}/intake/readers`)
      .expect(200);
    expect(body).toMatchObject({
      naming: 'sealed',
      names: [],
      contacts: [],
      toEverybody: false,
      paragraphsInConfidence: 1,
    });
    const roles = (list: { role: string }[]) => list.map(({ role }) => role);
    const readers = body as { text: { role: string }[]; inConfidence: { role: string }[] };
    expect(roles(readers.text)).toEqual(['partyConcerned', 'secretariat', 'committee']);
    expect(roles(readers.inConfidence)).toEqual(['secretariat', 'committee']);
  }, 300_000);

  it('is known to nobody by name when it was handed in, nor when it goes to the Party', async () => {
    expect((await move(cast.communicant, id, 'submit')).status).toBe(200);
    const held = { name: FILER, contact: FILER, reason: none };
    await expectSeen({ ...held, fact: OFFICE, secret: OFFICE, fear: OFFICE });
    expect((await move(conducting.secretariat, id, 'register')).status).toBe(200);
    await expectSeen({ ...held, fact: SIDES, secret: CONDUCTING, fear: CONDUCTING });
    for (const test of TESTS) expect((await answered(cast.chair, id, test)).status).toBe(200);
    await curated(cast.chair, id, conducting.experts.member.id);
    expect((await move(cast.chair, id, 'determine-admissible')).status).toBe(200);
    await expectSeen({ ...held, fact: SIDES, secret: CONDUCTING, fear: CONDUCTING });
    const { body } = await cast.Party.get(`/v1/communications/${id}/communicants`).expect(200);
    expect((body as { communicants: object[] }).communicants).toEqual([
      { kind: 'person', name: null, contact: null },
    ]);
    const form = await cast.Party.get(`/v1/communications/${id}/intake`).expect(200);
    const { fields } = form.body as {
      fields: {
        field: string;
        paragraphs: { text: string | null; inConfidence: object | null }[];
      }[];
    };
    expect(fields.find(({ field }) => field === 'facts')!.paragraphs[1]).toEqual({
      text: null,
      inConfidence: { ground: 'penalization', explanation: null },
    });
  }, 300_000);

  it('stands nowhere in the database, the log or the journal but under seal', async () => {
    const tables = await queried<{ name: string }>(
      world.api.database.adminUrl,
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname IN ('casework', 'journal', 'record', 'reference', 'identity')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await queried<{ text: string | null }>(
        world.api.database.adminUrl,
        `SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`,
      );
      for (const [token, text] of Object.entries(tokens)) {
        const hex = Buffer.from(text).toString('hex');
        if (row?.text?.includes(text) || row?.text?.includes(hex)) found.push(`${name} ${token}`);
      }
      if (row?.text?.includes(key)) found.push(`${name} case key`);
    }
    expect(found.toSorted()).toEqual([
      'casework.intake_paragraph fact',
      'casework.intake_paragraph fear',
      'casework.intake_paragraph secret',
    ]);
    const logged = world.api.logged();
    for (const text of [...Object.values(tokens), key]) expect(logged).not.toContain(text);
  });

  it('comes back with the key, and reads and answers', async () => {
    const again = world.api.as(key);
    const { body } = await again.get('/v1/communications').expect(200);
    expect((body as { items: { id: string; status: string }[] }).items).toMatchObject([
      { id, status: 'forwarded' },
    ]);
    const known = await again.get(`/v1/communications/${id}/communicants`).expect(200);
    expect((known.body as { communicants: object[] }).communicants).toEqual([
      { kind: 'person', name: tokens['name'], contact: tokens['contact'] },
    ]);
    const begunMore = await again
      .post(`/v1/communications/${id}/documents`, { kind: 'further-information', title: 'More' })
      .expect(201);
    expect((begunMore.body as { side: string }).side).toMatch(/^communicant:/);
  });
});
