import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

type Review = { id: string; version: number; status: string; stateUnderReview: string };

describe('reviews', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const read = async (who: Client = world.secretariat, id = review) =>
    (await who.get(`/v1/reviews/${id}`).expect(200)).body as Review & {
      roles: string[];
      actions: { action: string; allowed: boolean; because: string | null }[];
    };

  describe('when they are opened', () => {
    it('stand at the beginning, with their State, their deadlines and their grants', async () => {
      const { slotId } = await world.slot('NOR', 60);
      const { body, headers } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
      expect(body).toMatchObject({
        mechanism: 'upr',
        mechanismVersion: 3,
        stateUnderReview: 'NOR',
        status: 'scheduled',
        test: false,
        publicId: null,
        roles: ['secretariat'],
      });
      expect([headers['etag'], headers['location']]).toEqual(['"1"', `/v1/reviews/${body.id}`]);
      const id = body.id as string;
      const row = await ledger.row(
        'SELECT subject, status, version FROM casework.proceeding WHERE id = $1',
        [id],
      );
      expect(row).toEqual({ subject: 'NOR', status: 'scheduled', version: 1 });
      const clerk = (await world.secretariat.get('/v1/me')).body.accountId as string;
      expect(await ledger.journal(id)).toEqual([
        expect.objectContaining({ n: 1, what: 'opened', by: 'secretariat', author: clerk }),
      ]);
      const parts = await world.secretariat.get(`/v1/reviews/${id}/participants`).expect(200);
      expect(parts.body.items).toMatchObject([
        { role: 'stateUnderReview', principal: 'state:NOR', basis: 'session 60' },
      ]);
      const moves = await world.secretariat.get(`/v1/reviews/${id}/moves`).expect(200);
      expect(moves.body.items).toMatchObject([{ n: 1, move: null, status: 'scheduled' }]);
    });

    it('are opened by the secretariat alone, for a place that there is, once', async () => {
      const { slotId } = await world.slot('JPN', 61);
      const open = (who: Client, slot = slotId) => who.post('/v1/reviews', { slotId: slot });
      const facts = { permission: 'submit', side: 'secretariat:upr' };
      const drafter = await world.person('secretariat:upr', 'drafter');
      for (const who of [
        drafter,
        world.admin,
        await world.president(),
        await world.delegation('JPN'),
      ]) {
        await expectRefused(ledger, open(who), 409, 'permission-missing', { facts });
      }
      const { secretariat } = world;
      const nowhere = open(secretariat, NOBODY);
      await expectRefused(ledger, nowhere, 422, 'unknown-slot', { facts: { slotId: NOBODY } });
      await open(secretariat).expect(201);
      await expectRefused(ledger, open(secretariat), 409, 'already-exists');
      await expectRefused(ledger, open(secretariat, 'soon'), 422, 'invalid-content');
    });
  });

  describe('when they are read', () => {
    it('tell everyone what is theirs to do, and why not yet', async () => {
      const because = async (who: Client, action: string) =>
        (await read(who)).actions.find((each) => each.action === action);
      const troika = { allowed: false, because: 'troika-missing' };
      expect(await because(world.secretariat, 'record-troika')).toMatchObject(troika);
      expect(await because(await world.president(), 'record-troika')).toMatchObject(troika);
      const france = await world.delegation('FRA');
      expect(await because(france, 'record-troika')).toMatchObject({ because: 'wrong-role' });
      expect((await read(france)).roles).toEqual(['recommendingState']);
      expect((await read(await world.delegation('SVN'))).roles).toEqual(['stateUnderReview']);
      const { head } = await world.organization('Watch');
      expect((await read(head)).roles).toEqual(['stakeholder']);
    });

    it('are never kept by anybody on the way', async () => {
      for (const part of ['', '/moves', '/deadlines', '/participants', '/journal', '/documents']) {
        const url = `/v1/reviews/${review}${part}`;
        const { headers } = await world.secretariat.get(url).expect(200);
        expect(headers['cache-control']).toBe('no-store');
        const tag = headers['etag'] ?? '"1"';
        await world.secretariat.get(url).set('if-none-match', tag).expect(200);
        await world.secretariat.get(url).set('if-none-match', '*').expect(200);
      }
      const list = await world.secretariat.get('/v1/reviews').expect(200);
      expect([list.headers['cache-control'], list.headers['etag']]).toEqual([
        'no-store',
        undefined,
      ]);
    });

    it('are listed to who may see them, in pages, by State, session and status', async () => {
      const pages = await everyPage<Review>(world.secretariat, '/v1/reviews?limit=1');
      const ids = pages.flat().map(({ id }) => id);
      expect(ids).toHaveLength(3);
      const rows = await ledger.rows<{ id: string }>(
        'SELECT id FROM casework.proceeding ORDER BY opened_at, id',
      );
      expect(ids).toEqual(rows.map(({ id }) => id));
      const states = async (query: Record<string, string>) =>
        (
          (await world.secretariat.get('/v1/reviews', query).expect(200)).body.items as Review[]
        ).map((each) => each.stateUnderReview);
      expect(await states({ state: 'SVN' })).toEqual(['SVN']);
      expect(await states({ status: 'adopted' })).toEqual([]);
      const { id } = await ledger.row<{ id: string }>(
        'SELECT id FROM reference.session WHERE number = 60',
      );
      expect(await states({ session: id })).toEqual(['NOR']);
      const stranger = await world.stranger();
      expect((await stranger.get('/v1/reviews').expect(200)).body.items).toEqual([]);
      for (const part of ['', '/moves', '/deadlines', '/journal', '/journal/verification']) {
        const answer = await stranger.get(`/v1/reviews/${review}${part}`).expect(404);
        const missing = await stranger.get(`/v1/reviews/${NOBODY}${part}`).expect(404);
        expect(answer.text).toBe(missing.text);
      }
    });
  });

  describe('the troika', () => {
    const draw = {
      states: ['ALB', 'BRA', 'NOR'],
      drawnOn: '2026-08-30',
      meeting: 'organizational meeting',
      witnesses: ['Secretary', 'Vice-President'],
    };
    const record = (who: Client, more: object = {}, version = 1) =>
      who.post(`/v1/reviews/${review}/troika`, { ...draw, ...more }, { version });

    it('is three States of three regions, members where that is known, and not the one reviewed', async () => {
      const { secretariat } = world;
      const wrong: [string[], string][] = [
        [['ALB', 'BRA'], 'number'],
        [['ALB', 'ALB', 'BRA'], 'repeated'],
        [['SVN', 'BRA', 'NOR'], 'under-review'],
        [['ALB', 'BRA', 'CHL'], 'same-regional-group'],
      ];
      for (const [states, because] of wrong) {
        const facts = { because };
        await expectRefused(ledger, record(secretariat, { states }), 422, 'troika-invalid', {
          facts,
        });
      }
      const unknown = record(secretariat, { states: ['ALB', 'BRA', 'ZZZ'] });
      await expectRefused(ledger, unknown, 422, 'unknown-state');
      const seats = ['ALB', 'BRA'].map((state) => ({ state, from: '2026-01-01', source: 'A/1' }));
      await secretariat.post('/v1/bodies/hrc/seats', { seats }).expect(200);
      const outside = { facts: { because: 'not-a-member', states: ['NOR'] } };
      await expectRefused(ledger, record(secretariat), 422, 'troika-invalid', outside);
      const late = [{ state: 'NOR', from: '2026-08-30', source: 'A/2' }];
      await secretariat.post('/v1/bodies/hrc/seats', { seats: late }).expect(200);
    });

    it('is recorded by who keeps the meeting, for the version that was read', async () => {
      const facts = { by: ['president', 'secretariat'] };
      for (const who of [await world.delegation('SVN'), await world.delegation('NOR')]) {
        await expectRefused(ledger, record(who), 409, 'wrong-role', { facts });
      }
      const drafter = await world.person('secretariat:upr', 'drafter');
      await expectRefused(ledger, record(drafter), 409, 'permission-missing');
      await expectRefused(ledger, record(world.secretariat, {}, 2), 412, 'stale');
      const bare = world.secretariat.post(`/v1/reviews/${review}/troika`, draw);
      await expectRefused(ledger, bare, 428, 'version-required', { facts: { version: 1 } });
      const { body } = await record(world.secretariat).expect(200);
      expect(body).toMatchObject({ version: 2, status: 'scheduled' });
      const entry = (await ledger.journal(review, 'case')).at(-1)!;
      expect(entry).toMatchObject({ what: 'lot-recorded', by: 'secretariat' });
      expect(entry.facts).toMatchObject({ drawn: draw.states, on: draw.drawnOn });
      const norway = await world.delegation('NOR');
      expect((await read(norway)).roles).toContain('rapporteur');
      const parts = await norway.get(`/v1/reviews/${review}/participants`).expect(200);
      const basis = expect.stringContaining(`drawn by hand on ${draw.drawnOn}: lot `);
      expect(parts.body.items[0]).toMatchObject({ principal: 'state:ALB', basis });
      const { items } = (await norway.get(`/v1/reviews/${review}/lots`).expect(200)).body;
      expect(items).toMatchObject([{ witnesses: draw.witnesses, status: 'drawn' }]);
      await expectRefused(ledger, record(world.secretariat, {}, 2), 409, 'already-given');
    });
  });

  describe('the journal', () => {
    const url = () => `/v1/reviews/${review}/journal`;

    it('shows each viewer the chains that are theirs, entry after entry', async () => {
      await world.file(await world.delegation('SVN'), review, { kind: 'national-report' });
      const chains = async (who: Client) => {
        const pages = await everyPage<{ compartment: string; n: number }>(who, `${url()}?limit=2`);
        const entries = pages.flat();
        for (const [index, { compartment, n }] of entries.entries()) {
          const before = entries[index - 1];
          expect(n).toBe(before?.compartment === compartment ? before.n + 1 : 1);
        }
        return [...new Set(entries.map(({ compartment }) => compartment))];
      };
      expect(await chains(await world.delegation('SVN'))).toEqual([
        'case',
        'desk:state:SVN',
        'filed:state:SVN',
      ]);
      expect(await chains(world.secretariat)).toEqual(['case', 'filed:state:SVN']);
      expect(await chains(await world.delegation('FRA'))).toEqual(['case']);
    });

    it('is verified by whoever may read it, and shows where it was tampered with', async () => {
      const verify = async (who: Client) =>
        (await who.get(`${url()}/verification`).expect(200)).body as {
          intact: boolean;
          chains: { compartment: string; firstBroken: number | null }[];
        };
      const sound = await verify(world.secretariat);
      expect(sound.intact).toBe(true);
      const tamper = `UPDATE journal.entry SET body = replace(body, $2, $3)
        WHERE proceeding_id = $1 AND compartment = 'case' AND n = 2`;
      await ledger.rows(tamper, [review, 'ALB', 'AUT']);
      const broken = await verify(world.secretariat);
      expect(broken.intact).toBe(false);
      expect(
        broken.chains.map(({ compartment, firstBroken }) => [compartment, firstBroken]),
      ).toEqual([
        ['case', 2],
        ['filed:state:SVN', null],
      ]);
      await ledger.rows(tamper, [review, 'AUT', 'ALB']);
      expect((await verify(await world.delegation('FRA'))).intact).toBe(true);
    });
  });
});
