import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';
import { Words } from './words.js';

/** A review stays with the version under which it was opened, and with what that offers. */
describe.each([1, 2])('a review under version %i of its procedure', (version) => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let france: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    words = new Words(world, ledger, await world.review('SVN'));
    // As it was opened before there was another.
    const sql = 'UPDATE casework.proceeding SET mechanism_version = $2 WHERE id = $1';
    await ledger.rows(sql, [words.review, version]);
    [france, slovenia] = [await world.delegation('FRA'), await world.delegation('SVN')];
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  it('offers none of what version 3 added, and says so', async () => {
    const { body } = await slovenia.get(`/v1/reviews/${words.review}`).expect(200);
    expect(body).toMatchObject({ mechanismVersion: version });
    const names = (body.actions as { action: string }[]).map(({ action }) => action);
    for (const name of ['circulate:list', 'sign-off:report', 'make:voluntary-pledge']) {
      expect(names).not.toContain(name);
    }
    await world.reach(words.review, 'SVN', 'reviewed');
    const id = await words.made(france, ['BRA']);
    const refused = [
      words.amend(france, id, 'Ratify it now'),
      words.deliver(world.secretariat, id, 'Ratify it soon'),
      words.leave(france, id),
      words.askSplit(slovenia, id, ['Ratify it', 'Publish it']),
      world.secretariat.post(`/v1/reviews/${words.review}/circulations`),
      slovenia.post(`/v1/reviews/${words.review}/pledges`, { text: 'Ratify it ourselves' }),
    ];
    for (const call of refused) await expectRefused(ledger, call, 409, 'not-offered');
    expect(await words.allowed(france, id)).toEqual([]);
    expect(await words.history(france, id)).toMatchObject([{ n: 1, kind: 'made' }]);
  });

  it('is adopted as that says', async () => {
    await world.reach(words.review, 'SVN', 'adopted');
    const record = await words.published('recommendations');
    expect(record).toMatchObject([{ text: 'Ratify it', recommendingStates: ['FRA', 'BRA'] }]);
    expect(await words.published('pledges')).toEqual([]);
  });
});
