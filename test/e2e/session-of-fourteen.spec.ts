import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession } from '../factories/session.js';
import { Lists, OPENS, CLOSES } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';

/** Under review at once, and the other delegations: forty in all. */
const REVIEWED = 'SVN EST FJI GHA HRV ITA JAM KAZ LVA MNG NPL OMN PER QAT'.split(' ');
const OTHERS =
  'AGO AUS BEL BWA CAN CHL CZE DEU DNK EGY ESP FIN FRA GEO HUN IND JPN KEN MEX NGA NZL PAK POL SEN THA ZMB'.split(
    ' ',
  );
const DELEGATIONS = [...REVIEWED, ...OTHERS];

interface Versioned {
  readonly id: string;
  readonly version: number;
}
interface Duty {
  readonly key: string;
  readonly due: string;
  readonly status: string;
}
interface Desk {
  readonly head: Client;
  readonly drafter: Client;
}

/** Each delegation works in so many reviews that are not its own, the same ones every time. */
const worksIn = (state: string, count: number): string[] => {
  const from = DELEGATIONS.indexOf(state) * 5;
  const all = REVIEWED.filter((each) => each !== state);
  return Array.from({ length: count }, (_, n) => all[(from + n * 3) % all.length]!);
};

/**
 * Fourteen reviews of one session, played at once by the clients of forty delegations: who wins a
 * race is left to chance, that nobody loses more than a race is not.
 */
