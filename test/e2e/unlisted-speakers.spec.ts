import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Lists, PLENARY_CLOSES, PLENARY_OPENS } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';

/** An organization whose status was never confirmed stands on no list, and nobody else learns of it. */
describe('an organization that was not accredited', () => {
  let world: World;
  let ledger: Ledger;
  let lists: Lists;
  let watch: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    lists = new Lists(world, await world.review('SVN'));
    watch = (await world.organization('A watch')).head;
    await world.reach(lists.review, 'SVN', 'positioned');
    await world.at(PLENARY_OPENS);
    const registering = { list: 'stakeholders', accreditation: 'ecosoc' };
    await lists.registered(watch, registering);
    await lists.registered((await world.organization('Another')).head, registering);
    await world.at(PLENARY_CLOSES.replace('16:00:00', '16:01:00'));
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const others = async () => ({
    list: await lists.seen(await world.president(), 'stakeholders'),
    journal: await ledger.journal(lists.review, 'case'),
    record: (await world.api.as().get('/v1/record/changes', { after: 0 }).expect(200))
      .body as object,
  });

  it('is refused, and leaves, without a trace on the list or in the journal of the case', async () => {
    const before = await others();
    expect(before.list.speakers).toEqual([]);
    const { speakers } = await lists.seen(world.secretariat, 'stakeholders');
    const other = speakers.find(({ name }) => name === 'Another')!;
    const { version, id } = other;
    await world.secretariat
      .post(`/v1/speakers/${id}/accreditation`, { confirmed: false }, { version })
      .expect(200);
    expect(await others()).toEqual(before);
    const [mine] = (await lists.seen(watch, 'stakeholders')).speakers;
    await lists.leave(watch, mine!).expect(200);
    expect(await others()).toEqual(before);
  });
});
