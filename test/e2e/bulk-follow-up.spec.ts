import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { implementing, word } from '../factories/follow-up.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';

const TEXTS = Array.from({ length: 8 }, (_, n) => `Ratify protocol number ${n + 1}`);

/** A State answers for a whole review at once. */
describe('many words on implementation', () => {
  let world: World;
  let review: string;
  let published: readonly string[];
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ({ review, published } = await implementing(world, 'SVN', { texts: TEXTS }));
    slovenia = await world.delegation('SVN');
  }, 60_000);
  afterAll(() => world.stop());

  /** Prepares words on these, hands them in, and counts the statements of that. */
  const give = async (count: number, grade: string) => {
    const url = `/v1/reviews/${review}/follow-up`;
    const items = published.slice(0, count).map((id) => word(id, grade));
    await slovenia.post(url, { items }).expect(200);
    const spy = jest.spyOn(pg.Query.prototype, 'submit');
    const { body } = await slovenia.post(`${url}/submit`, {}).expect(200);
    const statements = spy.mock.calls.length;
    spy.mockRestore();
    return { statements, ...(body as { given: number; revised: number }) };
  };

  it('are handed in by as many statements as one, first words and revised ones', async () => {
    await give(8, 'not-implemented');
    const one = await give(1, 'partially-implemented');
    const all = await give(8, 'fully-implemented');
    expect([one.given, one.revised, all.given, all.revised]).toEqual([1, 1, 8, 8]);
    expect(one.statements).toBeGreaterThan(5);
    expect(all.statements).toBe(one.statements);
  });

  it('come into the feed each as it was, what they supersede before them', async () => {
    const { body } = await world.api.as().get('/v1/record/changes', { limit: 200 }).expect(200);
    const told = (body as { items: { what: string; kind: string; id: string }[] }).items.filter(
      ({ kind }) => kind === 'assessment',
    );
    const last = told.slice(-16);
    expect(last.filter((_, n) => n % 2 === 0).map(({ what }) => what)).toEqual(
      Array.from({ length: 8 }, () => 'updated'),
    );
    expect(last.filter((_, n) => n % 2 === 1).map(({ what }) => what)).toEqual(
      Array.from({ length: 8 }, () => 'published'),
    );
    const own = await slovenia.get(`/v1/reviews/${review}/follow-up`, { status: 'given' });
    const { items } = own.body as { items: { grade: string }[] };
    expect(items.map(({ grade }) => grade)).toEqual(
      Array.from({ length: 8 }, () => 'fully-implemented'),
    );
  });
});
