import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLOSES, Lists, OPENS, PLENARY_CLOSES, PLENARY_OPENS } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';

const FIFTEEN = 'ALB BRA CHE CIV DEU EGY FRA GHA IND JPN KEN MEX NOR PER ZMB'.split(' ');

/** Whose a place on a list is, once withdrawn for safety, nothing names again. */
describe('a speaker whose side was withdrawn', () => {
  let world: World;
  let ledger: Ledger;
  let lists: Lists;
  let kenya: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    lists = new Lists(world, review);
    kenya = await world.delegation('KEN');
    await world.reach(review, 'SVN', 'documented');
    await world.at(OPENS);
    await lists.registered(kenya);
    await lists.onBehalf(['ALB', 'ZMB']);
    await world.at(CLOSES.replace('16:00:00', '16:01:00'));
    await lists.draw(await world.president(), ['K']).expect(200);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const withdraw = async (state: string, list = 'dialogue') => {
    const { speakers } = await lists.seen(world.secretariat, list);
    const { id } = speakers.find(({ side }) => side === `state:${state}`)!;
    const item = { kind: 'speaker', id };
    const told = { ground: 'risk-to-person', reason: 'It endangers somebody' };
    await world.secretariat
      .post('/v1/withdrawals', { item, fields: ['author'], ...told })
      .expect(201);
    return id;
  };

  it('stands at no place of the alphabet that others see', async () => {
    const id = await withdraw('KEN');
    const president = await world.president();
    const shown = (await lists.seen(president)).speakers.map((each) => [each.side, each.place]);
    expect(shown).toEqual([
      ['state:ZMB', 2],
      ['state:ALB', 3],
      ['[withdrawn]', null],
    ]);
    expect((await president.get(`/v1/speakers/${id}`).expect(200)).body.place).toBeNull();
    expect((await kenya.get(`/v1/speakers/${id}`).expect(200)).body.place).toBe(1);
    const { body } = await world.api.as().get('/v1/record/speakers').expect(200);
    const { items } = body as { items: { by: { name: string }; place: number | null }[] };
    expect(items.map(({ by, place }) => [by.name, place])).toEqual([
      ['Zambia', 2],
      ['Albania', 3],
      ['[withdrawn]', null],
    ]);
  });

  it('leaves the list without being named in the journal', async () => {
    const { speakers } = await lists.seen(kenya);
    const mine = speakers.find(({ side }) => side === 'state:KEN')!;
    const before = (await ledger.journal(lists.review, 'case')).length;
    const { body } = await kenya.get(`/v1/speakers/${mine.id}`).expect(200);
    await lists.leave(kenya, body as typeof mine).expect(200);
    const entries = (await ledger.journal(lists.review, 'case')).slice(before);
    expect(entries.map(({ what, by }) => [what, by])).toContainEqual([
      'speaker-left',
      '[withdrawn]',
    ]);
    expect(JSON.stringify(entries)).not.toContain('state:KEN');
  });

  it('is drawn by nothing that names it, and what was drawn before names it no longer', async () => {
    const { secretariat, api } = world;
    await world.reach(lists.review, 'SVN', 'wg-adopted');
    await world.at(PLENARY_OPENS);
    await lists.onBehalf(FIFTEEN, 'plenary');
    await world.at(PLENARY_CLOSES.replace('16:00:00', '16:01:00'));
    const nameless = `id:${await withdraw('GHA', 'plenary')}`;
    const asked = {
      purpose: 'plenary-speakers',
      publicValue: { source: 'An index', knownFrom: '2027-09-17T09:00:00Z' },
    };
    const announced = await secretariat.post(`/v1/reviews/${lists.review}/lots`, asked).expect(201);
    const lot = announced.body as { id: string; input: { draw: { pool: { key: string }[] } } };
    const pool = lot.input.draw.pool.map(({ key }) => key);
    expect(pool).toHaveLength(15);
    expect(pool).toContain(nameless);
    expect(pool).not.toContain('GHA');
    await world.at('2027-09-17T09:00:00Z');
    await secretariat
      .post(`/v1/lots/${lot.id}/draw`, { publicValue: '4711.08' }, { version: 1 })
      .expect(200);
    const drawn = async () =>
      ((await lists.seen(secretariat, 'plenary')).draw as { drawn: string[] }).drawn;
    const [first] = (await drawn()).filter((key) => key !== nameless);
    const id = await withdraw(first!.slice(-3), 'plenary');
    const after = await drawn();
    expect(after).toHaveLength(13);
    expect(after).toContain(`id:${id}`);
    expect(after).not.toContain(first);
    const order = await lists.order(secretariat, 'plenary');
    const named = after.map((key, index) => (key.startsWith('id:') ? order[index] : key.slice(-3)));
    expect(order).toEqual(named);
    const open = await api.as().get('/v1/record/speakers', { limit: 100 }).expect(200);
    expect(JSON.stringify(open.body)).not.toMatch(/GHA|Ghana/);
  });
});