describe('a session of fourteen reviews, and forty delegations at once', () => {
  let world: World;
  let sessionId: string;
  let reviews: Record<string, string>;
  const desks = new Map<string, Desk>();
  const deskOf = (state: string): Desk => desks.get(state)!;
  /** Everybody at once; each does one thing after the other. */
  const everybody = <T>(work: (state: string, desk: Desk) => Promise<T>): Promise<T[]> =>
    Promise.all(DELEGATIONS.map((state) => work(state, deskOf(state))));

  beforeAll(async () => {
    world = await World.build();
    const opened = await openSession(world, ['SVN', ...REVIEWED.slice(1)]);
    sessionId = opened.sessionId;
    reviews = opened.reviews;
    for (const state of DELEGATIONS) {
      const drafter = await world.person(`state:${state}`, 'drafter');
      desks.set(state, { head: await world.delegation(state), drafter });
    }
  }, 300_000);
  afterAll(() => world.stop());

  it('has its documents and questions, in every review', async () => {
    for (const state of REVIEWED) await world.reach(reviews[state]!, state, 'documented');
    const asked = await everybody(async (state, { head }) => {
      const statuses = [];
      for (const of of worksIn(state, 2)) {
        const questions = [`What does ${of} tell ${state}?`];
        const answer = await head.post(`/v1/reviews/${reviews[of]}/questions`, { questions });
        statuses.push(answer.status);
      }
      return statuses;
    });
    expect([...new Set(asked.flat())]).toEqual([201]);
    await Promise.all(REVIEWED.map((state) => world.reach(reviews[state]!, state, 'ready')));
    for (const state of REVIEWED) {
      const url = `/v1/reviews/${reviews[state]}/questions`;
      const { body } = await deskOf(state).head.get(url, { limit: 200 }).expect(200);
      const { items } = body as { items: { n: number; text: string }[] };
      const meant = DELEGATIONS.filter((each) => worksIn(each, 2).includes(state));
      expect(items.map(({ n }) => n)).toEqual(meant.map((_, index) => index + 1));
      expect(items.map(({ text }) => text).toSorted()).toEqual(
        meant.map((each) => `What does ${state} tell ${each}?`).toSorted(),
      );
    }
  }, 600_000);

  it('registers its speakers once each, and calls them in the order that was drawn', async () => {
    await world.at(OPENS);
    const registered = await everybody(async (state, { head }) => {
      const answers = [];
      for (const of of worksIn(state, 4)) {
        const lists = new Lists(world, reviews[of]!);
        // Twice at once, as when somebody presses a button twice: one of them counts.
        const twice = await Promise.all([lists.register(head), lists.register(head)]);
        answers.push(twice.map(({ status }) => String(status)).toSorted());
      }
      return answers;
    });
    expect([...new Set(registered.flat().map(String))]).toEqual(['201,409']);
    const letter = { purpose: 'first-speaker', result: [{ for: null, drawn: ['K'] }] };
    const seen = { drawnOn: '2027-04-26', meeting: 'A meeting', witnesses: ['Somebody'] };
    const url = `/v1/sessions/${sessionId}/lots/by-hand`;
    await world.secretariat.post(url, { ...letter, ...seen }).expect(201);
    await world.at(CLOSES.replace('16:00:00', '16:01:00'));
    for (const state of REVIEWED) {
      const { speakers } = await new Lists(world, reviews[state]!).seen(world.secretariat);
      const meant = DELEGATIONS.filter((each) => worksIn(each, 4).includes(state));
      expect(speakers.map(({ place }) => place)).toEqual(meant.map((_, index) => index + 1));
      const names = speakers.map(({ name }) => name);
      const sorted = names.toSorted(new Intl.Collator('en').compare);
      const first = sorted.findIndex((name) => name >= 'K');
      const from = first === -1 ? 0 : first;
      expect(names).toEqual([...sorted.slice(from), ...sorted.slice(0, from)]);
    }
  }, 600_000);

  it('loses no edit of a recommendation, whoever is first', async () => {
    const raced = await everybody(async (state, { head, drafter }) => {
      const kept = [];
      for (const of of worksIn(state, 3)) {
        const url = `/v1/reviews/${reviews[of]}/recommendations`;
        const made = await drafter.post(url, { text: `${state} to ${of}` }).expect(201);
        const { id, version } = made.body as Versioned;
        const path = `/v1/recommendations/${id}`;
        const texts = ['by its head', 'by its drafter'].map((by) => `${state} to ${of}, ${by}`);
        const answers = await Promise.all(
          [head, drafter].map((who, n) => who.patch(path, { text: texts[n] }, { version })),
        );
        const winner = answers.findIndex(({ status }) => status === 200);
        const loser = answers[1 - winner];
        expect([loser?.status, loser?.body.code]).toEqual([412, 'stale']);
        const { version: now } = answers[winner]!.body as Versioned;
        await head.post(`${path}/submit`, undefined, { version: now }).expect(200);
        kept.push(texts[winner]!);
      }
      return kept;
    });
    const found = await Promise.all(
      REVIEWED.map(async (state) => {
        const url = `/v1/reviews/${reviews[state]}/recommendations`;
        const { body } = await world.secretariat.get(url, { limit: 200 }).expect(200);
        return (body as { items: { text: string }[] }).items.map(({ text }) => text);
      }),
    );
    expect(found.flat().toSorted()).toEqual(raced.flat().toSorted());
  }, 600_000);

  it('misses no deadline, and its chains are whole', async () => {
    await world.at('2027-05-05T15:00:00Z');
    for (const state of REVIEWED) {
      const url = `/v1/reviews/${reviews[state]}`;
      const { body } = await world.secretariat.get(`${url}/deadlines`).expect(200);
      const past = (body as { items: Duty[] }).items.filter(({ due }) => due < '2027-05-05');
      expect(past.length).toBeGreaterThan(5);
      expect([state, past.filter(({ status }) => status === 'pending')]).toEqual([state, []]);
      const journal = await world.secretariat
        .get(`${url}/journal`, { compartment: 'case', limit: 200 })
        .expect(200);
      const { items } = journal.body as { items: { what: string; facts: { deadline?: string } }[] };
      const lapsed = items
        .filter(({ what }) => what === 'deadline-lapsed')
        .map(({ facts }) => String(facts.deadline));
      expect(lapsed).toEqual([...new Set(lapsed)]);
      expect(lapsed.toSorted()).toEqual(
        past
          .filter(({ status }) => status === 'lapsed')
          .map(({ key }) => key)
          .toSorted(),
      );
      const verified = await world.secretariat.get(`${url}/journal/verification`).expect(200);
      expect(verified.body).toMatchObject({ intact: true });
    }
  }, 300_000);
});
