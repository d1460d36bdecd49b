import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem } from './ledger.js';

interface Versioned {
  id: string;
  version: number;
}

/** Somebody who sits on two sides, with several sessions and a key, is removed by one of them. */
describe('whoever is removed by a side', () => {
  let world: World;
  let review: string;
  let head: Client;
  let membership: string;
  let document: string;
  /** Two sessions and a key of the same person. */
  let bearers: Client[];
  let elsewhere: string;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    review = await world.review('SVN');
    head = await world.delegation('SVN');
    const watch = await world.organization('A watch');
    const email = `${randomUUID()}@comity.test`;
    await world.admin
      .post('/v1/accounts', { email, name: 'Somebody', password: PASSWORD })
      .expect(201);
    const seat = async (by: Client, side: string) => {
      const body = { email, side, role: 'drafter' };
      return ((await by.post('/v1/memberships', body).expect(201)).body as Versioned).id;
    };
    membership = await seat(head, 'state:SVN');
    await seat(watch.head, watch.side);
    const enter = () => world.api.signIn({ email, password: PASSWORD });
    const [first, second] = [await enter(), await enter()];
    const key = await first
      .send('post', '/v1/api-keys')
      .send({
        password: PASSWORD,
        name: 'A program',
        scopes: ['reviews:read', 'documents:read', 'documents:write'],
      })
      .expect(201);
    bearers = [first, second, world.api.as((key.body as { secret: string }).secret)];
    const begin = async (who: Client, body: object) => {
      const url = `/v1/reviews/${review}/documents`;
      return (await who.post(url, { title: 'A draft', ...body }).expect(201)).body as Versioned;
    };
    document = (await begin(head, { kind: 'national-report' })).id;
    const theirs = { kind: 'stakeholder-submission', as: watch.side };
    elsewhere = (await begin(first, theirs)).id;
  }, 60_000);
  afterAll(() => world?.stop());

  const list = () => `/v1/reviews/${review}/documents`;

  it('loses it at once, by every session and key, and nothing else', async () => {
    const pages: (string | null)[] = [];
    for (const bearer of bearers) {
      await bearer.get(`/v1/documents/${document}`).expect(200);
      const { body } = await bearer.get(list(), { limit: 1 }).expect(200);
      pages.push((body as { next: string | null }).next);
    }
    await head.post(`/v1/memberships/${membership}/revoke`).expect(200);
    for (const [index, bearer] of bearers.entries()) {
      await expectProblem(bearer.get(`/v1/documents/${document}`), 404, 'not-found');
      await expectProblem(bearer.get(`/v1/documents/${document}/content`), 404, 'not-found');
      const upload = bearer.upload(`/v1/documents/${document}/content`, 'Words.', { version: 1 });
      await expectProblem(upload, 404, 'not-found');
      const begun = bearer.post(list(), {
        kind: 'national-report',
        title: 'Another',
        as: 'state:SVN',
      });
      await expectProblem(begun, 409, 'wrong-role');
      // A list half read goes on without what is theirs no more.
      const rest = await bearer.get(list(), { limit: 200, cursor: pages[index]! }).expect(200);
      const whole = await bearer.get(list(), { limit: 200 }).expect(200);
      const seen = [...rest.body.items, ...whole.body.items] as { id: string }[];
      expect(seen.map(({ id }) => id)).not.toContain(document);
      expect(whole.body.items).toMatchObject([{ id: elsewhere }]);
    }
    const { body } = await bearers[0]!.get('/v1/me').expect(200);
    const { seats } = body as { seats: { side: string }[] };
    expect(seats.map(({ side }) => side)).toEqual([expect.stringMatching(/^organization:/)]);
  });
});
