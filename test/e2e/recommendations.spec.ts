import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY, statusesOf } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

type Item = { id: string; version: number; label: string | null; status: string };

describe('recommendations', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let france: Client;
  let brazil: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    france = await world.delegation('FRA');
    brazil = await world.delegation('BRA');
    slovenia = await world.delegation('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = () => `/v1/reviews/${review}/recommendations`;
  const draft = (who: Client, more: object = {}) =>
    who.post(url(), { text: 'Ratify the convention', ...more });
  const begun = async (who: Client, more: object = {}): Promise<Item> =>
    (await draft(who, more).expect(201)).body as Item;
  const submit = (who: Client, { id, version }: Item) =>
    who.post(`/v1/recommendations/${id}/submit`, undefined, { version });
  const made = async (who: Client, others: string[] = []): Promise<Item> =>
    (await submit(who, await begun(who, { with: others })).expect(200)).body as Item;
  const confirm = (who: Client, { id }: Item, body: object = {}) =>
    who.post(`/v1/recommendations/${id}/confirm`, body);
  const label = (by: Client, ...labels: [Item, string][]) =>
    by.post(`${url()}/labels`, { labels: labels.map(([{ id }, text]) => ({ id, label: text })) });
  const rowOf = ({ id }: Item) =>
    ledger.row('SELECT compartment, status, text FROM casework.recommendation WHERE id = $1', [id]);
  const recommenders = async ({ id }: Item): Promise<Record<string, string>> => {
    const sql = 'SELECT iso3, status FROM casework.recommender WHERE recommendation_id = $1';
    const rows = await ledger.rows<{ iso3: string; status: string }>(sql, [id]);
    return Object.fromEntries(rows.map(({ iso3, status }) => [iso3, status]));
  };

  it('come too early while the documents are being prepared', async () => {
    const during = ['documented', 'ready', 'reviewed'];
    const facts = { status: 'scheduled', during };
    await expectRefused(ledger, draft(france), 409, 'wrong-stage', { facts });
    await world.reach(review, 'SVN', 'documented');
  });

  describe('in the desk of a delegation', () => {
    it('are drafted by those who recommend, hidden from all others', async () => {
      const drafter = await world.delegation('FRA', 'drafter');
      const text = '  Ratify, without reservation \u2014 «now»  ';
      const item = await begun(drafter, { text, with: ['KEN'] });
      expect(item).toMatchObject({ status: 'draft', side: 'state:FRA', label: null, version: 1 });
      const desk = { compartment: 'desk:state:FRA', status: 'draft', text: text.trim() };
      expect(await rowOf(item)).toEqual(desk);
      expect(await recommenders(item)).toEqual({ FRA: 'invited', KEN: 'invited' });
      const entry = (await ledger.journal(review, 'desk:state:FRA')).at(-1)!;
      expect(entry).toMatchObject({ what: 'recommendation-begun', by: 'state:FRA' });
      expect(entry.facts).toEqual({ recommendationId: item.id });
      const missing = await brazil.get(`/v1/recommendations/${NOBODY}`);
      const kenya = await world.delegation('KEN');
      for (const who of [brazil, kenya, slovenia, world.secretariat, await world.president()]) {
        const answer = await who.get(`/v1/recommendations/${item.id}`).expect(404);
        expect(answer.text).toBe(missing.text);
        expect((await who.get(url()).expect(200)).body.items).toEqual([]);
        await expectRefused(ledger, submit(who, item), 404, 'not-found');
      }
      await expectRefused(ledger, confirm(kenya, item), 404, 'not-found');
      const facts = { permission: 'submit' };
      await expectRefused(ledger, submit(drafter, item), 409, 'permission-missing', { facts });
    });

    it('are not made to oneself, nor with who cannot be asked', async () => {
      const { head } = await world.organization('Watch');
      for (const who of [slovenia, world.secretariat, head]) {
        await expectRefused(ledger, draft(who), 409, 'wrong-role');
      }
      const invite = (...states: string[]) => draft(france, { with: states });
      const repeated = { facts: { repeated: ['KEN'] } };
      await expectRefused(ledger, invite('KEN', 'KEN'), 422, 'invalid-content', repeated);
      const own = { facts: { repeated: ['FRA'] } };
      await expectRefused(ledger, invite('FRA'), 422, 'invalid-content', own);
      const subject = { facts: { subject: 'SVN' } };
      await expectRefused(ledger, invite('SVN'), 409, 'wrong-role', subject);
      await expectRefused(ledger, invite('KEN', 'ZZZ'), 422, 'unknown-state');
      for (const text of ['', 'no', 'x'.repeat(4001)]) {
        const errors = [{ pointer: '/text' }];
        await expectRefused(ledger, draft(france, { text }), 422, 'invalid-content', { errors });
      }
    });

    it('are edited for the version that was read, until they are made', async () => {
      const item = await begun(france, { with: ['KEN'] });
      const path = `/v1/recommendations/${item.id}`;
      const change = { text: 'Ratify the protocol', with: ['BRA', 'NOR'] };
      await expectRefused(ledger, france.patch(path, change), 428, 'version-required');
      await expectRefused(ledger, france.patch(path, change, { version: 2 }), 412, 'stale');
      const calls = [1, 2].map(() => france.patch(path, change, { version: 1 }));
      expect(await statusesOf(calls)).toEqual([200, 412]);
      expect(await rowOf(item)).toMatchObject({ text: change.text });
      expect(Object.keys(await recommenders(item)).toSorted()).toEqual(['BRA', 'FRA', 'NOR']);
      const both = { text: 'Ratify', with: ['ZZZ'] };
      await expectRefused(ledger, france.patch(path, both, { version: 2 }), 422, 'unknown-state');
      const { body } = await submit(france, { ...item, version: 2 }).expect(200);
      const late = france.patch(path, change, { version: body.version });
      await expectRefused(ledger, late, 409, 'already-submitted');
      const again = submit(france, body as Item);
      await expectRefused(ledger, again, 409, 'already-submitted');
      const theirs = submit(brazil, body as Item);
      await expectRefused(ledger, theirs, 409, 'wrong-role', { facts: { by: ['state:FRA'] } });
    });
  });

  describe('that were made', () => {
    it('stand before the States, not before the stakeholders', async () => {
      const item = await made(france);
      expect(await rowOf(item)).toMatchObject({ compartment: 'parties', status: 'submitted' });
      const entry = (await ledger.journal(review, 'parties')).at(-1)!;
      expect(entry).toMatchObject({ what: 'recommendation-made', by: 'state:FRA' });
      for (const who of [brazil, slovenia, world.secretariat, await world.president()]) {
        await who.get(`/v1/recommendations/${item.id}`).expect(200);
      }
      const { head } = await world.organization('Lex');
      await expectRefused(ledger, head.get(`/v1/recommendations/${item.id}`), 404, 'not-found');
      const trial = await begun(france);
      const path = `/v1/recommendations/${trial.id}/submit`;
      const answer = await france.post(path, undefined, { version: 1, query: { dryRun: true } });
      expect(answer.body).toEqual({ ok: true, refusals: [], deadlines: [] });
      expect(await rowOf(trial)).toMatchObject({ status: 'draft' });
    });

    it('are confirmed or declined by each State that is named, for itself and once', async () => {
      const item = await made(france, ['BRA', 'KEN', 'NOR']);
      const norway = await world.delegation('NOR');
      const drafter = await world.delegation('BRA', 'drafter');
      await expectRefused(ledger, confirm(drafter, item), 409, 'permission-missing');
      const outsider = await world.delegation('CHE');
      for (const who of [outsider, slovenia, world.secretariat]) {
        await expectRefused(ledger, confirm(who, item), 409, 'wrong-role');
      }
      const hold = await ledger.hold('SELECT FROM casework.proceeding WHERE id = $1 FOR UPDATE', [
        review,
      ]);
      const calls = Promise.all([confirm(brazil, item), confirm(norway, item, { confirm: false })]);
      await hold.queue(2);
      await hold.release();
      expect((await calls).map(({ status }) => status)).toEqual([200, 200]);
      const given = { FRA: 'confirmed', BRA: 'confirmed', NOR: 'declined', KEN: 'invited' };
      expect(await recommenders(item)).toEqual(given);
      for (const who of [brazil, norway, france]) {
        await expectRefused(ledger, confirm(who, item), 409, 'already-given');
      }
      const told = (await ledger.journal(review, 'parties')).slice(-2);
      expect(told.map(({ what, by }) => `${by} ${what}`).toSorted()).toEqual([
        'state:BRA recommendation-confirmed',
        'state:NOR recommendation-declined',
      ]);
    });

    it('are made for a State by the secretariat to whom it was handed, visibly', async () => {
      const item = await begun(world.secretariat, { onBehalfOf: 'state:JPN' });
      expect(item).toMatchObject({ side: 'state:JPN', filedBy: 'secretariat:upr' });
      await submit(world.secretariat, item).expect(200);
      expect(await recommenders(item)).toEqual({ JPN: 'confirmed' });
      const entry = (await ledger.journal(review, 'parties')).at(-1)!;
      expect(entry).toMatchObject({ by: 'secretariat:upr', onBehalfOf: 'state:JPN' });
      const { secretariat } = world;
      const forSelf = draft(secretariat, { onBehalfOf: 'state:SVN' });
      await expectRefused(ledger, forSelf, 409, 'wrong-role');
      const forNone = draft(secretariat, { onBehalfOf: 'state:ZZZ' });
      await expectRefused(ledger, forNone, 422, 'unknown-side', { facts: { side: 'state:ZZZ' } });
      await expectRefused(ledger, draft(brazil, { onBehalfOf: 'state:JPN' }), 409, 'wrong-role');
    });
  });

  describe('in the report', () => {
    it('are labelled by the secretariat, after the dialogue', async () => {
      const item = await made(france);
      await expectRefused(ledger, label(world.secretariat, [item, '1']), 409, 'wrong-stage');
      await world.at('2027-05-03T11:00:00Z');
      await world.move(await world.president(), review, 'hold-dialogue');
      for (const who of [france, slovenia, await world.president()]) {
        await expectRefused(ledger, label(who, [item, '1']), 409, 'wrong-role');
      }
      const missing = label(world.secretariat, [item, '1'], [{ ...item, id: NOBODY }, '2']);
      const facts = { unknown: [NOBODY] };
      await expectRefused(ledger, missing, 422, 'unknown-recommendation', { facts });
      const hidden = label(world.secretariat, [await begun(france), '1']);
      await expectRefused(ledger, hidden, 422, 'unknown-recommendation');
    });

    it('are ordered by their labels’ numbers, damaged ones too; no label stands twice', async () => {
      const items: Item[] = [];
      for (let n = 0; n < 6; n += 1) items.push(await made(france));
      const [a, b, , , , f] = items as [Item, Item, Item, Item, Item, Item];
      const { secretariat } = world;
      const twice = { facts: { labels: ['140.9'] } };
      const both = label(secretariat, [a, '140.9'], [b, '140.9']);
      await expectRefused(ledger, both, 409, 'already-exists', twice);
      const labels = ['140.10', '140.9', '78.15..1', '140.2', '60.12.3'];
      const given = labels.map((text, n): [Item, string] => [items[n]!, text]);
      const answer = await label(secretariat, ...given).expect(200);
      expect(answer.body.labelled).toBe(5);
      const taken = label(secretariat, [f, '140.9']);
      await expectRefused(ledger, taken, 409, 'already-exists', twice);
      await label(secretariat, [a, '140.9'], [b, '140.10']).expect(200);
      const pages = await everyPage<Item>(brazil, `${url()}?limit=4&status=submitted`);
      const listed = pages.flat();
      const ordered = ['60.12.3', '78.15..1', '140.2', '140.9', '140.10'];
      expect(listed.slice(0, 5).map((item) => item.label)).toEqual(ordered);
      expect(listed.slice(5).every((item) => item.label === null)).toBe(true);
      expect(listed[3]!.id).toBe(a.id);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    });

    it('lapse as drafts, and without who did not confirm, when it is adopted', async () => {
      const [shared, secret] = [await made(france, ['BRA', 'KEN']), await begun(brazil)];
      await confirm(brazil, shared).expect(200);
      const president = await world.president();
      await world.file(world.secretariat, review, { kind: 'working-group-report' });
      await signOff(world, review);
      await world.at('2027-05-05T15:00:00Z');
      const early = await world.move(president, review, 'adopt-report');
      expect(early.body).toMatchObject({ status: 409, code: 'labels-missing' });
      const open = (await everyPage<Item>(brazil, `${url()}?limit=200`)).flat();
      const bare = open.filter((item) => item.status === 'submitted' && item.label === null);
      await label(world.secretariat, ...bare.map((item, n): [Item, string] => [item, `9.${n}`]));
      await president.get(`/v1/recommendations/${secret.id}`).expect(404);
      expect((await world.move(president, review, 'adopt-report')).body.status).toBe('wg-adopted');
      const gone = { status: 'lapsed', compartment: 'desk:state:BRA' };
      expect(await rowOf(secret)).toMatchObject(gone);
      const entry = (await ledger.journal(review, 'desk:state:BRA')).at(-1)!;
      expect(entry).toMatchObject({ what: 'recommendation-lapsed', by: 'procedure' });
      expect(await rowOf(shared)).toMatchObject({ status: 'adopted' });
      const left = { FRA: 'confirmed', BRA: 'confirmed', KEN: 'lapsed' };
      expect(await recommenders(shared)).toEqual(left);
    });
  });
});
