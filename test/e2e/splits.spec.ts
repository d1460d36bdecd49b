import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';
import { Words, type Item } from './words.js';

interface Related {
  as: string;
  recommendationId: string;
  label: string | null;
  text: string;
  publicId: string | null;
}
interface Published {
  id: string;
  label: string;
  text: string;
  position: string | null;
  partOf?: string;
  parts?: string[];
  recommendingStates: string[];
}

/** A recommendation in parts: asked by the State under review, agreed by its States, decided by others. */
describe('a recommendation that is split', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let france: Client;
  let brazil: Client;
  let norway: Client;
  let slovenia: Client;
  let first: string;
  let second: string;
  const PARTS = ['Ratify the protocol', 'Abolish the penalty'];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    words = new Words(world, ledger, review);
    [france, brazil, norway, slovenia] = [
      await world.delegation('FRA'),
      await world.delegation('BRA'),
      await world.delegation('NOR'),
      await world.delegation('SVN'),
    ];
    await world.reach(review, 'SVN', 'ready');
    first = await words.made(france, ['BRA'], 'Ratify the protocol and abolish the penalty');
    second = await words.made(brazil, [], 'Ratify the statute and publish it');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const related = async (who: Client, id: string): Promise<Related[]> => {
    const { body } = await who.get(`/v1/recommendations/${id}/parts`).expect(200);
    return (body as { items: Related[] }).items;
  };
  const listed = async (who: Client): Promise<Item[]> => {
    const url = `/v1/reviews/${words.review}/recommendations`;
    const { body } = await who.get(url, { limit: 200 }).expect(200);
    return (body as { items: Item[] }).items;
  };

  it('is asked for by the State under review, after the dialogue', async () => {
    const early = words.askSplit(slovenia, first, PARTS);
    await expectRefused(ledger, early, 409, 'wrong-stage');
    await world.reach(words.review, 'SVN', 'reviewed');
    for (const who of [france, world.secretariat, norway]) {
      await expectRefused(ledger, words.askSplit(who, first, PARTS), 409, 'wrong-role');
    }
    const one = words.askSplit(slovenia, first, ['Only one part']);
    await expectRefused(ledger, one, 422, 'invalid-content');
    const before = await words.read(france, first);
    const { body } = await words.askSplit(slovenia, first, PARTS).expect(201);
    expect(await words.told()).toEqual(['state:SVN split-asked']);
    // Nothing of the recommendation has changed by that.
    const { text, wording, status, recommendingStates } = body as Item;
    expect({ text, wording, status, recommendingStates }).toEqual({
      text: before.text,
      wording: before.wording,
      status: 'submitted',
      recommendingStates: before.recommendingStates,
    });
    expect(body.openWordings).toEqual([2]);
  });

  it('is decided by the secretariat or the troika, when all its States have agreed to the parts', async () => {
    await expectRefused(ledger, words.answer(slovenia, first, 2), 409, 'wrong-role');
    await words.answer(france, first, 2).expect(200);
    const facts = { states: ['BRA'] };
    const office = words.decide(world.secretariat, first, 2);
    await expectRefused(ledger, office, 409, 'agreement-missing', { facts });
    await words.answer(brazil, first, 2).expect(200);
    for (const who of [slovenia, france, await world.president()]) {
      await expectRefused(ledger, words.decide(who, first, 2), 409, 'wrong-role');
    }
    await expectRefused(ledger, words.decide(norway, first, 9), 404, 'not-found');
    const trial = await expectUnchanged(ledger, () =>
      norway.post(
        `/v1/recommendations/${first}/splits/2/decision`,
        { grant: true, reason: 'The parts are clear' },
        { query: { dryRun: true } },
      ),
    );
    expect(trial.body).toMatchObject({ ok: true });
    await words.label([[first, '121.5']]).expect(200);
    const { body } = await words.decide(norway, first, 2).expect(200);
    expect(body).toMatchObject({ status: 'split', label: '121.5' });
    expect((await words.history(france, first))[1]).toMatchObject({
      by: 'state:SVN',
      status: 'adopted',
      texts: PARTS,
      decidedBy: 'state:NOR',
    });
    expect(await words.told()).toEqual(['state:NOR recommendation-split']);
  });

  it('stays whole to be read beside its parts, which bear its label with a letter', async () => {
    const parts = await related(slovenia, first);
    expect(parts).toMatchObject([
      { as: 'part', label: '121.5 (a)', text: PARTS[0] },
      { as: 'part', label: '121.5 (b)', text: PARTS[1] },
    ]);
    const [one] = parts;
    const back = await related(france, one!.recommendationId);
    expect(back.map(({ as, recommendationId }) => [as, recommendationId])).toEqual([
      ['whole', first],
      ['part', parts[1]!.recommendationId],
    ]);
    const part = await words.read(france, one!.recommendationId);
    expect(part).toMatchObject({
      partOf: first,
      status: 'submitted',
      sent: PARTS[0],
      recommendingStates: [
        { state: 'FRA', status: 'confirmed' },
        { state: 'BRA', status: 'confirmed' },
      ],
    });
    expect(await words.history(france, part.id)).toMatchObject([
      { n: 1, kind: 'split', by: 'state:SVN', status: 'adopted' },
    ]);
    expect((await listed(france)).map(({ label }) => label)).toEqual([
      '121.5',
      '121.5 (a)',
      '121.5 (b)',
      null,
    ]);
    for (const id of [first, part.id]) {
      await expectRefused(ledger, words.askSplit(slovenia, id, PARTS), 409, 'already-split');
      await expectRefused(ledger, words.decide(norway, id, 2), 409, 'already-split');
    }
    const amending = words.amend(france, first, 'Something else');
    await expectRefused(ledger, amending, 409, 'wrong-stage', { facts: { status: 'split' } });
    await expectRefused(ledger, words.leave(france, first), 409, 'wrong-stage');
  });

  it('is answered in its parts, partly supported and partly noted', async () => {
    const put = slovenia.put(
      `/v1/recommendations/${first}/position`,
      { position: 'supported' },
      { version: 0 },
    );
    await expectRefused(ledger, put, 409, 'wrong-stage', { facts: { status: 'split' } });
    const [one, two] = await related(slovenia, first);
    await world.position(slovenia, one!.recommendationId, 'supported');
    await world.position(slovenia, two!.recommendationId, 'noted');
    const { body } = await slovenia.post(`/v1/reviews/${words.review}/positions`, {}).expect(200);
    expect(body).toEqual({ given: 2, revised: 0, unanswered: 1 });
  });

  it('may have labels of its own in the report; every label stands once', async () => {
    const [one, two] = await related(slovenia, first);
    const twice = words.label([[one!.recommendationId, '121.5']]);
    await expectRefused(ledger, twice, 409, 'already-exists');
    await words.label([[two!.recommendationId, '121.6']]).expect(200);
    await words.label([[second, '121.7']]).expect(200);
  });

  it('declined, stays as it was; of a text that is no more, nothing is decided', async () => {
    const item = await words.made(france, [], 'Ratify it and publish it');
    await words.askSplit(slovenia, item, ['Ratify it', 'Publish it']).expect(201);
    const { body } = await words.decide(world.secretariat, item, 2, { grant: false }).expect(200);
    expect(body).toMatchObject({ status: 'submitted', openWordings: [] });
    expect(await words.told()).toEqual(['secretariat:upr split-declined']);
    await words.askSplit(slovenia, item, ['Ratify it', 'Publish it']).expect(201);
    await words.amend(france, item, 'Ratify it').expect(201);
    const gone = words.decide(world.secretariat, item, 3);
    await expectRefused(ledger, gone, 409, 'wording-settled', { facts: { status: 'overtaken' } });
    await words.leave(france, item).expect(200);
  });

  it('falls with the last of its parts', async () => {
    const item = await words.made(france, [], 'Think of this and that');
    await words.askSplit(slovenia, item, ['Think of this', 'Think of that']).expect(201);
    await words.answer(france, item, 2).expect(200);
    await words.decide(world.secretariat, item, 2).expect(200);
    const [one, two] = await related(france, item);
    await words.leave(france, one!.recommendationId).expect(200);
    expect((await words.read(france, item)).status).toBe('split');
    await words.leave(france, two!.recommendationId).expect(200);
    expect((await words.read(france, item)).status).toBe('withdrawn');
  });

  it('is in the record whole and in parts, of which the parts count', async () => {
    await world.reach(words.review, 'SVN', 'wg-adopted');
    const record = await words.published<Published>('recommendations');
    const of = (label: string) => record.find((each) => each.label === label)!;
    expect(record.map(({ label }) => label)).toEqual(['121.5', '121.5 (a)', '121.6', '121.7']);
    expect(of('121.5')).toMatchObject({
      position: null,
      parts: [of('121.5 (a)').id, of('121.6').id],
      recommendingStates: ['FRA', 'BRA'],
    });
    expect(of('121.6')).toMatchObject({ position: 'noted', partOf: of('121.5').id });
    const silent = await words.published<Published>('recommendations', { position: 'none' });
    expect(silent.map(({ label }) => label)).toEqual(['121.7']);
  });

  it('is split in writing too, after the adoption, and takes the place of the answer before', async () => {
    await world.position(slovenia, second, 'noted', { statedPosition: 'Supported in part' });
    await slovenia.post(`/v1/reviews/${words.review}/positions`, {}).expect(200);
    await words.askSplit(slovenia, second, ['Ratify the statute', 'Publish it']).expect(201);
    await words.answer(brazil, second, 2).expect(200);
    const few = words.decide(world.secretariat, second, 2, { labels: ['121.8', '121.6'] });
    const taken = { facts: { labels: ['121.6'] } };
    await expectRefused(ledger, few, 409, 'already-exists', taken);
    const three = words.decide(world.secretariat, second, 2, { labels: ['1', '2', '3'] });
    await expectRefused(ledger, three, 422, 'invalid-content');
    const labels = ['121.7 (i)', '121.7 (ii)'];
    await words.decide(world.secretariat, second, 2, { labels }).expect(200);
    const parts = await related(slovenia, second);
    await world.position(slovenia, parts[0]!.recommendationId, 'supported');
    const { body } = await slovenia.post(`/v1/reviews/${words.review}/positions`, {}).expect(200);
    expect(body).toEqual({ given: 1, revised: 0, unanswered: 1 });
    const record = await words.published<Published>('recommendations', { position: 'supported' });
    expect(record.map(({ label }) => label)).toEqual(['121.5 (a)', '121.7 (i)']);
    const all = await words.published<Published>('recommendations');
    expect(all.find(({ label }) => label === '121.7')).toMatchObject({ position: null });
    await world.reach(words.review, 'SVN', 'adopted');
    const [page] = await words.published<{ outcome: object }>('proceedings');
    const positions = { supported: 2, noted: 2 };
    expect(page!.outcome).toMatchObject({ recommendations: 4, positions });
    await expectRefused(ledger, words.askSplit(slovenia, first, PARTS), 409, 'wrong-stage');
    expect(await words.unfounded()).toEqual([]);
  });
});
