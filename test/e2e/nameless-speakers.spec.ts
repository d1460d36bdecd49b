import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLOSES, Lists, OPENS } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';

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
    await world.at(CLOSES.replace('16:00:00', '16:01:00'));
    await lists.draw(await world.president(), ['K']).expect(200);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  it('leaves the list without being named in the journal', async () => {
    const { speakers } = await lists.seen(kenya);
    const mine = speakers.find(({ side }) => side === 'state:KEN')!;
    const item = { kind: 'speaker', id: mine.id };
    const told = { ground: 'risk-to-person', reason: 'It endangers somebody' };
    await world.secretariat
      .post('/v1/withdrawals', { item, fields: ['author'], ...told })
      .expect(201);
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
});
