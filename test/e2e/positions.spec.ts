import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY, statusesOf } from './asking.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';

interface Prepared {
  recommendationId: string;
  position: string;
  version: number;
}

/** What the State under review answers: in the room, in writing, revised, or not at all. */
describe('positions', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let drafter: Client;
  let france: Client;
  let items: string[];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    [slovenia, drafter, france] = [
      await world.delegation('SVN'),
      await world.delegation('SVN', 'drafter'),
      await world.delegation('FRA'),
    ];
    await world.reach(review, 'SVN', 'documented');
    items = [];
    for (const text of ['Ratify', 'Strengthen', 'Consider', 'Abolish']) {
      items.push(await world.recommend(france, review, `${text} it`));
    }
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = (n: number) => `/v1/recommendations/${items[n]}/position`;
  const put = (who: Client, n: number, version: number, more: object = {}) =>
    who.put(url(n), { position: 'supported', ...more }, { version });
  const prepare = async (n: number, position: string, more: object = {}) => {
    const { version } = (await drafter.get(url(n)).expect(200)).body as { version: number };
    return put(drafter, n, version, { position, ...more }).expect(200);
  };
  const give = (who: Client, query = {}, body: object = {}) =>
    who.post(`/v1/reviews/${review}/positions`, body, { query });
  const rows = (n: number) =>
    ledger.rows(
      `SELECT position, status, compartment, given_in AS "givenIn" FROM casework.position
       WHERE recommendation_id = $1 ORDER BY prepared_at, given_at`,
      [items[n]],
    );
  const standing = async (who: Client, n: number) =>
    (await who.get(`/v1/recommendations/${items[n]}`).expect(200)).body.position as object | null;

  it('are not prepared before the dialogue, nor by others', async () => {
    const during = ['reviewed', 'wg-adopted', 'positioned'];
    const facts = { status: 'documented', during };
    await expectRefused(ledger, put(slovenia, 0, 0), 409, 'wrong-stage', { facts });
    await expectRefused(ledger, give(slovenia), 409, 'wrong-stage', { facts });
    await world.at('2027-05-03T11:00:00Z');
    await world.move(await world.president(), review, 'hold-dialogue');
    for (const who of [france, world.secretariat, await world.president()]) {
      await expectRefused(ledger, who.get(url(0)), 409, 'wrong-role');
      await expectRefused(ledger, put(who, 0, 0), 409, 'wrong-role');
      await expectRefused(ledger, give(who), 409, 'wrong-role');
    }
    const { head } = await world.organization('Watch');
    await expectRefused(ledger, put(head, 0, 0), 404, 'not-found');
    await expectRefused(ledger, give(slovenia), 409, 'nothing-to-submit');
  });

  it('are prepared by a drafter for the version that was read, on the desk', async () => {
    expect((await drafter.get(url(0)).expect(200)).body).toEqual({
      recommendationId: items[0],
      position: null,
      statedPosition: null,
      comment: null,
      version: 0,
    });
    const without = drafter.put(url(0), { position: 'supported' });
    await expectRefused(ledger, without, 428, 'version-required', { facts: { version: 0 } });
    await expectRefused(ledger, put(drafter, 0, 1), 412, 'stale');
    const unknown = { facts: { position: 'rejected', known: ['supported', 'noted'] } };
    const rejected = put(drafter, 0, 0, { position: 'rejected' });
    await expectRefused(ledger, rejected, 422, 'position-unknown', unknown);
    await expectRefused(ledger, put(drafter, 0, 0, { comment: ' ' }), 422, 'invalid-content');
    const nowhere = drafter.put(`/v1/recommendations/${NOBODY}/position`, { position: 'noted' });
    await expectRefused(ledger, nowhere, 404, 'not-found');
    const first = [0, 0].map((version) => put(drafter, 0, version));
    expect(await statusesOf(first)).toEqual([200, 412]);
    const more = { statedPosition: 'Accepted in part', comment: 'See the law of 2019.' };
    const next = [1, 1].map((version) => put(drafter, 0, version, { position: 'noted', ...more }));
    expect(await statusesOf(next)).toEqual([200, 412]);
    const kept = (await slovenia.get(url(0)).expect(200)).body;
    expect(kept).toMatchObject({ position: 'noted', ...more, version: 2 });
    const desk = {
      position: 'noted',
      status: 'draft',
      compartment: 'desk:state:SVN',
      givenIn: null,
    };
    expect(await rows(0)).toEqual([desk]);
    const entries = await ledger.journal(review, 'desk:state:SVN');
    const prepared = entries.filter(({ what }) => what === 'position-prepared');
    expect(prepared).toHaveLength(2);
    expect(JSON.stringify(prepared)).not.toMatch(/noted|supported|law of 2019/);
    expect(await standing(france, 0)).toBeNull();
    expect(await standing(slovenia, 0)).toBeNull();
  });

  it('are given together, by who may speak for the State, in the room', async () => {
    await prepare(1, 'supported');
    const facts = { permission: 'submit' };
    await expectRefused(ledger, give(drafter), 409, 'permission-missing', { facts });
    const all = `/v1/reviews/${review}/positions`;
    const { items: positions } = (await slovenia.get(all).expect(200)).body as {
      items: Prepared[];
    };
    const page = (await slovenia.get(all, { limit: 1, count: 'true' }).expect(200)).body;
    expect(page).toMatchObject({ items: [positions[0]], count: { total: 2 } });
    const rest = await slovenia.get(all, { cursor: page.next as string }).expect(200);
    expect(rest.body).toMatchObject({ items: [positions[1]], next: null });
    expect(positions.map(({ recommendationId, position }) => [recommendationId, position])).toEqual(
      [
        [items[0], 'noted'],
        [items[1], 'supported'],
      ],
    );
    await expectRefused(ledger, france.get(all), 409, 'wrong-role');
    // What a drafter writes when the head has read is not given unread; nor what the head did not name.
    await put(drafter, 1, 1).expect(200);
    const read = positions.map(({ recommendationId, version }) => ({ recommendationId, version }));
    const unread = { facts: { items: [{ id: items[1], given: 1, version: 2 }] } };
    await expectRefused(ledger, give(slovenia, {}, { items: read }), 412, 'stale', unread);
    const twice = [read[0], read[0]];
    const repeated = { facts: { repeated: [items[0]] } };
    const both = give(slovenia, {}, { items: twice });
    await expectRefused(ledger, both, 422, 'invalid-content', repeated);
    const one = give(slovenia, { dryRun: true }, { items: [{ ...read[0], version: 2 }] });
    expect((await one.expect(200)).body).toMatchObject({ ok: true });
    const trial = await expectUnchanged(ledger, () => give(slovenia, { dryRun: true }));
    expect(trial.body).toEqual({ ok: true, refusals: [], deadlines: [] });
    const { body } = await give(slovenia).expect(200);
    expect(body).toEqual({ given: 2, revised: 0, unanswered: 2 });
    const open = { compartment: 'parties', status: 'given', givenIn: 'room' };
    expect(await rows(0)).toEqual([{ position: 'noted', ...open }]);
    expect(await rows(1)).toEqual([{ position: 'supported', ...open }]);
    expect(await standing(france, 0)).toMatchObject({
      position: 'noted',
      statedPosition: 'Accepted in part',
      givenIn: 'room',
      deemed: false,
    });
    const entry = (await ledger.journal(review, 'parties')).at(-1)!;
    expect(entry).toMatchObject({ what: 'positions-given', by: 'state:SVN' });
    expect(entry.facts).toEqual({ given: 2, revised: 0, unanswered: 2, in: 'room' });
    await expectRefused(ledger, give(slovenia), 409, 'nothing-to-submit');
  });

  it('are published with the report, and revised in writing until the outcome', async () => {
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    const labels = items.map((id, n) => ({ id, label: `6.${n + 1}` }));
    await world.secretariat.post(`/v1/reviews/${review}/recommendations/labels`, { labels });
    await signOff(world, review);
    await world.at('2027-05-05T15:00:00Z');
    await world.move(await world.president(), review, 'adopt-report');
    const record = async () => {
      const { body } = await world.api.as().get('/v1/record/recommendations').expect(200);
      const list = body.items as { position: string; givenIn: string; deemed: boolean }[];
      return list.map(({ position, givenIn, deemed }) => [position, givenIn, deemed]);
    };
    const silent = [null, null, false];
    const room = ['supported', 'room', false];
    expect(await record()).toEqual([['noted', 'room', false], room, silent, silent]);
    await prepare(0, 'supported');
    await prepare(2, 'noted', { comment: 'Under study' });
    expect((await give(slovenia).expect(200)).body).toEqual({
      given: 2,
      revised: 1,
      unanswered: 1,
    });
    expect((await rows(0)).map(({ status, givenIn }) => [status, givenIn])).toEqual([
      ['superseded', 'room'],
      ['given', 'writing'],
    ]);
    expect((await world.move(slovenia, review, 'close-positions')).body.status).toBe('positioned');
    const written = ['supported', 'writing', false];
    expect(await record()).toEqual([written, room, ['noted', 'writing', false], silent]);
    await prepare(1, 'noted');
    expect((await give(slovenia).expect(200)).body.revised).toBe(1);
  });

  it('are noted where the State stayed silent, and can then no longer be given', async () => {
    await prepare(3, 'supported');
    await world.at('2027-09-23T09:00:00Z');
    const { body } = await world.move(await world.president(), review, 'adopt-outcome');
    expect(body.status).toBe('adopted');
    expect((await rows(3)).map(({ position, status }) => [position, status])).toEqual([
      ['supported', 'draft'],
      ['noted', 'deemed'],
    ]);
    const entry = (await ledger.journal(review, 'parties')).at(-1)!;
    expect(entry).toMatchObject({ what: 'positions-deemed', by: 'procedure' });
    expect(entry.facts).toEqual({ position: 'noted', recommendations: 1 });
    expect(await standing(france, 3)).toMatchObject({ position: 'noted', deemed: true });
    await expectRefused(ledger, give(slovenia), 409, 'wrong-stage');
    await expectRefused(ledger, put(slovenia, 1, 1), 409, 'wrong-stage');
    const page = await world.api.as().get('/v1/record/proceedings').expect(200);
    expect(page.body.items[0].outcome).toMatchObject({
      recommendations: 4,
      positions: { supported: 1, noted: 3 },
    });
  });
});
