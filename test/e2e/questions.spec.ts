import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Questions, statesOf, type Asked } from '../factories/asking-questions.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY } from './asking.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** Advance questions as they are filed, before the State that is asked knows of them. */
describe('advance questions', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let questions: Questions;
  let france: Client;
  let kenya: Client;
  let norway: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    questions = new Questions(review);
    france = await world.delegation('FRA');
    kenya = await world.delegation('KEN');
    norway = await world.delegation('NOR');
    slovenia = await world.delegation('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  it('are filed in batches, and seen by who asks and who relays, and by nobody else', async () => {
    const asked = ['  Who judges the judges? ', 'And since when?'];
    const [first, second] = await questions.filed(france, asked);
    expect([first!.text, second!.text]).toEqual(['Who judges the judges?', 'And since when?']);
    expect(first).toMatchObject({
      side: 'state:FRA',
      askingStates: [{ state: 'FRA', status: 'confirmed' }],
      group: null,
      relayedAt: null,
      version: 1,
    });
    expect(second!.filingId).toBe(first!.filingId);
    const row = await ledger.row(
      `SELECT q.compartment, p.key AS hidden, (SELECT array_agg(a.key) FROM identity.principal a
         WHERE a.id = ANY (q.asked_by)) AS shown
       FROM casework.question q JOIN identity.principal p ON p.id = q.withheld_from
       WHERE q.id = $1`,
      [first!.id],
    );
    expect(row).toEqual({ compartment: 'parties', hidden: 'state:SVN', shown: ['state:FRA'] });
    const entry = (await ledger.journal(review, 'filed:state:FRA')).at(-1)!;
    expect(entry).toMatchObject({ what: 'questions-filed', by: 'state:FRA' });
    expect(entry.facts).toEqual({ filingId: first!.filingId, questions: 2 });
    for (const who of [france, world.secretariat, await world.president()]) {
      expect(await questions.listed(who)).toHaveLength(2);
    }
    const missing = await slovenia.get(`/v1/questions/${NOBODY}`).expect(404);
    const { head } = await world.organization('Watch');
    const others = [kenya, norway, slovenia, head, await world.delegation('SVN', 'drafter')];
    for (const who of others) {
      expect(await questions.listed(who)).toEqual([]);
      const counted = await who.get(questions.url, { count: true }).expect(200);
      expect(counted.body.count).toEqual({ total: 0, capped: false });
      const hidden = await who.get(`/v1/questions/${first!.id}`).expect(404);
      expect(hidden.text).toBe(missing.text);
      await expectRefused(ledger, questions.confirm(who, first!), 404, 'not-found');
      const answer = questions.answer(who, first!, { in: 'report' });
      await expectRefused(ledger, answer, 404, 'not-found');
    }
  });

  it('are asked by States, not by the one under review, nor by who sits for it as well', async () => {
    const { head } = await world.organization('Lex');
    const ask = (who: Client, asked: readonly string[] = ['Why not?']) => questions.ask(who, asked);
    for (const who of [slovenia, head, await world.president()]) {
      await expectRefused(ledger, ask(who), 409, 'wrong-role');
    }
    const drafter = await world.delegation('FRA', 'drafter');
    await expectRefused(ledger, ask(drafter), 409, 'permission-missing');
    await expectProblem(ask(world.api.as()), 401, 'unauthenticated');
    await expectRefused(ledger, ask(await world.stranger()), 404, 'not-found');
    const both = await world.delegation('SVN', 'officer');
    const { body: me } = await both.get('/v1/me').expect(200);
    const seat = { email: (me as { email: string }).email, side: 'state:KEN', role: 'officer' };
    await kenya.post('/v1/memberships', seat).expect(201);
    await expectRefused(ledger, ask(both), 409, 'wrong-role');
    expect(await questions.listed(both)).toEqual([]);
    const many = Array.from({ length: 51 }, () => 'Why not?');
    for (const asked of [[], ['no'], ['x'.repeat(4001)], many]) {
      await expectRefused(ledger, ask(france, asked), 422, 'invalid-content');
    }
  });

  it('are asked by several, each of which confirms, or for a group', async () => {
    const invite = (...states: string[]) => questions.ask(france, ['Why not?'], { with: states });
    const repeated = { facts: { repeated: ['KEN'] } };
    await expectRefused(ledger, invite('KEN', 'KEN'), 422, 'invalid-content', repeated);
    await expectRefused(ledger, invite('SVN'), 422, 'invalid-content');
    await expectRefused(ledger, invite('ZZZ'), 422, 'unknown-state');
    const more = { with: ['KEN', 'NOR', 'CHE'], group: 'the Group of Friends of Courts' };
    const [one, two] = (await questions.filed(france, ['Which courts?', 'How many?'], more)) as [
      Asked,
      Asked,
    ];
    const drafter = await world.delegation('NOR', 'drafter');
    await expectRefused(ledger, questions.confirm(drafter, one), 409, 'permission-missing');
    const mexico = await world.delegation('MEX');
    await expectRefused(ledger, questions.confirm(mexico, one), 404, 'not-found');
    const hold = await ledger.hold('SELECT FROM casework.proceeding WHERE id = $1 FOR UPDATE', [
      review,
    ]);
    const calls = Promise.all([
      questions.confirm(kenya, one),
      questions.confirm(norway, two, { confirm: false }),
    ]);
    await hold.queue(2);
    await hold.release();
    expect((await calls).map(({ status }) => status)).toEqual([200, 200]);
    const both = await questions.listed(kenya);
    expect(both.map(({ filingId }) => filingId)).toEqual([one.filingId, one.filingId]);
    expect(await questions.listed(mexico)).toEqual([]);
    const states = ['FRA confirmed', 'CHE invited', 'KEN confirmed', 'NOR declined'];
    expect(both.map(statesOf)).toEqual([states, states]);
    await expectRefused(ledger, questions.confirm(kenya, two), 409, 'already-given');
    const told = (await ledger.journal(review, 'filed:state:KEN')).at(-1)!;
    expect(told).toMatchObject({ what: 'questions-confirmed', by: 'state:KEN' });
    const byKenya = await everyPage<Asked>(kenya, `${questions.url}?limit=1&askingState=KEN`);
    expect(byKenya.flat()).toHaveLength(2);
  });

  it('lose the name of a State that declines after it confirmed, but not of who filed them', async () => {
    const [one] = await questions.filed(france, ['With whom?', 'And when?'], { with: ['KEN'] });
    await questions.confirm(kenya, one!).expect(200);
    const declined = { confirm: false };
    await expectRefused(ledger, questions.confirm(france, one!, declined), 409, 'already-given');
    const { body } = await questions.confirm(kenya, one!, declined).expect(200);
    expect(statesOf(body as Asked)).toEqual(['FRA confirmed', 'KEN declined']);
    const filed = (await questions.listed(france)).filter(
      (each) => each.filingId === one!.filingId,
    );
    expect(filed.map((each) => statesOf(each)[1])).toEqual(['KEN declined', 'KEN declined']);
    await expectRefused(ledger, questions.confirm(kenya, one!, declined), 409, 'already-given');
    const told = (await ledger.journal(review, 'filed:state:KEN')).at(-1)!;
    expect(told).toMatchObject({ what: 'questions-declined', by: 'state:KEN' });
  });

  it('are filed by the secretariat for a State, visibly', async () => {
    const { secretariat } = world;
    const forJapan = { onBehalfOf: 'state:JPN' };
    const [made] = await questions.filed(secretariat, ['Since when?'], forJapan);
    expect(made).toMatchObject({ side: 'state:JPN', filedBy: 'secretariat:upr' });
    const entry = (await ledger.journal(review, 'filed:state:JPN')).at(-1)!;
    expect(entry).toMatchObject({ by: 'secretariat:upr', onBehalfOf: 'state:JPN' });
    const self = questions.ask(secretariat, ['Since when?'], { onBehalfOf: 'state:SVN' });
    await expectRefused(ledger, self, 409, 'wrong-role');
    const trial = { questions: ['A trial?'] };
    const dry = await france.post(questions.url, trial, { query: { dryRun: true } });
    expect(dry.body).toEqual({ ok: true, refusals: [], deadlines: [] });
    expect(await questions.listed(france)).toHaveLength(6);
    const key = '6f6c3a52-8a63-4a53-9d31-0b7a2f0f2b11';
    const file = () => france.post(questions.url, { questions: ['Once?'] }, { key }).expect(201);
    const once = await file();
    const again = await file();
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(once.body);
    // A colleague on the State's side gets no answer of another's.
    await slovenia.post(questions.url, { questions: ['Once?'] }, { key }).expect(409);
  });
});
