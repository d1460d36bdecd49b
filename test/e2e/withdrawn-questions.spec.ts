import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Questions, type Asked } from '../factories/asking-questions.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

const WHY = { ground: 'risk-to-person', reason: 'They are looking for who asked' };

/** Advance questions of which something is withdrawn, and who learns of it. */
describe('withdrawing an advance question', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let questions: Questions;
  let norway: Client;
  let both: Client;
  let first: Asked;
  let second: Asked;
  let other: Asked;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    questions = new Questions(review);
    norway = await world.delegation('NOR');
    const france = await world.delegation('FRA');
    [first, second] = (await questions.filed(france, ['Why?', 'Since when?'])) as [Asked, Asked];
    [other] = (await questions.filed(await world.delegation('KEN'), ['Where?'])) as [Asked];
    await world.reach(review, 'SVN', 'preparation');
    // Sits for the State under review and for one of its troika.
    both = await world.person('state:SVN', 'officer');
    const { email } = (await both.get('/v1/me').expect(200)).body as { email: string };
    const seat = { email, side: 'state:NOR', role: 'officer' };
    await norway.post('/v1/memberships', seat).expect(201);
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const withdraw = (id: string, ...fields: string[]) =>
    world.secretariat.post('/v1/withdrawals', { item: { kind: 'question', id }, fields, ...WHY });
  const shown = async ({ id }: Asked) =>
    (await norway.get(`/v1/questions/${id}`).expect(200)).body as Asked & { side: string };
  const clusters = async (who: Client) =>
    (await who.get(`/v1/reviews/${review}/clusters`).expect(200)).body as {
      version: number;
      clusters: { title: string }[];
    };

  it('shows how they are grouped to nobody who sits for the State that is asked', async () => {
    const grouped: [string, ...Asked[]][] = [
      ['What France asks', first, other],
      ['Courts', second],
    ];
    const mine = questions.group(both, [['Courts', second]], 0);
    await expectRefused(ledger, mine, 409, 'wrong-role');
    await questions.group(norway, grouped, 0).expect(200);
    expect((await clusters(norway)).version).toBe(1);
    expect(await clusters(both)).toMatchObject({ clusters: [], version: 0 });
  });

  it('tells of it in the tray alone, and takes what was filed together and titles that name', async () => {
    const parties = await ledger.journal(review, 'parties');
    const { body } = await withdraw(first.id, 'author').expect(201);
    expect(body).toMatchObject({ parts: ['author', 'cluster'] });
    expect(await ledger.journal(review, 'parties')).toEqual(parties);
    expect(await ledger.journal(review, 'case')).not.toContainEqual(
      expect.objectContaining({ what: 'withdrawn' }),
    );
    const told = (await ledger.journal(review, 'filed:state:FRA')).filter(
      ({ what }) => what === 'withdrawn',
    );
    expect(new Set(told.map(({ facts }) => facts['itemId']))).toEqual(
      new Set([first.id, second.id]),
    );
    for (const each of [first, second]) expect((await shown(each)).side).toBe('[withdrawn]');
    expect((await shown(other)).side).toBe('state:KEN');
    const titles = (await clusters(norway)).clusters.map(({ title }) => title);
    expect(titles).toEqual(['[withdrawn]', 'Courts']);
  });

  it('still tells of it there when its author is gone already', async () => {
    const parties = await ledger.journal(review, 'parties');
    await withdraw(first.id, 'text').expect(201);
    expect(await ledger.journal(review, 'parties')).toEqual(parties);
    expect((await ledger.journal(review, 'filed:state:FRA')).at(-1)).toMatchObject({
      what: 'withdrawn',
      facts: { itemId: first.id, parts: ['text'] },
    });
  });

  it('takes the title of all that stand under it, once they are relayed', async () => {
    await world.reach(review, 'SVN', 'documented');
    await world.at('2027-04-19T15:02:00Z');
    expect((await world.move(norway, review, 'relay-questions')).status).toBe(200);
    expect((await shown(second)).cluster).toBe('Courts');
    await withdraw(second.id, 'cluster').expect(201);
    expect((await shown(second)).cluster).toBe('[withdrawn]');
    const { body } = await world.api.as().get('/v1/record/questions', { state: 'SVN' });
    expect(JSON.stringify(body)).not.toMatch(/Courts|France|FRA/);
    expect((await clusters(both)).version).toBeGreaterThan(0);
  });
});
