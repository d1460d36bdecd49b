import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';
import type { Report } from './reporting.js';
import { Words } from './words.js';

interface Told extends Report {
  readonly withdrawn: { kind: string; name: string | null; namedIn: string[]; before: string[] }[];
}

/** What was written by hand into a report, and tells of something that was withdrawn since. */
describe('a paragraph by hand', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let office: Client;
  let recommendation: string;
  let label: string;
  const url = (more = '') => `/v1/reviews/${review}/report${more}`;
  const report = async (who = office): Promise<Told> =>
    (await who.get(url()).expect(200)).body as Told;
  const write = async (text: string): Promise<string> => {
    const body = { section: 'dialogue', text };
    return ((await office.post(url('/paragraphs'), body).expect(201)).body as { id: string }).id;
  };
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    office = world.secretariat;
    await world.reach(review, 'SVN', 'ready');
    const words = new Words(world, ledger, review);
    recommendation = await words.made(await world.delegation('FRA'), [], 'Protect somebody;');
    await world.reach(review, 'SVN', 'reviewed');
    await office.post(url('/labels')).expect(200);
    const { body } = await office.get(`/v1/recommendations/${recommendation}`).expect(200);
    label = body.label as string;
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  it('is shown to the secretariat where it was written before a withdrawal', async () => {
    const naming = await write(`The delegation spoke of ${label}, and of others.`);
    const quoting = await write('It was asked to protect somebody.');
    expect((await report()).withdrawn).toEqual([]);
    const item = { kind: 'recommendation', id: recommendation };
    const told = { whole: true, ground: 'risk-to-person', reason: 'It names somebody' };
    await office.post('/v1/withdrawals', { item, ...told }).expect(201);
    const since = await write(`Nothing more is said of ${label}.`);
    const [outdated, ...others] = (await report()).withdrawn;
    expect(others).toEqual([]);
    expect(outdated).toMatchObject({
      kind: 'recommendation',
      itemId: recommendation,
      name: label,
      namedIn: [naming],
    });
    expect(new Set(outdated!.before)).toEqual(new Set([naming, quoting]));
    expect(outdated!.before).not.toContain(since);
    // What was withdrawn, and when, is in the secretariat's desk.
    expect((await report(await world.president())).withdrawn).toEqual([]);
    const again = { text: 'The delegation spoke of it.' };
    await office.put(`/v1/report-paragraphs/${naming}`, again, { version: 1 }).expect(200);
    expect((await report()).withdrawn).toMatchObject([{ namedIn: [], before: [quoting] }]);
    await office
      .send('delete', `/v1/report-paragraphs/${quoting}`)
      .set('if-match', '"1"')
      .expect(204);
    expect((await report()).withdrawn).toEqual([]);
  });
});
