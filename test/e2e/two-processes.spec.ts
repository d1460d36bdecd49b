import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { World } from '../factories/world.js';
import { joinApi, type TestApi } from '../setup/api.js';

/** Two API processes on one database: whoever is first wins, whichever process was asked. */
describe('two API processes side by side', () => {
  let world: World;
  let second: TestApi;
  let review: string;
  beforeAll(async () => {
    world = await World.build();
    second = await joinApi(world.api.database);
    review = await world.review('SVN');
    await world.reach(review, 'SVN', 'documented');
  });
  afterAll(async () => {
    await second?.stop();
    await world?.stop();
  });

  it('lets one of twenty equal moves through', async () => {
    const here = world.secretariat;
    const there = second.as(here.token);
    const { body } = await here.get(`/v1/reviews/${review}`).expect(200);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? here : there).post(
          `/v1/reviews/${review}/moves`,
          { move: 'relay-questions' },
          { version: body.version },
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
    const moves = await there.get(`/v1/reviews/${review}/moves`).expect(200);
    expect(
      moves.body.items.filter((m: { move: string }) => m.move === 'relay-questions'),
    ).toHaveLength(1);
  });

  it('runs a request once, though both get it under one key', async () => {
    const france = await world.delegation('FRA');
    const there = second.as(france.token);
    const key = randomUUID();
    const ask = (who: typeof france) =>
      who.post(`/v1/reviews/${review}/recommendations`, { text: 'Ratify it', with: [] }, { key });
    const answers = await Promise.all([ask(france), ask(there), ask(france), ask(there)]);
    const created = answers.filter(({ status }) => status === 201);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set(created.map(({ body }) => body.id)).size).toBe(1);
    const list = await there.get(`/v1/reviews/${review}/recommendations`).expect(200);
    expect(list.body.items).toHaveLength(1);
  });

  it('ends a session in both at once', async () => {
    const stranger = await world.stranger();
    await second.as(stranger.token).get('/v1/me').expect(200);
    await stranger.send('post', '/v1/auth/logout').expect(204);
    await second.as(stranger.token).get('/v1/me').expect(401);
  });

  it('expires each deadline once, though both move the clock', async () => {
    const there = second.as(world.admin.token);
    const to = '2027-05-03T12:00:00Z';
    const answers = await Promise.all([
      world.admin.post('/v1/clock/advance', { to }),
      there.post('/v1/clock/advance', { to: '2027-05-03T12:00:01Z' }),
    ]);
    expect(answers.map(({ status }) => status)).toContain(200);
    const { body } = await world.secretariat
      .get(`/v1/reviews/${review}/journal`, { limit: 200 })
      .expect(200);
    const lapsed = (body.items as { what: string; facts: { deadline: string } }[])
      .filter(({ what }) => what === 'deadline-lapsed')
      .map(({ facts }) => facts.deadline);
    expect(lapsed.length).toBeGreaterThan(0);
    expect(new Set(lapsed).size).toBe(lapsed.length);
  });
});
