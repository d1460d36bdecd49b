import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lotFile, verifyLot } from '../../src/modules/lots/verify-lot.js';
import { Lists, PLENARY_CLOSES, PLENARY_OPENS, SEEN, type Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import { expectRefused, Ledger } from './ledger.js';

const PURPOSE = 'plenary-organizations';
const LIST = 'stakeholders';

/** Ten organizations speak: a national institution first, and nine of eleven others, drawn. */
describe('the organizations of a plenary', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let lists: Lists;
  const own: Listed[] = [];
  let institution: Listed;
  let refused: Listed;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lists = new Lists(world, review);
    await world.reach(review, 'SVN', 'wg-adopted');
    await world.at(PLENARY_OPENS);
    for (let n = 1; n <= 11; n += 1) own.push(await listed(`Watch ${n}`));
    institution = await listed('Ombudsman', 'nhri-a');
    refused = await listed('Nobody', 'ecosoc', false);
  }, 120_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  async function listed(name: string, accreditation = 'ecosoc', confirmed = true) {
    const { head } = await world.organization(name);
    const made = await lists.registered(head, { list: LIST, accreditation });
    const url = `/v1/speakers/${made.id}/accreditation`;
    await world.secretariat.post(url, { confirmed }, { version: made.version }).expect(200);
    return made;
  }
  const announce = (knownFrom: string) =>
    world.secretariat.post(`/v1/reviews/${review}/lots`, {
      purpose: PURPOSE,
      publicValue: { source: 'An index on 17 September', knownFrom },
    });
  const withdraw = async ({ id }: Listed): Promise<void> => {
    const body = { fields: ['author'], ground: 'risk-to-person', reason: 'They are in danger' };
    await world.secretariat
      .post('/v1/withdrawals', { item: { kind: 'speaker', id }, ...body })
      .expect(201);
  };
  const drawn = async () =>
    ((await lists.seen(world.secretariat, LIST)).draw as { drawn: string[] }).drawn;

  it('are drawn once their list has closed, named by the ids of their places', async () => {
    const knownFrom = '2027-09-17T09:00:00Z';
    await expectRefused(ledger, announce(knownFrom), 409, 'list-open');
    await world.at(PLENARY_CLOSES.replace('16:00:00', '16:01:00'));
    await withdraw(own[0]!);
    const { body } = await announce(knownFrom).expect(201);
    const { pool, rounds } = body.input.draw as { pool: { key: string }[]; rounds: object[] };
    expect(pool.map(({ key }) => key)).toEqual(own.map(({ id }) => `id:${id}`).toSorted());
    expect(rounds).toMatchObject([{ seats: 9 }]);
    await world.at(knownFrom);
    const url = `/v1/lots/${body.id}/draw`;
    const { body: lot } = await world.secretariat
      .post(url, { publicValue: '4711.08' }, { version: 1 })
      .expect(200);
    const [{ drawn: order }] = lot.result as [{ drawn: string[] }];
    expect(order).toHaveLength(9);
    const { speakers } = await lists.seen(world.secretariat, LIST);
    const spoken = speakers.filter(({ place }) => place !== null);
    expect(spoken.map(({ id }) => `id:${id}`)).toEqual([`id:${institution.id}`, ...order]);
    expect(spoken.map(({ id }) => id)).not.toContain(refused.id);
    // The list names sides, as when it is drawn by hand; and nobody who was withdrawn.
    for (const [index, key] of (await drawn()).entries()) {
      expect(key === order[index]).toBe(order[index] === `id:${own[0]!.id}`);
    }
    const open = await world.api.as().get(`/v1/lots/${body.id}`).expect(200);
    expect(verifyLot(lotFile.parse(open.body)).holds).toBe(true);
    expect(JSON.stringify(open.body)).not.toContain('organization:');
    const entries = await ledger.journal(review, 'case');
    const told = entries.filter(({ facts }) => facts['purpose'] === PURPOSE);
    expect(told.map(({ what }) => what)).toEqual(['lot-announced', 'lot-drawn']);
    expect(JSON.stringify(told)).not.toContain('organization:');
  });

  it('are named by nothing once they are withdrawn, and drawn no second time', async () => {
    const key = (await drawn()).find((each) => each.startsWith('organization:'))!;
    const { speakers } = await lists.seen(world.secretariat, LIST);
    const named = speakers.find(({ side }) => side === key)!;
    await withdraw(named);
    expect(await drawn()).toContain(`id:${named.id}`);
    expect(await drawn()).not.toContain(key);
    await expectRefused(ledger, announce('2027-09-18T09:00:00Z'), 409, 'already-given');
    const byHand = lists.draw(world.secretariat, [key], { ...SEEN, list: LIST });
    await expectRefused(ledger, byHand, 409, 'already-given');
  });
});
