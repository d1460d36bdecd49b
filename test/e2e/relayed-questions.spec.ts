import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Questions, statesOf, type Asked } from '../factories/asking-questions.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY, statusesOf } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** Advance questions as the troika groups and relays them, and the State answers. */
describe('advance questions that are relayed', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let questions: Questions;
  let france: Client;
  let norway: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    questions = new Questions(review);
    france = await world.delegation('FRA');
    norway = await world.delegation('NOR');
    slovenia = await world.delegation('SVN');
    const kenya = await world.delegation('KEN');
    await questions.filed(france, ['Who judges the judges?', 'And since when?']);
    const more = { with: ['KEN', 'CHE'], group: 'the Group of Friends of Courts' };
    const [first] = await questions.filed(france, ['Which courts?', 'How many?'], more);
    await questions.confirm(kenya, first!).expect(200);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const group = (who: Client, given: readonly [string, ...Asked[]][], version: number) =>
    questions.group(who, given, version);

  it('are taken until the deadline when they were relayed before, and relayed at once', async () => {
    const early = await world.review('KEN', { number: 51 });
    const its = new Questions(early);
    await its.filed(france, ['First?', 'Second?']);
    await world.reach(early, 'KEN', 'documented');
    expect((await world.move(norway, early, 'relay-questions')).status).toBe(200);
    const kenya = await world.delegation('KEN');
    const { body: can } = await slovenia.get(`/v1/reviews/${early}`).expect(200);
    expect((can as { actions: object[] }).actions).toContainEqual(
      expect.objectContaining({ action: 'ask:questions', allowed: true }),
    );
    const [third] = await its.filed(slovenia, ['Third?']);
    expect(third).toMatchObject({ n: 3, cluster: null, relayedAt: expect.any(String) });
    expect((await its.listed(kenya)).map(({ n, text }) => [n, text])).toEqual([
      [1, 'First?'],
      [2, 'Second?'],
      [3, 'Third?'],
    ]);
    const { body } = await world.api.as().get('/v1/record/questions', { state: 'KEN' });
    expect((body as { items: Asked[] }).items.map(({ n }) => n)).toEqual([1, 2, 3]);
    // Nobody could confirm what is relayed at once.
    const together = its.ask(slovenia, ['Together?'], { with: ['MEX'] });
    await expectRefused(ledger, together, 409, 'wrong-stage');
  });

  it('are grouped by the troika and the secretariat, unseen by the others', async () => {
    const [a, b, c] = (await questions.listed(world.secretariat)) as [Asked, Asked, Asked];
    await expectRefused(ledger, group(norway, [['Courts', a]], 0), 409, 'wrong-role');
    await world.reach(review, 'SVN', 'preparation');
    for (const who of [france, slovenia, await world.president()]) {
      await expectRefused(ledger, group(who, [['Courts', a]], 0), 409, 'wrong-role');
    }
    const none = group(norway, [['Courts', a, { ...a, id: NOBODY }]], 0);
    await expectRefused(ledger, none, 422, 'unknown-question', { facts: { unknown: [NOBODY] } });
    const repeated = { facts: { repeated: [a.id] } };
    const twice = group(
      norway,
      [
        ['Courts', a, b],
        ['Judges', a],
      ],
      0,
    );
    await expectRefused(ledger, twice, 422, 'invalid-content', repeated);
    // The troika sees what it groups; another State that asks nothing does not.
    expect(await questions.listed(norway)).toHaveLength(4);
    expect(await questions.listed(await world.delegation('MEX'))).toEqual([]);
    await group(norway, [['Courts', c]], 0).expect(200);
    const stale = group(world.secretariat, [['Courts', a]], 0);
    await expectRefused(ledger, stale, 412, 'stale');
    const grouped: [string, ...Asked[]][] = [
      ['Courts', c, a],
      ['Judges', b],
    ];
    const both = [1, 2].map(() => group(norway, grouped, 1));
    expect(await statusesOf(both)).toEqual([200, 412]);
    const read = async (who: Client) =>
      (await who.get(`/v1/reviews/${review}/clusters`).expect(200)).body as object;
    expect(await read(norway)).toMatchObject({ proposedBy: 'rapporteur', version: 2 });
    for (const who of [france, slovenia]) {
      expect(await read(who)).toEqual({ clusters: [], proposedBy: null, at: null, version: 0 });
    }
    const entry = (await ledger.journal(review, 'committee')).at(-1)!;
    expect(entry).toMatchObject({ what: 'questions-clustered', by: 'rapporteur' });
    expect(entry.facts).toEqual({ clusters: 2, questions: 3 });
  });

  it('are taken until ten working days before the dialogue, to the second', async () => {
    await world.reach(review, 'SVN', 'documented');
    const facts = {
      due: '2027-04-19T15:00:00.000Z',
      dueLocal: '2027-04-19T17:00',
      zone: 'Europe/Zurich',
      arrived: expect.stringMatching(/^2027-04-19T15:0/),
    };
    await world.at('2027-04-19T14:59:00Z');
    await questions.filed(norway, ['Just in time?']);
    // Time goes on, and the deadline has not expired yet.
    await ledger.rows('UPDATE reference.clock SET shift_ms = shift_ms + 61000');
    await expectProblem(questions.ask(norway, ['Too late?']), 409, 'too-late', { facts });
    await world.at('2027-04-19T15:02:00Z');
    await expectRefused(ledger, questions.ask(norway, ['Too late?']), 409, 'too-late');
  });

  it('come before the State in their clusters, and are public from then on', async () => {
    expect(await questions.listed(slovenia)).toEqual([]);
    const anyone = world.api.as();
    const published = async (query: Record<string, string> = {}) => {
      const { body } = await anyone.get('/v1/record/questions', { state: 'SVN', ...query });
      return (body as { items: Asked[] }).items;
    };
    expect(await published()).toEqual([]);
    expect((await world.move(norway, review, 'relay-questions')).status).toBe(200);
    const all = await questions.listed(slovenia);
    expect(all.map(({ n, cluster, text }) => [n, cluster, text])).toEqual([
      [1, 'Courts', 'Which courts?'],
      [2, 'Courts', 'Who judges the judges?'],
      [3, 'Judges', 'And since when?'],
      [4, null, 'How many?'],
      [5, null, 'Just in time?'],
    ]);
    const [shared] = all;
    expect(statesOf(shared!)).toEqual(['FRA confirmed', 'CHE lapsed', 'KEN confirmed']);
    const entry = (await ledger.journal(review, 'parties')).findLast(
      ({ what }) => what === 'questions-relayed',
    );
    expect(entry?.facts).toEqual({ questions: 5, clusters: 2 });
    expect((await published())[0]).toMatchObject({
      n: 1,
      cluster: 'Courts',
      askingStates: ['FRA', 'KEN'],
      group: 'the Group of Friends of Courts',
      answered: null,
    });
    expect(await published({ askingState: 'KEN' })).toHaveLength(2);
    const [{ id }] = (await published()) as [Asked];
    await anyone.get(`/v1/record/questions/${id}`).expect(200);
    await expectRefused(ledger, questions.ask(france, ['Another?']), 409, 'too-late');
    const late = questions.confirm(await world.delegation('CHE'), shared!);
    await expectRefused(ledger, late, 409, 'already-given');
    await expectRefused(ledger, group(norway, [['Courts', shared!]], 2), 409, 'wrong-stage');
  });

  it('are answered or not, as the State chooses', async () => {
    const answer = (who: Client, asked: Asked, body: object) => questions.answer(who, asked, body);
    const [one, two, three] = (await questions.listed(slovenia)) as [Asked, Asked, Asked];
    for (const who of [france, world.secretariat]) {
      await expectRefused(ledger, answer(who, one, { in: 'report' }), 409, 'wrong-role');
    }
    const drafter = await world.delegation('SVN', 'drafter');
    const draft = answer(drafter, one, { in: 'report' });
    await expectRefused(ledger, draft, 409, 'permission-missing');
    await expectRefused(ledger, answer(slovenia, one, { in: 'writing' }), 422, 'invalid-content');
    const nowhere = answer(slovenia, one, { in: null, text: 'Nothing' });
    await expectRefused(ledger, nowhere, 422, 'invalid-content');
    const stale = answer(slovenia, { ...one, version: 1 }, { in: 'report' });
    await expectRefused(ledger, stale, 412, 'stale');
    const bare = slovenia.send('put', `/v1/questions/${one.id}/answer`).send({ in: 'report' });
    await expectRefused(ledger, bare, 428, 'version-required');
    await answer(slovenia, one, { in: 'writing', text: 'Nobody does.' }).expect(200);
    await answer(slovenia, two, { in: 'report' }).expect(200);
    const taken = await answer(slovenia, three, { in: 'dialogue' }).expect(200);
    await answer(slovenia, taken.body as Asked, { in: null }).expect(200);
    const { body } = await world.api.as().get('/v1/record/questions', { state: 'SVN' });
    const told = (body as { items: Asked[] }).items.map(
      ({ answered }) => answered && [answered.in, answered.text],
    );
    expect(told).toEqual([['writing', 'Nobody does.'], ['report', null], null, null, null]);
    const entries = (await ledger.journal(review, 'parties')).slice(-2);
    expect(entries.map(({ what, facts }) => [what, facts['in']])).toEqual([
      ['question-answered', 'dialogue'],
      ['question-answer-taken-back', null],
    ]);
    expect(JSON.stringify(await ledger.journal(review))).not.toContain('Nobody');
  });
});
