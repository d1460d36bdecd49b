import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Lists, PLENARY_CLOSES, PLENARY_OPENS, type Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';

const FOURTEEN = 'ALB BRA CHE CIV DEU EGY FRA GHA IND JPN KEN MEX NOR PER'.split(' ');

/** One too many were on the list of the plenary, until somebody left. */
describe('a list of speakers that no longer needs a draw', () => {
  let world: World;
  let lists: Lists;
  const organizations = new Map<string, Client>();
  beforeAll(async () => {
    world = await World.build();
    const review = await world.review('SVN');
    lists = new Lists(world, review);
    await world.reach(review, 'SVN', 'wg-adopted');
    await world.at(PLENARY_OPENS);
    await lists.onBehalf(FOURTEEN, 'plenary');
    for (const name of ['Lex', 'Watch']) {
      const { head } = await world.organization(name);
      organizations.set(name, head);
      const asked = { list: 'stakeholders', accreditation: 'ecosoc' };
      const { id, version } = await lists.registered(head, asked);
      const url = `/v1/speakers/${id}/accreditation`;
      await world.secretariat.post(url, { confirmed: true }, { version }).expect(200);
    }
    await world.at(PLENARY_CLOSES.replace('16:00:00', '16:01:00'));
  });
  afterAll(() => world.stop());

  it('gives those who are left their places, in the order of the alphabet', async () => {
    const { secretariat } = world;
    const before = await lists.seen(secretariat, 'plenary');
    expect(before).toMatchObject({ status: 'draw-needed' });
    const brazil = before.speakers.find(({ side }) => side === 'state:BRA')!;
    await lists.leave(secretariat, brazil).expect(200);
    const after = await lists.seen(secretariat, 'plenary');
    expect(after).toMatchObject({ status: 'settled' });
    const order = await lists.order(secretariat, 'plenary');
    expect(order).toHaveLength(13);
    expect(order).not.toContain('BRA');
    expect(order[0]).toBe('ALB');
    const published = await world.api
      .as()
      .get('/v1/record/speakers', { limit: 50, list: 'plenary' })
      .expect(200);
    const places = (published.body as { items: { place: number | null }[] }).items;
    expect(places.filter(({ place }) => place !== null)).toHaveLength(13);
  });

  it('moves nobody when another leaves later', async () => {
    const { secretariat } = world;
    const { speakers } = await lists.seen(secretariat, 'plenary');
    const [first, ...others] = await lists.order(secretariat, 'plenary');
    const leaving = speakers.find(({ side }) => side === `state:${first}`)!;
    await lists.leave(secretariat, leaving).expect(200);
    expect(await lists.order(secretariat, 'plenary')).toEqual(others);
    const left = (await lists.seen(secretariat, 'plenary')).speakers;
    expect(Math.min(...left.flatMap(({ place }) => place ?? []))).toBe(2);
  });

  it('lets organizations exchange places as it offers', async () => {
    const [lex, watch] = [organizations.get('Lex')!, organizations.get('Watch')!];
    const names = async () =>
      (await lists.seen(lex, 'stakeholders')).speakers.map(({ name }) => name);
    expect(await names()).toEqual(['Lex', 'Watch']);
    const { speakers } = await lists.seen(lex, 'stakeholders');
    const [own, other] = speakers as [Listed, Listed];
    const { body: shown } = await lex.get(`/v1/speakers/${own.id}`).expect(200);
    const offered = (shown as Listed).actions.find(({ action }) => action === 'propose-swap');
    expect(offered).toMatchObject({ allowed: true });
    const { body } = await lists.propose(lex, own, other).expect(201);
    const { swaps, version } = await lists.seen(watch, 'stakeholders');
    expect(swaps).toMatchObject([{ from: own.id, with: other.id, status: 'proposed' }]);
    await lists.answer(watch, (body as { id: string }).id, true, version).expect(200);
    expect(await names()).toEqual(['Watch', 'Lex']);
  });
});
