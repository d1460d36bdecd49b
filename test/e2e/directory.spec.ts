import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage } from './asking.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

describe('the directory', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  describe('of States', () => {
    it('lists each once, page after page', async () => {
      const pages = await everyPage<{ iso3: string }>(anyone, '/v1/states?limit=60');
      expect(pages.map((page) => page.length)).toEqual([60, 60, 60, expect.any(Number)]);
      const codes = pages.flat().map(({ iso3 }) => iso3);
      const rows = await ledger.rows<{ iso3: string }>(
        'SELECT iso3 FROM reference.state ORDER BY iso3 COLLATE "C"',
      );
      expect(codes).toEqual(rows.map(({ iso3 }) => iso3));
      const members = (await everyPage(anyone, '/v1/states?limit=200&kind=member')).flat();
      expect(members).toHaveLength(193);
    });

    it('gives a page that is exactly full no successor', async () => {
      const query = { group: 'eastern-european' };
      const all = await anyone.get('/v1/states', { ...query, limit: 200 }).expect(200);
      const limit = all.body.items.length as number;
      expect(limit).toBe(23);
      const full = await anyone.get('/v1/states', { ...query, limit }).expect(200);
      expect([full.body.next, full.headers['link']]).toEqual([null, undefined]);
      const short = await anyone.get('/v1/states', { ...query, limit: limit - 1 }).expect(200);
      expect(short.headers['link']).toContain('group=eastern-european');
    });

    it('tells names in six languages, former ones with their dates, and groups', async () => {
      const { body } = await anyone.get('/v1/states/SVN').expect(200);
      expect(Object.keys(body.names)).toEqual(['ar', 'en', 'es', 'fr', 'ru', 'zh']);
      expect(body).toMatchObject({ iso3: 'SVN', m49: '705', kind: 'member' });
      expect(body.names).toMatchObject({ en: 'Slovenia', fr: 'Slovénie', ru: 'Словения' });
      expect(body.groups).toEqual([expect.objectContaining({ group: 'eastern-european' })]);
      const renamed = await anyone.get('/v1/states/MKD').expect(200);
      const former = (
        renamed.body.aliases as { name: string; form: string; until: string }[]
      ).filter(({ form }) => form === 'former');
      expect(former.map(({ name }) => name).join()).toMatch(/Yugoslav Republic of Macedonia/i);
      expect(former.every(({ until }) => until !== null)).toBe(true);
    });

    it('answers alike for a code that is not given, and for what is no code', async () => {
      const texts = [];
      for (const code of ['ZZZ', 'svn', 'SV', 'SVNX', '705']) {
        texts.push((await expectProblem(anyone.get(`/v1/states/${code}`), 404, 'not-found')).text);
      }
      expect(new Set(texts).size).toBe(1);
    });

    it('may be kept for half a minute, and is not sent again to who has it', async () => {
      for (const url of ['/v1/states/SVN', '/v1/states?limit=3', '/v1/mechanisms', '/v1/cycles']) {
        const { headers } = await anyone.get(url).expect(200);
        expect(headers['cache-control']).toBe('public, max-age=30');
        expect(headers['etag']).toMatch(/^"[\w-]{43}"$/);
        for (const tag of [
          headers['etag'],
          `W/${headers['etag']}`,
          `"x", ${headers['etag']}`,
          '*',
        ]) {
          const again = await anyone
            .get(url)
            .set('if-none-match', tag as string)
            .expect(304);
          expect([again.text, again.headers['etag']]).toEqual(['', headers['etag']]);
        }
        await anyone.get(url).set('if-none-match', '"other"').expect(200);
      }
    });
  });

  describe('of those who sit on a body', () => {
    const url = '/v1/bodies/hrc/seats';
    const add = (by: Client, ...seats: object[]) => by.post(url, { seats });
    const source = 'GA/12345';

    it('takes terms from a secretariat, and is not confused by hearing them twice', async () => {
      const seats = [
        { state: 'SVN', from: '2016-01-01', until: '2019-01-01', source },
        { state: 'SVN', from: '2026-01-01', until: '2029-01-01' },
        { state: 'FRA', from: '2026-01-01' },
      ];
      const once = await add(world.secretariat, ...seats).expect(200);
      expect(once.body).toEqual({ added: 3, known: 0 });
      const rows = await ledger.rows(
        `SELECT iso3, valid_from::text AS "from", source, verified FROM reference.body_seat
         ORDER BY iso3, valid_from`,
      );
      expect(rows).toEqual([
        { iso3: 'FRA', from: '2026-01-01', source: null, verified: false },
        { iso3: 'SVN', from: '2016-01-01', source, verified: true },
        { iso3: 'SVN', from: '2026-01-01', source: null, verified: false },
      ]);
      const twice = [seats[0]!, seats[0]!, { state: 'BRA', from: '2027-01-01' }];
      const again = await add(world.secretariat, ...twice).expect(200);
      expect(again.body).toEqual({ added: 1, known: 2 });
    });

    it('finds who sits there on a day, and when a State did', async () => {
      const states = async (query: Record<string, string>) =>
        ((await anyone.get(url, query).expect(200)).body.items as { state: string }[]).map(
          ({ state }) => state,
        );
      expect(await states({ on: '2018-12-31' })).toEqual(['SVN']);
      expect(await states({ on: '2019-01-01' })).toEqual([]);
      expect(await states({ on: '2028-12-31' })).toEqual(['BRA', 'FRA', 'SVN']);
      expect(await states({ on: '2029-01-01' })).toEqual(['BRA', 'FRA']);
      expect(await states({ state: 'SVN' })).toEqual(['SVN', 'SVN']);
      const pages = await everyPage<{ id: string }>(anyone, `${url}?limit=1`);
      expect(pages.flat().map(({ id }) => id)).toHaveLength(4);
      expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(4);
    });

    it('is not changed by others, or with States, dates and bodies that there are not', async () => {
      const seat = { state: 'NOR', from: '2027-01-01' };
      const needs = { facts: { needs: 'secretariat' } };
      for (const by of [world.admin, await world.delegation('NOR'), await world.stranger()]) {
        await expectRefused(ledger, add(by, seat), 403, 'forbidden', needs);
      }
      const { secretariat } = world;
      const unknown = add(secretariat, seat, { ...seat, state: 'ZZZ' });
      await expectRefused(ledger, unknown, 422, 'unknown-state', { facts: { unknown: ['ZZZ'] } });
      const turned = add(secretariat, seat, { ...seat, until: '2027-01-01' });
      await expectRefused(ledger, turned, 422, 'dates-in-disorder');
      await expectRefused(ledger, add(secretariat), 422, 'invalid-content');
      for (const key of ['nobody', 'HRC', 'x'.repeat(41)]) {
        const elsewhere = secretariat.post(`/v1/bodies/${key}/seats`, { seats: [seat] });
        await expectRefused(ledger, elsewhere, 404, 'not-found');
        await expectProblem(anyone.get(`/v1/bodies/${key}/seats`), 404, 'not-found');
      }
    });
  });

  describe('of organizations', () => {
    it('is kept by a secretariat, and known to it and to each its own', async () => {
      const enterAs = (by: Client) => by.post('/v1/organizations', { name: 'Lex', kind: 'nhri' });
      const needs = { facts: { needs: 'secretariat' } };
      for (const by of [world.admin, await world.delegation('SVN')]) {
        await expectRefused(ledger, enterAs(by), 403, 'forbidden', needs);
      }
      const { body } = await enterAs(world.secretariat).expect(201);
      expect(body).toMatchObject({ side: `organization:${body.id}`, acronym: null, kind: 'nhri' });
      await expectRefused(ledger, enterAs(world.secretariat), 409, 'already-exists');
      const row = await ledger.row(
        `SELECT p.key, p.kind, g.key AS within FROM identity.organization o
         JOIN identity.principal p ON p.id = o.principal_id
         JOIN identity.principal g ON g.id = p.within WHERE o.id = $1`,
        [body.id],
      );
      expect(row).toEqual({ key: body.side, kind: 'organization', within: 'stakeholders' });
      const head = await world.person(body.side);
      const found = async (by: Client, kind: string) =>
        (await by.get('/v1/organizations', { kind }).expect(200)).body.items as object[];
      expect(await found(head, 'nhri')).toEqual([body]);
      expect(await found(head, 'ngo')).toEqual([]);
      expect(await found(world.secretariat, 'nhri')).toEqual([body]);
      expect(await found(world.admin, 'nhri')).toEqual([]);
    });

    it('has names as they are written, in any script', async () => {
      const name = 'Ръководство «الحقوق» 人权 e\u0301 🕊️ \u200f <b>"\\';
      const body = { name, kind: 'academic' };
      const answer = await world.secretariat.post('/v1/organizations', body).expect(201);
      expect(answer.body.name).toBe(name);
      const sql = 'SELECT name FROM identity.organization WHERE id = $1';
      expect(await ledger.row(sql, [answer.body.id])).toEqual({ name });
    });

    it('is paged for the secretariat, each once', async () => {
      for (let n = 0; n < 4; n += 1) {
        const body = { name: `Forum ${n}`, acronym: `F${n}`, kind: 'coalition' };
        await world.secretariat.post('/v1/organizations', body).expect(201);
      }
      const url = '/v1/organizations?kind=coalition&limit=3';
      const pages = await everyPage<{ name: string }>(world.secretariat, url);
      const names = pages.flat().map(({ name }) => name);
      expect(names).toEqual(['Forum 0', 'Forum 1', 'Forum 2', 'Forum 3']);
    });
  });

  describe('of procedures', () => {
    it('shows each version as data, with the digest that was pinned', async () => {
      const { body } = await anyone.get('/v1/mechanisms').expect(200);
      const pinned = await ledger.rows(
        'SELECT key, version, digest, draft FROM reference.mechanism',
      );
      const titled = pinned.map((pin) => ({ ...pin, title: expect.any(String) }));
      expect(body.items).toEqual(titled);
      const one = await anyone.get('/v1/mechanisms/upr/versions/1').expect(200);
      expect(one.body.definition).toMatchObject({ key: 'upr', version: 1, start: 'scheduled' });
      await expectUnchanged(ledger, async () => {
        for (const part of ['upr/versions/99', 'upr/versions/x', 'nothing/versions/1']) {
          await expectProblem(anyone.get(`/v1/mechanisms/${part}`), 404, 'not-found');
        }
      });
    });
  });
});
