import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY, statusesOf } from './asking.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';
import { Words } from './words.js';

/** How the text of a recommendation changes: in public, and with the agreement of all whose it is. */
describe('the text of a recommendation', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let france: Client;
  let brazil: Client;
  let kenya: Client;
  let slovenia: Client;
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

  it('changes when all States that confirmed it agree, and is told with who proposed it', async () => {
    const id = await words.made(france, ['BRA', 'KEN']);
    const proposed = await words.amend(brazil, id, 'Ratify it now').expect(201);
    expect(proposed.body).toMatchObject({ text: 'Ratify it', wording: 1, openWordings: [2] });
    expect(await words.told()).toEqual(['state:BRA amendment-proposed']);
    expect((await words.answer(france, id, 2).expect(200)).body.text).toBe('Ratify it');
    const { body } = await words.answer(kenya, id, 2).expect(200);
    expect(body).toMatchObject({ text: 'Ratify it now', wording: 2, sent: 'Ratify it' });
    expect(await words.told(2)).toEqual([
      'state:KEN wording-accepted',
      'procedure wording-adopted',
    ]);
    const entry = (await ledger.journal(words.review, 'parties')).at(-1)!;
    expect(entry.facts).toEqual({ recommendationId: id, wording: 2 });
    // Everybody who sees the recommendation sees how it came about.
    for (const who of [france, slovenia, world.secretariat, await world.president()]) {
      expect(await words.history(who, id)).toMatchObject([
        { n: 1, kind: 'made', by: 'state:FRA', texts: ['Ratify it'], replaces: null },
        { n: 2, kind: 'amendment', by: 'state:BRA', status: 'adopted', replaces: 1 },
      ]);
    }
    const [, second] = await words.history(slovenia, id);
    expect(second).toMatchObject({
      reason: 'A word was missing',
      answers: [
        { state: 'BRA', accepted: true },
        { state: 'FRA', accepted: true },
        { state: 'KEN', accepted: true },
      ],
    });
    expect(JSON.stringify(await ledger.journal(words.review))).not.toContain('Ratify it now');
  });

  it('of eight States waits for each of them', async () => {
    const others = ['BRA', 'KEN', 'NOR', 'CHE', 'JPN', 'ALB', 'THA'];
    const id = await words.made(france, others);
    await words.amend(france, id, 'Ratify it now').expect(201);
    for (const state of others) {
      expect((await words.read(slovenia, id)).wording).toBe(1);
      await words.answer(await world.delegation(state), id, 2).expect(200);
    }
    expect((await words.read(slovenia, id)).text).toBe('Ratify it now');
  });

  it('of one State changes at its word', async () => {
    const id = await words.made(kenya);
    const { body } = await words.amend(kenya, id, 'Ratify it now').expect(201);
    expect(body).toMatchObject({ text: 'Ratify it now', wording: 2, openWordings: [] });
  });

  it('stays when one State refuses; who agreed may think again until then', async () => {
    const id = await words.made(france, ['BRA', 'KEN']);
    await words.amend(france, id, 'Ratify it now').expect(201);
    await words.answer(brazil, id, 2).expect(200);
    const again = words.answer(brazil, id, 2);
    const facts = { wording: 2, accepted: true };
    await expectRefused(ledger, again, 409, 'already-given', { facts });
    const { body } = await words.answer(brazil, id, 2, false).expect(200);
    expect(body).toMatchObject({ text: 'Ratify it', wording: 1, openWordings: [] });
    expect(await words.told()).toEqual(['state:BRA wording-refused']);
    const late = words.answer(kenya, id, 2);
    await expectRefused(ledger, late, 409, 'wording-settled', { facts: { status: 'refused' } });
  });

  it('is proposed against the text that stands: another that is adopted overtakes it', async () => {
    const id = await words.made(france, ['BRA']);
    await words.amend(france, id, 'Ratify it now').expect(201);
    await words.amend(brazil, id, 'Ratify it soon').expect(201);
    const hold = await ledger.hold('SELECT FROM casework.proceeding WHERE id = $1 FOR UPDATE', [
      words.review,
    ]);
    const calls = statusesOf([words.answer(brazil, id, 2), words.answer(france, id, 3)]);
    await hold.queue(2);
    await hold.release();
    expect(await calls).toEqual([200, 409]);
    const statuses = (await words.history(france, id)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['adopted', 'adopted', 'overtaken']);
  });

  it('is confirmed by a State as it stands, not as it once stood', async () => {
    const id = await world.recommend(france, words.review, 'Ratify it', ['BRA', 'KEN']);
    await words.amend(france, id, 'Ratify it now').expect(201);
    const facts = { given: 1, wording: 2 };
    const old = words.confirm(brazil, id);
    await expectRefused(ledger, old, 409, 'wording-changed', { facts });
    await words.confirm(brazil, id, { wording: 2 }).expect(200);
    // Whoever has not confirmed yet is not asked, and who is not asked cannot answer.
    await words.amend(brazil, id, 'Ratify it soon').expect(201);
    await expectRefused(ledger, words.answer(kenya, id, 3), 409, 'wrong-role');
    await words.answer(france, id, 3).expect(200);
    await words.confirm(kenya, id, { confirm: false, wording: 1 }).expect(200);
  });

  it('is corrected by the secretariat only as a proposal, which is marked and can be refused', async () => {
    const id = await words.made(france, ['BRA']);
    const office = world.secretariat;
    await words.amend(office, id, 'Ratify it.').expect(201);
    expect((await words.history(france, id))[1]).toMatchObject({
      kind: 'editorial',
      by: 'secretariat:upr',
      answers: [],
    });
    await expectRefused(ledger, words.answer(office, id, 2), 409, 'wrong-role');
    await words.answer(france, id, 2).expect(200);
    expect((await words.answer(brazil, id, 2, false).expect(200)).body.wording).toBe(1);
    await words.amend(office, id, 'Ratify it!').expect(201);
    await words.answer(france, id, 3).expect(200);
    expect((await words.answer(brazil, id, 3).expect(200)).body.text).toBe('Ratify it!');
  });

  it('as proposed is read by those whose it is alone, until all of them have agreed', async () => {
    const id = await words.made(france, ['BRA', 'KEN'], 'Consider it');
    const other = await words.made(france, [], 'Review it');
    await words.amend(france, id, 'Consider it now').expect(201);
    const office = world.secretariat;
    const others = [slovenia, await world.president(), await world.delegation('NOR'), office];
    for (const who of others) {
      expect(await words.history(who, id)).toMatchObject([{ n: 1 }]);
      expect(await words.read(who, id)).toMatchObject({ text: 'Consider it', openWordings: [] });
      await expectRefused(ledger, words.answer(who, id, 2), 409, 'wrong-role');
    }
    for (const who of [france, brazil, kenya]) {
      expect(await words.history(who, id)).toMatchObject([{ n: 1 }, { n: 2, status: 'open' }]);
    }
    // What it may not see is in nobody's way.
    await words.amend(office, id, 'Consider it.').expect(201);
    expect((await words.read(office, id)).openWordings).toEqual([3]);
    await words.answer(brazil, id, 2).expect(200);
    await words.answer(kenya, id, 2, false).expect(200);
    expect(await words.history(office, id)).toMatchObject([{ n: 1 }, { n: 3 }]);
    expect(await words.history(slovenia, id)).toMatchObject([{ n: 1 }]);
    await words.amend(france, other, 'Review it now').expect(201);
    expect(await words.history(slovenia, other)).toMatchObject([{ n: 1 }, { n: 2 }]);
  });

  it('is read anew, once it stands, by who says what it is about', async () => {
    const id = await words.made(france, [], 'Ratify the Convention against Torture');
    const before = (await words.read(france, id)).classification!;
    await words.amend(france, id, 'Consider training the police').expect(201);
    const after = (await words.read(slovenia, id)).classification!;
    expect(after.category.codes).not.toEqual(before.category.codes);
  });

  it('is changed by nobody else, never by the State under review', async () => {
    const id = await words.made(france, ['BRA']);
    await words.amend(france, id, 'Ratify it now').expect(201);
    const { head } = await world.organization('Watch');
    const president = await world.president();
    for (const who of [slovenia, kenya, president]) {
      const amending = words.amend(who, id, 'Consider it');
      await expectRefused(ledger, amending, 409, 'wrong-role');
      await expectRefused(ledger, words.answer(who, id, 2), 409, 'wrong-role');
      expect(await words.allowed(who, id)).toEqual([]);
    }
    const drafter = await world.delegation('FRA', 'drafter');
    const facts = { permission: 'submit' };
    const prepared = words.amend(drafter, id, 'Consider it');
    await expectRefused(ledger, prepared, 409, 'permission-missing', { facts });
    const url = `/v1/recommendations/${id}/amendments`;
    await expectRefused(ledger, head.get(url), 404, 'not-found');
    await expectRefused(ledger, words.answer(france, id, 9), 404, 'not-found');
    await expectRefused(ledger, words.answer(france, NOBODY, 2), 404, 'not-found');
    expect(await words.allowed(france, id)).toEqual(
      expect.arrayContaining(['amend', 'answer', 'withdraw']),
    );
  });

  it('is proposed for the version that was read, in words that differ, with a reason', async () => {
    const id = await words.made(france);
    const url = `/v1/recommendations/${id}/amendments`;
    const body = { text: 'Ratify it now', reason: 'A word was missing' };
    await expectRefused(ledger, france.post(url, body), 428, 'version-required');
    await expectRefused(ledger, france.post(url, body, { version: 99 }), 412, 'stale');
    const same = words.amend(france, id, '  Ratify it ');
    await expectRefused(ledger, same, 422, 'text-unchanged', { facts: { wording: 1 } });
    for (const wrong of [{ text: 'no' }, { reason: ' ' }, { reason: undefined }]) {
      const call = words.amend(france, id, 'Ratify it now', wrong);
      await expectRefused(ledger, call, 422, 'invalid-content');
    }
    const { version } = await words.read(france, id);
    const trial = await expectUnchanged(ledger, () =>
      france.post(url, body, { version, query: { dryRun: true } }),
    );
    expect(trial.body).toEqual({ ok: true, refusals: [], deadlines: [] });
    const draft = await france.post(`/v1/reviews/${words.review}/recommendations`, {
      text: 'A draft',
    });
    const early = words.amend(france, (draft.body as { id: string }).id, 'Another draft');
    await expectRefused(ledger, early, 409, 'wrong-stage', { facts: { status: 'draft' } });
  });

  it('names the side where one person could propose for two', async () => {
    const id = await words.made(france, ['BRA']);
    const { body: me } = await france.get('/v1/me').expect(200);
    const { email } = me as { email: string };
    const seat = { email, side: 'state:BRA', role: 'officer' };
    await brazil.post('/v1/memberships', seat).expect(201);
    const both = words.amend(france, id, 'Ratify it now');
    const facts = { sides: ['state:FRA', 'state:BRA'] };
    const { body } = await expectRefused(ledger, both, 409, 'side-ambiguous');
    expect((body as { facts: typeof facts }).facts.sides.toSorted()).toEqual(
      facts.sides.toSorted(),
    );
    await words.amend(france, id, 'Ratify it now', { as: 'state:BRA' }).expect(201);
    expect((await words.history(france, id))[1]).toMatchObject({ by: 'state:BRA' });
  });

  it('leaves nobody under words that they did not agree to', async () => {
    expect(await words.unfounded()).toEqual([]);
  });
});
