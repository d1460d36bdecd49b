import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';
import { Words } from './words.js';

interface Published {
  label: string;
  text: string;
  recommendingStates: string[];
  versions?: { n: number; kind: string; by: string; text: string; reason: string | null }[];
  delivered?: { text: string; status: string };
  withdrawnBy?: string[];
}

/** From the room to the report: what was delivered, who left, and what the record tells of it. */
describe('in the room', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let france: Client;
  let brazil: Client;
  let kenya: Client;
  let slovenia: Client;
  /** By the label that each gets in the report. */
  const items = new Map<string, string>();
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    words = new Words(world, ledger, review);
    [france, brazil, kenya, slovenia] = [
      await world.delegation('FRA'),
      await world.delegation('BRA'),
      await world.delegation('KEN'),
      await world.delegation('SVN'),
    ];
    await world.reach(review, 'SVN', 'ready');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  describe('the text as delivered', () => {
    it('is recorded by the secretariat, after the dialogue', async () => {
      const id = await words.made(france);
      const facts = { status: 'ready', during: ['reviewed'] };
      const early = words.deliver(world.secretariat, id, 'Ratify it soon');
      await expectRefused(ledger, early, 409, 'wrong-stage', { facts });
      await world.reach(words.review, 'SVN', 'reviewed');
      for (const who of [france, slovenia, kenya, await world.president()]) {
        const others = words.deliver(who, id, 'Ratify it soon');
        await expectRefused(ledger, others, 409, 'wrong-role');
      }
      const url = `/v1/recommendations/${id}/delivered`;
      const body = { text: 'Ratify it soon' };
      await expectRefused(ledger, world.secretariat.post(url, body), 428, 'version-required');
      const stale = world.secretariat.post(url, body, { version: 99 });
      await expectRefused(ledger, stale, 412, 'stale');
      await expectRefused(ledger, words.hear(france, id), 404, 'not-found');
    });

    it('stands beside the text as sent, and in its place when all have confirmed it', async () => {
      const id = await words.made(france, ['BRA']);
      items.set('6.1', id);
      await words.deliver(world.secretariat, id, 'Ratify it soon').expect(201);
      expect(await words.told()).toEqual(['secretariat:upr delivered-recorded']);
      const seen = await words.read(slovenia, id);
      expect(seen).toMatchObject({
        text: 'Ratify it',
        sent: 'Ratify it',
        delivered: { wording: 2, text: 'Ratify it soon', status: 'open' },
      });
      for (const who of [slovenia, kenya, world.secretariat]) {
        await expectRefused(ledger, words.hear(who, id), 409, 'wrong-role');
      }
      await words.hear(brazil, id).expect(200);
      const { body } = await words.hear(france, id).expect(200);
      expect(body).toMatchObject({
        text: 'Ratify it soon',
        sent: 'Ratify it',
        delivered: { text: 'Ratify it soon', status: 'adopted' },
      });
      await expectRefused(ledger, words.hear(france, id, false), 409, 'wording-settled');
    });

    it('does not stand where one objects; each says its own word, and may think again', async () => {
      const id = await words.made(france, ['BRA', 'KEN']);
      items.set('6.2', id);
      await words.deliver(world.secretariat, id, 'Ratify it soon').expect(201);
      await words.hear(france, id, false).expect(200);
      await words.hear(brazil, id).expect(200);
      expect((await words.read(slovenia, id)).openWordings).toEqual([2]);
      await words.hear(france, id).expect(200);
      await words.hear(france, id, false).expect(200);
      const { body } = await words.hear(kenya, id).expect(200);
      expect(body).toMatchObject({ text: 'Ratify it', delivered: { status: 'refused' } });
    });

    it('lapses where somebody stays silent: what all agreed to stands', async () => {
      const id = await words.made(france, ['BRA']);
      items.set('6.3', id);
      await words.deliver(world.secretariat, id, 'Misheard').expect(201);
      await words.deliver(world.secretariat, id, 'Ratify it soon').expect(201);
      expect((await words.history(france, id)).map(({ status }) => status)).toEqual([
        'adopted',
        'overtaken',
        'open',
      ]);
      await words.hear(france, id).expect(200);
    });

    it('as it was sent needs nobody', async () => {
      const id = await words.made(france);
      items.set('6.4', id);
      const { body } = await words.deliver(world.secretariat, id, 'Ratify it').expect(201);
      expect(body).toMatchObject({ wording: 1, delivered: { status: 'unchanged' } });
      await expectRefused(ledger, words.hear(france, id), 409, 'wording-settled');
    });
  });

  describe('a State that withdraws', () => {
    it('takes its own name away, and what the others agreed to is not held up', async () => {
      const others = ['BRA', 'KEN', 'NOR', 'CHE', 'JPN', 'ALB', 'THA'];
      const id = await words.made(france, others);
      items.set('6.5', id);
      await words.amend(brazil, id, 'Ratify it now').expect(201);
      for (const state of ['KEN', 'NOR', 'CHE', 'JPN', 'ALB', 'THA']) {
        await words.answer(await world.delegation(state), id, 2).expect(200);
      }
      const trial = await expectUnchanged(ledger, () =>
        france.post(`/v1/recommendations/${id}/withdraw`, {}, { query: { dryRun: true } }),
      );
      expect(trial.body).toMatchObject({ ok: true });
      const { body } = await words.leave(france, id).expect(200);
      expect(body).toMatchObject({ status: 'submitted', text: 'Ratify it now', wording: 2 });
      expect(body.recommendingStates[0]).toEqual({ state: 'FRA', status: 'withdrawn' });
      expect(await words.told(2)).toEqual([
        'state:FRA recommender-withdrawn',
        'procedure wording-adopted',
      ]);
      await expectRefused(ledger, words.leave(france, id), 409, 'wrong-role');
      await expectRefused(ledger, words.confirm(france, id, { wording: 2 }), 409, 'already-given');
    });

    it('does so for itself: nobody else, never the State under review', async () => {
      const id = items.get('6.5')!;
      const drafter = await world.delegation('BRA', 'drafter');
      await expectRefused(ledger, words.leave(drafter, id), 409, 'permission-missing');
      for (const who of [slovenia, world.secretariat, await world.president()]) {
        await expectRefused(ledger, words.leave(who, id), 409, 'wrong-role');
        const as = words.leave(who, id, { as: 'state:BRA' });
        await expectRefused(ledger, as, 409, 'wrong-role');
      }
    });

    it('last, makes it fall; its label is free, and it is answered no more', async () => {
      const id = await words.made(france, ['BRA']);
      await words.label([[id, '6.9']]).expect(200);
      await words.leave(brazil, id).expect(200);
      expect((await words.read(slovenia, id)).status).toBe('submitted');
      await world.position(slovenia, id, 'noted');
      const { body } = await words.leave(france, id).expect(200);
      expect(body).toMatchObject({ status: 'withdrawn', label: null });
      expect(await words.told(2)).toEqual([
        'state:FRA recommender-withdrawn',
        'procedure recommendation-fallen',
      ]);
      const put = slovenia.put(
        `/v1/recommendations/${id}/position`,
        { position: 'noted' },
        { version: 1 },
      );
      await expectRefused(ledger, put, 409, 'wrong-stage');
      const give = slovenia.post(`/v1/reviews/${words.review}/positions`, {});
      await expectRefused(ledger, give, 409, 'nothing-to-submit');
      await expectRefused(ledger, words.label([[id, '6.9']]), 422, 'unknown-recommendation');
      expect(await words.allowed(france, id)).toEqual([]);
    });

    it('leaves it to those who were named and may still confirm; unconfirmed it falls too', async () => {
      const kept = await world.recommend(france, words.review, 'Consider it', ['BRA']);
      const dropped = await world.recommend(france, words.review, 'Think of it', ['BRA']);
      items.set('6.6', kept).set('dropped', dropped);
      for (const id of [kept, dropped]) {
        expect((await words.leave(france, id).expect(200)).body.status).toBe('submitted');
      }
      await words.confirm(brazil, kept).expect(200);
    });
  });

  it('the report is adopted with what all agreed to, and the record tells how it came about', async () => {
    const bare = await world.secretariat
      .get(`/v1/reviews/${words.review}/recommendations`, { limit: 200, status: 'submitted' })
      .expect(200);
    const known = new Map([...items].map(([label, id]) => [id, label]));
    known.delete(items.get('dropped')!);
    const all = (bare.body as { items: { id: string }[] }).items.map(({ id }) => id);
    const labels = all
      .filter((id) => id !== items.get('dropped'))
      .map((id, n) => [id, known.get(id) ?? `9.${n}`] as const);
    await words.label(labels).expect(200);
    await world.file(world.secretariat, words.review, { kind: 'working-group-report' });
    await signOff(world, words.review);
    await world.at('2027-05-05T15:00:00Z');
    const moved = await world.move(await world.president(), words.review, 'adopt-report');
    expect(moved.body.status).toBe('wg-adopted');
    expect((await words.read(slovenia, items.get('dropped')!)).status).toBe('withdrawn');
    const record = await words.published<Published>('recommendations');
    const of = (label: string) => record.find((each) => each.label === label)!;
    expect(of('6.1')).toMatchObject({
      text: 'Ratify it soon',
      versions: [
        { n: 1, kind: 'made', by: 'state:FRA', text: 'Ratify it' },
        { n: 2, kind: 'delivered', by: 'secretariat:upr', text: 'Ratify it soon' },
      ],
      delivered: { text: 'Ratify it soon', status: 'adopted' },
    });
    const sent = { text: 'Ratify it', delivered: { text: 'Ratify it soon' } };
    expect(of('6.2')).toMatchObject({ ...sent, delivered: { status: 'refused' } });
    expect(of('6.3')).toMatchObject({ ...sent, delivered: { status: 'lapsed' } });
    expect(of('6.3').versions).toBeUndefined();
    expect(of('6.4').delivered).toEqual({ text: 'Ratify it', status: 'unchanged' });
    expect(of('6.5')).toMatchObject({
      recommendingStates: ['ALB', 'BRA', 'CHE', 'JPN', 'KEN', 'NOR', 'THA'],
      withdrawnBy: ['FRA'],
      text: 'Ratify it now',
    });
    expect(of('6.6')).toMatchObject({ recommendingStates: ['BRA'], withdrawnBy: ['FRA'] });
    const [page] = await words.published<{ withdrawnRecommendations: { by: string[] }[] }>(
      'proceedings',
    );
    expect(page!.withdrawnRecommendations.map(({ by }) => by)).toEqual([['BRA', 'FRA'], ['FRA']]);
    expect(record.some(({ text }) => text === 'Think of it')).toBe(false);
    // Who is left of the States is listed under the recommendation, who left is not.
    const ofFrance = await words.published<Published>('recommendations', {
      recommendingState: 'FRA',
    });
    expect(ofFrance.map(({ label }) => label)).not.toContain('6.5');
    const late = words.leave(brazil, items.get('6.6')!);
    const facts = { status: 'adopted' };
    await expectRefused(ledger, late, 409, 'wrong-stage', { facts });
  });

  it('leaves nobody under words that they did not agree to', async () => {
    expect(await words.unfounded()).toEqual([]);
  });
});
