import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';
import { Words } from './words.js';
import { publicText, rowsText } from './withdrawn.js';

const MASK = '[withdrawn]';

/** What endangers somebody leaves every text of a recommendation, of its parts and of its whole. */
describe('words that are withdrawn for safety', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let france: Client;
  let brazil: Client;
  let slovenia: Client;
  let amended: string;
  let whole: string;
  let part: string;
  /** Names that stand in texts, reasons and parts. */
  const names = ['Ana Kovac', 'Bor Zupan', 'Cene Hribar', 'Dana Oblak'] as const;
  beforeAll(async () => {
    world = await World.build();
    await world.api.app.listen(0, '127.0.0.1');
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    words = new Words(world, ledger, review);
    [france, brazil, slovenia] = [
      await world.delegation('FRA'),
      await world.delegation('BRA'),
      await world.delegation('SVN'),
    ];
    await world.reach(review, 'SVN', 'reviewed');
    amended = await words.made(france, ['BRA'], `Release ${names[0]}`);
    await words
      .amend(france, amended, `Release ${names[0]} now`, { reason: `${names[1]} asked for it` })
      .expect(201);
    await words.answer(brazil, amended, 2).expect(200);
    await words.deliver(world.secretariat, amended, `Release ${names[2]}`).expect(201);
    whole = await words.made(france, [], `Release ${names[3]} and ratify it`);
    await words.askSplit(slovenia, whole, [`Release ${names[3]}`, 'Ratify it']).expect(201);
    await words.answer(france, whole, 2).expect(200);
    await words.label([[whole, '6.2']]).expect(200);
    await words.decide(world.secretariat, whole, 2).expect(200);
    const { body } = await france.get(`/v1/recommendations/${whole}/parts`).expect(200);
    part = (body as { items: { recommendationId: string }[] }).items[0]!.recommendationId;
    await world.reach(review, 'SVN', 'wg-adopted');
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const withdraw = async (id: string, fields: string[]) => {
    const { publicId } = await words.read(world.secretariat, id);
    const item = { kind: 'recommendation', id: publicId };
    const told = { ground: 'risk-to-person', reason: 'It names a witness' };
    return world.secretariat.post('/v1/withdrawals', { item, fields, ...told }).expect(201);
  };
  const everywhere = async (): Promise<string> => {
    const { adminUrl } = world.api.database;
    const rows = await rowsText(
      adminUrl,
      ['casework', 'record', 'journal'],
      ['casework.sealed_original'],
    );
    return `${await publicText(world.api)}\n${rows}`;
  };

  it('stood in what everybody could read', async () => {
    const text = await everywhere();
    for (const name of names) expect([name, text.includes(name)]).toEqual([name, true]);
  });

  it('are gone from every version, from its reason, and from what was heard', async () => {
    await withdraw(amended, ['text']);
    const text = await everywhere();
    for (const name of names.slice(0, 3))
      expect([name, text.includes(name)]).toEqual([name, false]);
    const history = await words.history(france, amended);
    expect(history.map(({ texts, reason }) => [texts, reason])).toEqual([
      [[MASK], null],
      [[MASK], MASK],
      [[MASK], null],
    ]);
    // Who proposed and who agreed still stands there.
    expect(history[1]).toMatchObject({ by: 'state:FRA' });
    expect(history[1]!.answers).toHaveLength(2);
  });

  it('and nothing more is said of them', async () => {
    const facts = { parts: ['text'] };
    const amending = words.amend(france, amended, `Release ${names[0]} at last`);
    await expectRefused(ledger, amending, 410, 'withdrawn', { facts });
    const asked = words.askSplit(slovenia, amended, ['Ratify it', 'Abolish it']);
    await expectRefused(ledger, asked, 410, 'withdrawn', { facts });
  });

  it('withdrawn of a part are withdrawn of the whole, and in the feed for each', async () => {
    const before = await feed();
    await withdraw(part, ['text']);
    expect(await everywhere()).not.toContain(names[3]);
    const family = [part, whole];
    for (const id of family) {
      const { body } = await slovenia.get(`/v1/recommendations/${id}`).expect(200);
      expect(body).toMatchObject({ text: MASK, sent: MASK, withdrawn: { parts: ['text'] } });
    }
    const { body } = await slovenia.get(`/v1/recommendations/${whole}/parts`).expect(200);
    expect((body as { items: { text: string }[] }).items.map(({ text }) => text)).toEqual([
      MASK,
      MASK,
    ]);
    const withdrawn = (await feed()).slice(before.length);
    expect(withdrawn).toEqual(Array.from({ length: 3 }, () => 'withdrawn recommendation'));
  });

  it('name nobody any more where their author is withdrawn', async () => {
    await withdraw(amended, ['author']);
    const history = await words.history(slovenia, amended);
    expect(history.map(({ by, answers }) => [by, answers])).toEqual([
      [MASK, []],
      [MASK, []],
      ['secretariat:upr', []],
    ]);
    const rows = await ledger.rows(
      `SELECT a.iso3 FROM casework.wording_answer a JOIN casework.wording w ON w.id = a.wording_id
       WHERE w.recommendation_id = $1`,
      [amended],
    );
    expect(rows).toEqual([]);
    const [published] = (
      await words.published<{ id: string; versions: { by: string | null }[] }>('recommendations')
    ).filter(({ versions }) => versions);
    expect(published).toMatchObject({ recommendingStates: [], filedBy: null });
    expect(published!.versions.map(({ by }) => by)).toEqual([null, null]);
  });

  it('stay away when everything is published again', async () => {
    await world.reach(words.review, 'SVN', 'adopted');
    const text = await everywhere();
    for (const name of names) expect([name, text.includes(name)]).toEqual([name, false]);
  });

  async function feed(): Promise<string[]> {
    const { body } = await world.api.as().get('/v1/record/changes', { limit: 200 }).expect(200);
    const changes = (body as { items: { what: string; kind: string }[] }).items;
    return changes.map(({ what, kind }) => `${what} ${kind}`);
  }
});
