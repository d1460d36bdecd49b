import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allot } from '../../src/kernel/speaking-time.js';
import { Lists, type Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';

/** Who act; the others on the list were entered before. Two of them sit on the Council. */
const ACTORS = ['ALB', 'BRA', 'FRA', 'KEN', 'NOR', 'ZMB'];
const MEMBERS = ['BRA', 'KEN'];
const RULES = { total: 8400, member: 180, observer: 120, step: 1, rounding: 'down' as const };
const DAY = 86_400_000;

type Act = 'toggle' | 'swap' | 'decline' | 'propose' | 'agree';
interface Step {
  readonly act: Act;
  readonly who: number;
  readonly with: number;
}
const index = fc.nat({ max: ACTORS.length - 1 });
const step = fc.record({
  act: fc.constantFrom<Act>('toggle', 'swap', 'decline', 'propose', 'agree'),
  who: index,
  with: index,
});
const run = fc.record({
  /** How many are there already: around the seventy for whom there is time in full. */
  others: fc.integer({ min: 64, max: 70 }),
  open: fc.array(step, { maxLength: 8 }),
  first: fc.constantFrom('A', 'B', 'K', 'N', 'Z', 'BRA', 'ZMB'),
  closed: fc.array(step, { maxLength: 10 }),
  /** Whether the clock has come by before anybody acts again. */
  swept: fc.boolean(),
});

/** What ought to be: sides by their names, and from the closing on their order and times. */
class Model {
  readonly names = new Map<string, string>();
  order: string[] = [];
  seconds = new Map<string, number>();
  proposals: { id: string; from: string; to: string; places: [number, number] }[] = [];

  close(first: string): void {
    const members = [...this.names.keys()].filter((side) => MEMBERS.includes(side)).length;
    const time = allot(RULES, { members, observers: this.names.size - members });
    for (const side of this.names.keys()) {
      this.seconds.set(side, MEMBERS.includes(side) ? time.member : time.observer);
    }
    const sorted = [...this.names].toSorted(([, a], [, b]) => a.localeCompare(b, 'en'));
    const name = first.length === 1 ? first : this.names.get(first);
    // A State that is not on the list has a name all the same.
    const from = name ?? { BRA: 'Brazil', ZMB: 'Zambia' }[first]!;
    const start = sorted.findIndex(([, each]) => each.localeCompare(from, 'en') >= 0);
    const turn = [...sorted.slice(Math.max(0, start)), ...sorted.slice(0, Math.max(0, start))];
    this.order = turn.map(([side]) => side);
  }

  place(side: string): number {
    return this.order.indexOf(side);
  }

  swap(one: string, other: string): void {
    const [a, b] = [this.place(one), this.place(other)];
    [this.order[a], this.order[b]] = [other, one];
  }

  /** Nobody moves up: a place is left empty. */
  leave(side: string): void {
    if (this.place(side) >= 0) this.order[this.place(side)] = '';
    this.names.delete(side);
    this.proposals = this.proposals.filter(({ from, to }) => from !== side && to !== side);
  }
}

describe('a list of speakers, whatever is done with it', () => {
  let world: World;
  let ledger: Ledger;
  const heads = new Map<string, Client>();
  let week = 0;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    for (const state of ACTORS) heads.set(state, await world.delegation(state));
    const seats = MEMBERS.map((state) => ({ state, from: '2026-01-01' }));
    await world.secretariat.post('/v1/bodies/hrc/seats', { seats }).expect(200);
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  /** A rehearsal in a session of its own, two weeks behind the one before. */
  async function rehearse() {
    week += 2;
    const monday = Date.parse('2027-05-03T00:00:00Z') + week * 7 * DAY;
    const on = (days: number, time: string): string =>
      `${new Date(monday + days * DAY).toISOString().slice(0, 10)}T${time}Z`;
    const post = async (url: string, body: object) =>
      ((await world.secretariat.post(url, body).expect(201)).body as { id: string }).id;
    const cycle = { mechanism: 'upr', number: 100 + week, starts: '2027-01-01' };
    const cycleId = await post('/v1/cycles', cycle);
    const [starts, ends] = [on(0, '').slice(0, 10), on(4, '').slice(0, 10)];
    const session = { cycleId, number: 100 + week, title: 'A session', starts, ends };
    const sessionId = await post('/v1/sessions', session);
    const slot = { state: 'SVN', starts: on(0, '07:00:00'), ends: on(0, '10:30:00') };
    const slotId = await post(`/v1/sessions/${sessionId}/schedule`, slot);
    const review = await post('/v1/reviews', { slotId, test: true });
    return {
      lists: new Lists(world, review),
      opens: on(-7, '12:00:00'),
      closes: on(-4, '19:00:00'),
    };
  }

  /** Enters States straight into the database: what they would do takes its time. */
  async function enter({ review }: Lists, count: number, model: Model): Promise<void> {
    const rows = await ledger.rows<{ side: string }>(
      `INSERT INTO casework.speaker (id, proceeding_id, compartment, list, side, filed_by,
         registered_at, version)
       SELECT gen_random_uuid(), $1, 'parties', 'dialogue', 'state:' || s.iso3, 'state:' || s.iso3,
         now(), 1 FROM reference.state s
       WHERE s.iso3 <> ALL ($2) AND s.kind <> 'organization' ORDER BY s.iso3 LIMIT $3
       RETURNING side`,
      [review, [...ACTORS, 'SVN'], count],
    );
    const { speakers } = await new Lists(world, review).seen(world.secretariat);
    for (const { side } of rows) {
      model.names.set(side.slice(-3), speakers.find((each) => each.side === side)!.name);
    }
  }

  const find = (speakers: readonly Listed[], side: string) =>
    speakers.find((each) => each.side === `state:${side}` && each.status !== 'left');

  const code = ({ side }: Listed) => side.slice(-3);

  /** Who is there is who ought to be. */
  async function compare(lists: Lists, model: Model) {
    const { speakers, time } = await lists.seen(world.secretariat);
    const there = speakers.filter(({ status }) => status !== 'left');
    expect(new Set(there.map(code))).toEqual(new Set(model.names.keys()));
    return { there, time };
  }

  /** While the list is open nobody has a place, or a time. */
  async function compareOpen(lists: Lists, model: Model): Promise<void> {
    const { there, time } = await compare(lists, model);
    expect(time).toBeNull();
    expect(there.filter(({ place, seconds }) => (place ?? seconds) !== null)).toEqual([]);
  }

  async function compareClosed(lists: Lists, model: Model): Promise<void> {
    const { there } = await compare(lists, model);
    const places = new Map(there.map((each) => [code(each), each.place]));
    const expected = model.order.flatMap((side, at) => (side === '' ? [] : [[side, at + 1]]));
    expect([...places].toSorted(([, a], [, b]) => (a ?? 0) - (b ?? 0))).toEqual(expected);
    for (const each of there) {
      expect([code(each), each.seconds]).toEqual([code(each), model.seconds.get(code(each))]);
    }
  }

  async function toggle(lists: Lists, model: Model, side: string, closed: boolean) {
    const { speakers } = await lists.seen(world.secretariat);
    const mine = find(speakers, side);
    const head = heads.get(side)!;
    if (mine) {
      await lists.leave(head, mine).expect(200);
      model.leave(side);
      return;
    }
    const answer = await lists.register(head);
    expect(answer.status).toBe(closed ? 409 : 201);
    if (!closed) model.names.set(side, (answer.body as Listed).name);
  }

  async function propose(lists: Lists, model: Model, from: string, to: string) {
    const { speakers } = await lists.seen(world.secretariat);
    const [mine, other] = [find(speakers, from), find(speakers, to)];
    if (!mine || !other) return undefined;
    const answer = await lists.propose(heads.get(from)!, mine, other);
    const pending = model.proposals.some(
      (each) => [from, to].includes(each.from) && [from, to].includes(each.to),
    );
    expect(answer.status).toBe(mine.id === other.id ? 422 : pending ? 409 : 201);
    if (answer.status !== 201) return undefined;
    const { id } = answer.body as { id: string };
    const places: [number, number] = [model.place(from), model.place(to)];
    const proposal = { id, from, to, places };
    model.proposals.push(proposal);
    return proposal;
  }

  async function settle(lists: Lists, model: Model, accept: boolean, given = model.proposals[0]) {
    if (!given) return;
    const { version } = await lists.seen(world.secretariat);
    const { id, from, to, places } = given;
    const outdated = model.place(from) !== places[0] || model.place(to) !== places[1];
    const answer = await lists.answer(heads.get(to)!, id, accept, version);
    expect(answer.status).toBe(accept && outdated ? 409 : 200);
    if (accept && outdated) return;
    model.proposals = model.proposals.filter((each) => each !== given);
    if (accept) model.swap(from, to);
  }

  async function act(lists: Lists, model: Model, { act: what, who, with: other }: Step) {
    const [side, partner] = [ACTORS[who]!, ACTORS[other]!];
    if (what === 'toggle') return toggle(lists, model, side, true);
    if (what === 'agree' || what === 'decline') return settle(lists, model, what === 'agree');
    const proposal = await propose(lists, model, side, partner);
    if (what === 'swap' && proposal) await settle(lists, model, true, proposal);
  }

  it('is in the drawn order of the alphabet, but for what was agreed, with the times of its closing', async () => {
    await fc.assert(
      fc.asyncProperty(run, async ({ others, open, first, closed, swept }) => {
        const { lists, opens, closes } = await rehearse();
        const model = new Model();
        await world.at(opens);
        await enter(lists, others, model);
        for (const { who } of open) await toggle(lists, model, ACTORS[who]!, false);
        await compareOpen(lists, model);
        if (swept) await world.at(closes);
        else {
          const gone = Date.parse(closes) - Date.parse(opens);
          await ledger.rows('UPDATE reference.clock SET shift_ms = shift_ms + $1', [gone]);
        }
        await lists.draw(world.secretariat, [first]).expect(200);
        model.close(first);
        await compareClosed(lists, model);
        for (const each of closed) {
          await act(lists, model, each);
          await compareClosed(lists, model);
        }
      }),
      { numRuns: 12 },
    );
  }, 240_000);
});
