import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lotFile, verifyLot } from '../../src/modules/lots/verify-lot.js';
import {
  announce,
  draw,
  groupOf,
  KNOWN_FROM,
  publicValue,
  seatCouncil,
} from '../factories/council.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

interface Slot {
  readonly state: string;
  readonly starts: string;
  readonly ends: string;
}
const seen = {
  drawnOn: '2027-01-09',
  meeting: 'Organizational meeting',
  witnesses: ['Secretary of the Council'],
};

/** What is drawn for a whole session, and for the plenary. */
describe('the lots of a session', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  let sessionId: string;
  const reviews = new Map<string, string>();
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
    const first = await world.slot('SVN');
    sessionId = first.sessionId;
    const slots = [first.slotId];
    for (const [index, state] of ['AUT', 'MLT', 'ISL'].entries())
      slots.push(await place(state, index + 4));
    for (const slotId of slots) {
      const { body } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
      reviews.set(body.stateUnderReview, body.id);
    }
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  async function place(state: string, day: number): Promise<string> {
    const on = `2027-05-0${day}T`;
    const times = { starts: `${on}09:00:00Z`, ends: `${on}12:30:00Z` };
    const url = `/v1/sessions/${sessionId}/schedule`;
    return (await world.secretariat.post(url, { state, ...times }).expect(201)).body.id as string;
  }
  const schedule = async (): Promise<Slot[]> =>
    (await anyone.get(`/v1/sessions/${sessionId}/schedule`).expect(200)).body.items;
  const url = (id = sessionId) => `/v1/sessions/${id}/lots`;
  const ask = (who: Client, purpose: string, id = sessionId) =>
    who.post(url(id), { purpose, publicValue });
  const holds = async (id: string) => {
    const { body } = await anyone.get(`/v1/lots/${id}`).expect(200);
    expect(verifyLot(lotFile.parse(body)).holds).toBe(true);
    return body;
  };

  it('are announced by its keepers, where one of its reviews has been opened', async () => {
    const { secretariat } = world;
    const facts = { by: ['president', 'secretariat'] };
    await expectRefused(
      ledger,
      ask(await world.delegation('SVN'), 'first-speaker'),
      409,
      'wrong-role',
      { facts },
    );
    await expectRefused(ledger, ask(secretariat, 'first-speaker', NOBODY), 404, 'not-found');
    const empty = await world.slot('NPL', 51);
    await expectRefused(
      ledger,
      ask(secretariat, 'first-speaker', empty.sessionId),
      409,
      'no-review-open',
    );
    await expectRefused(ledger, ask(secretariat, 'plenary-speakers'), 422, 'invalid-content');
    await expectRefused(ledger, ask(secretariat, 'troika'), 409, 'membership-unknown');
  });

  it('say with which letter the lists of speakers begin, and how they go on', async () => {
    const lot = await announce(world, `sessions/${sessionId}`, 'first-speaker');
    const letters = lot.input.draw.pool.map(({ key }) => key);
    expect(letters).toEqual([...letters].toSorted());
    expect(letters).toContain('S');
    expect(letters).not.toContain('X');
    await world.at(KNOWN_FROM);
    const [{ drawn, for: whose }] = (await draw(world, lot)).result as [
      { drawn: string[]; for: null },
    ];
    expect([whose, drawn.toSorted()]).toEqual([null, letters]);
    const at = letters.indexOf(drawn[0]!);
    expect(drawn).toEqual([...letters.slice(at), ...letters.slice(0, at)]);
    await holds(lot.id);
    for (const review of reviews.values()) {
      const entry = (await ledger.journal(review, 'case')).at(-1)!;
      expect(entry).toMatchObject({
        what: 'lot-drawn',
        facts: { purpose: 'first-speaker', drawn },
      });
    }
  });

  it('give each review a troika, and burden whom it burdened least', async () => {
    await seatCouncil(world);
    const later = { ...publicValue, knownFrom: '2027-01-20T09:00:00Z' };
    const asked = { purpose: 'troika', publicValue: later };
    const { body } = await world.secretariat.post(url(), asked).expect(201);
    expect(body.input.draw).toMatchObject({
      balanced: true,
      rounds: [{ for: 'AUT' }, { for: 'ISL' }, { for: 'MLT' }, { for: 'SVN' }],
    });
    await world.at('2027-01-20T09:00:00Z');
    const { result } = await draw(world, body);
    const all = result!.flatMap((each) => each.drawn);
    // Twelve seats, thirteen members: nobody a third time while somebody is free of it.
    const times = all.map((state) => all.filter((each) => each === state).length);
    expect(Math.max(...times)).toBeLessThanOrEqual(2);
    for (const { for: state, drawn } of result!) {
      expect(new Set(drawn.map(groupOf)).size).toBe(3);
      const { body: troika } = await world.secretariat
        .get(`/v1/reviews/${reviews.get(state!)}/troika`)
        .expect(200);
      expect(troika.rapporteurs.map((each: { state: string }) => each.state)).toEqual(drawn);
      expect(troika).toMatchObject({ seats: 3, vacant: 0, ownRegion: false, substitutionsLeft: 1 });
      expect((await ledger.journal(reviews.get(state!)!, 'case')).at(-1)?.facts).toMatchObject({
        drawn,
      });
    }
    await holds(body.id);
    await expectRefused(
      ledger,
      world.secretariat.post(url(), {
        ...asked,
        publicValue: { ...later, knownFrom: '2027-03-01T09:00:00Z' },
      }),
      409,
      'already-given',
    );
  });

  it('give each State its place in the order of review, and its deadlines with it', async () => {
    const before = await schedule();
    const knownFrom = '2027-01-25T09:00:00Z';
    const asked = { purpose: 'order-of-review', publicValue: { ...publicValue, knownFrom } };
    const { body } = await world.secretariat.post(url(), asked).expect(201);
    await world.at(knownFrom);
    const { result } = await draw(world, body);
    const after = await schedule();
    expect(after.map(({ state }) => state)).toEqual(result![0]!.drawn);
    const times = (slots: Slot[]) => slots.map(({ starts, ends }) => `${starts} ${ends}`);
    expect(times(after)).toEqual(times(before));
    const first = reviews.get(after[0]!.state)!;
    const { body: deadlines } = await world.secretariat
      .get(`/v1/reviews/${first}/deadlines`)
      .expect(200);
    const report = deadlines.items.find(({ key }: { key: string }) => key === 'national-report');
    expect(report.dueLocal).toBe('2027-02-08T17:00');
    const { body: session } = await anyone.get(`/v1/sessions/${sessionId}`).expect(200);
    expect(session.changes.at(-1).reason).toBe(`Order of review, drawn by lot ${body.id}`);
    await holds(body.id);
    const late = { ...asked, publicValue: { ...publicValue, knownFrom: '2027-06-01T09:00:00Z' } };
    await expectRefused(ledger, world.secretariat.post(url(), late), 409, 'already-given');
  });

  it('are shown whole, in pages, with those of its reviews', async () => {
    const { body } = await anyone.get(url(), { limit: 2, count: true }).expect(200);
    expect([body.items.length, body.count]).toEqual([2, { total: 3, capped: false }]);
    const rest = await anyone.get(url(), { limit: 2, cursor: body.next }).expect(200);
    expect(rest.body).toMatchObject({ items: [{ state: null }], next: null });
    const { body: mine } = await world.secretariat
      .get(`/v1/reviews/${reviews.get('MLT')}/lots`)
      .expect(200);
    expect(mine.items.map((each: { id: string }) => each.id)).toEqual(
      [...body.items, ...rest.body.items].map((each) => each.id),
    );
  });

  it('drawn by hand are held against the same rules', async () => {
    const other = await world.slot('NPL', 53);
    await world.secretariat.post('/v1/reviews', { slotId: other.slotId }).expect(201);
    const record = (who: Client, result: object[], purpose = 'first-speaker') =>
      who.post(`${url(other.sessionId)}/by-hand`, { purpose, result, ...seen });
    const drawn = (...keys: string[]) => [{ for: null, drawn: keys }];
    const { secretariat } = world;
    const wrong: [object[], string][] = [
      [drawn('X'), 'outside-pool'],
      [drawn('A', 'B'), 'number'],
      [[{ for: 'NPL', drawn: ['A'] }], 'unasked'],
    ];
    for (const [result, because] of wrong) {
      const facts = { facts: { because } };
      await expectRefused(ledger, record(secretariat, result), 422, 'draw-invalid', facts);
    }
    await expectRefused(
      ledger,
      record(await world.delegation('NPL'), drawn('K')),
      409,
      'wrong-role',
    );
    const { body } = await record(secretariat, drawn('K')).expect(201);
    expect(body).toMatchObject({
      method: 'by-hand',
      status: 'drawn',
      seed: null,
      commitment: null,
    });
    expect(body.result[0].drawn.slice(0, 2)).toEqual(['K', 'L']);
    const { body: open } = await anyone.get(`/v1/lots/${body.id}`).expect(200);
    expect(open.byHand).toEqual({ drawnOn: seen.drawnOn, meeting: seen.meeting });
    expect(JSON.stringify(open)).not.toContain(seen.witnesses[0]);
    const troika = [{ for: 'NPL', drawn: ['KEN', 'GHA', 'NOR'] }];
    const same = { facts: { because: 'same-regional-group' } };
    await expectRefused(ledger, record(secretariat, troika, 'troika'), 422, 'troika-invalid', same);
    const nobody = [{ for: 'NPL', drawn: ['KEN', 'ZZZ', 'NOR'] }];
    await expectRefused(ledger, record(secretariat, nobody, 'troika'), 422, 'unknown-state');
  });
});
