import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';
import { Words } from './words.js';

interface Published {
  label: string;
  text: string;
  versions?: { n: number; kind: string; by: string; text: string; reason: string | null }[];
}

/** From the adoption of the report to the end of the editorial changes. */
describe('for two weeks after the adoption', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let france: Client;
  let brazil: Client;
  let slovenia: Client;
  let own: string;
  let joint: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    words = new Words(world, ledger, await world.review('SVN'));
    [france, brazil, slovenia] = [
      await world.delegation('FRA'),
      await world.delegation('BRA'),
      await world.delegation('SVN'),
    ];
    await world.reach(words.review, 'SVN', 'reviewed');
    own = await world.recommend(brazil, words.review, 'Consider it');
    joint = await words.made(france, ['BRA']);
    await world.reach(words.review, 'SVN', 'wg-adopted');
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const published = async (text: string): Promise<Published | undefined> =>
    (await words.published<Published>('recommendations')).find((each) => each.text === text);

  it('a State corrects its own text, as a corrigendum of its name in the record', async () => {
    const { actions } = await words.read(brazil, own);
    expect(actions.find(({ action }) => action === 'amend')).toEqual({
      action: 'amend',
      allowed: true,
      because: null,
      deadline: '2027-05-19T15:00:00.000Z',
    });
    for (const who of [slovenia, world.secretariat, france]) {
      const amending = words.amend(who, own, 'Reconsider it');
      const code = who === world.secretariat ? 'wrong-stage' : 'wrong-role';
      await expectRefused(ledger, amending, 409, code);
    }
    const before = await feed();
    await words.amend(brazil, own, 'Consider it.').expect(201);
    expect((await published('Consider it.'))!.versions).toMatchObject([
      { kind: 'made', by: 'state:BRA', text: 'Consider it' },
      { kind: 'corrigendum', by: 'state:BRA', text: 'Consider it.', reason: 'A word was missing' },
    ]);
    expect((await feed()).slice(before.length)).toEqual(['updated recommendation']);
  });

  it('leaves an answer where it says the same words, and takes it where it says others', async () => {
    const url = `/v1/recommendations/${own}/position`;
    await slovenia.put(url, { position: 'supported' }, { version: 0 }).expect(200);
    await slovenia.post(`/v1/reviews/${words.review}/positions`, {}).expect(200);
    const position = async () => (await words.read(brazil, own)).position;
    await words.amend(brazil, own, 'Consider it!').expect(201);
    expect(await position()).toMatchObject({ position: 'supported' });
    await words.amend(brazil, own, 'Reconsider it').expect(201);
    expect(await position()).toBeNull();
  });

  it('of several States, all agree, in time', async () => {
    await words.amend(france, joint, 'Ratify it very soon').expect(201);
    await world.at('2027-05-19T15:00:00Z');
    await words.answer(brazil, joint, 2).expect(200);
    expect((await words.read(slovenia, joint)).text).toBe('Ratify it very soon');
    await words.amend(brazil, joint, 'Ratify it this year').expect(201);
    await world.at('2027-05-19T15:01:00Z');
    const facts = {
      due: '2027-05-19T15:00:00.000Z',
      dueLocal: '2027-05-19T17:00',
      zone: 'Europe/Zurich',
    };
    await expectRefused(ledger, words.answer(france, joint, 3), 409, 'too-late', { facts });
    const late = words.amend(france, joint, 'Ratify it this year');
    await expectRefused(ledger, late, 409, 'too-late', { facts });
    expect(await published('Ratify it very soon')).toBeDefined();
    await world.reach(words.review, 'SVN', 'adopted');
    expect((await words.history(france, joint)).at(-1)).toMatchObject({ status: 'lapsed' });
    expect(await words.unfounded()).toEqual([]);
  });

  /** What the feed says of each change. */
  async function feed(): Promise<string[]> {
    const { body } = await world.api.as().get('/v1/record/changes', { limit: 200 }).expect(200);
    const changes = (body as { items: { what: string; kind: string }[] }).items;
    return changes.map(({ what, kind }) => `${what} ${kind}`);
  }
});
