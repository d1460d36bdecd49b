import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { draftOf } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';
import { Words } from './words.js';

/** The list circulated to all States, and a draft report that each of the troika signs off. */
describe('before the report is adopted', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let review: string;
  let france: Client;
  let albania: Client;
  let brazil: Client;
  let norway: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    words = new Words(world, ledger, review);
    [france, albania, brazil, norway, slovenia] = [
      await world.delegation('FRA'),
      await world.delegation('ALB'),
      await world.delegation('BRA'),
      await world.delegation('NOR'),
      await world.delegation('SVN'),
    ];
    await world.reach(review, 'SVN', 'ready');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const circulate = (who: Client, query = {}) =>
    who.post(`/v1/reviews/${review}/circulations`, undefined, { query });
  const sign = (who: Client, draft: object) => who.post(`/v1/reviews/${review}/sign-offs`, draft);
  const offered = async (who: Client, name: string) => {
    const { body } = await who.get(`/v1/reviews/${review}`).expect(200);
    const { actions } = body as { actions: { action: string }[] };
    return actions.find(({ action }) => action === name);
  };
  const duties = async (who: Client): Promise<string[]> => {
    const { body } = await who.get('/v1/me/duties').expect(200);
    return (body as { items: { deadline: string }[] }).items.map(({ deadline }) => deadline);
  };
  const deadline = async (key: string) => {
    const url = `/v1/reviews/${review}/deadlines`;
    const { body } = await world.secretariat.get(url).expect(200);
    return (body as { items: { key: string }[] }).items.find((each) => each.key === key);
  };
  const missing = async (): Promise<object> => {
    const { body } = await world.move(await world.president(), review, 'adopt-report');
    return body as object;
  };

  it('there is a list to circulate, and a draft to sign off, only after the dialogue', async () => {
    const during = { facts: { status: 'ready', during: ['reviewed'] } };
    await expectRefused(ledger, circulate(world.secretariat), 409, 'wrong-stage', during);
    const draft = { documentId: review, version: 1 };
    await expectRefused(ledger, sign(norway, draft), 409, 'wrong-stage', during);
    const kept = await words.made(france, ['BRA']);
    const left = await words.made(france);
    await world.reach(review, 'SVN', 'reviewed');
    await words.leave(france, left).expect(200);
    await words.label([[kept, '6.1']]).expect(200);
    await expectRefused(ledger, sign(norway, draft), 409, 'documents-missing');
    expect(await deadline('list-of-recommendations')).toMatchObject({
      due: '2027-05-05T10:30:00.000Z',
      owedBy: 'secretariat',
    });
    expect(await deadline('draft-report')).toMatchObject({ dueLocal: '2027-05-10T17:00' });
    expect(await deadline('troika-sign-off')).toMatchObject({ dueLocal: '2027-05-10T18:00' });
    expect(await duties(world.secretariat)).toEqual(
      expect.arrayContaining(['list-of-recommendations', 'draft-report']),
    );
    for (const who of [albania, brazil, norway]) {
      expect(await duties(who)).toEqual(['troika-sign-off']);
    }
    for (const who of [france, slovenia])
      expect(await duties(who)).not.toContain('troika-sign-off');
  });

  it('the secretariat circulates the list: which wording of what stands then', async () => {
    for (const who of [slovenia, norway, await world.president()]) {
      await expectRefused(ledger, circulate(who), 409, 'wrong-role');
    }
    const drafter = await world.person('secretariat:upr', 'drafter');
    await expectRefused(ledger, circulate(drafter), 409, 'permission-missing');
    const { head } = await world.organization('Watch');
    await expectRefused(ledger, circulate(head), 409, 'wrong-role');
    const trial = await expectUnchanged(ledger, () =>
      circulate(world.secretariat, { dryRun: true }),
    );
    expect(trial.body).toMatchObject({ ok: true });
    expect(await offered(world.secretariat, 'circulate:list')).toEqual({
      action: 'circulate:list',
      allowed: true,
      because: null,
      deadline: '2027-05-05T10:30:00.000Z',
    });
    const { body } = await circulate(world.secretariat).expect(201);
    expect(body).toMatchObject({ n: 1, by: 'secretariat:upr' });
    const [only, ...more] = body.recommendations as { recommendationId: string }[];
    expect([only, more]).toEqual([{ recommendationId: expect.any(String), wording: 1 }, []]);
    expect(await words.told()).toEqual(['secretariat:upr list-circulated']);
    expect(await deadline('list-of-recommendations')).toMatchObject({ status: 'met' });
    expect(await duties(world.secretariat)).not.toContain('list-of-recommendations');
    // What changes from here on shows against it, and another list may follow.
    await words.amend(france, only!.recommendationId, 'Ratify it now').expect(201);
    await words.answer(brazil, only!.recommendationId, 2).expect(200);
    await circulate(world.secretariat).expect(201);
    for (const who of [slovenia, france]) {
      const lists = await who.get(`/v1/reviews/${review}/circulations`).expect(200);
      const wordings = (lists.body.items as { recommendations: { wording: number }[] }[]).map(
        ({ recommendations }) => recommendations.map(({ wording }) => wording),
      );
      expect(wordings).toEqual([[1], [2]]);
    }
    const none = await head.get(`/v1/reviews/${review}/circulations`).expect(200);
    expect(none.body.items).toEqual([]);
  });

  it('each rapporteur signs off the draft as it stands, for itself', async () => {
    await world.at('2027-05-05T15:00:00Z');
    expect(await missing()).toMatchObject({ code: 'documents-missing' });
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    expect(await deadline('draft-report')).toMatchObject({ status: 'met' });
    const draft = await draftOf(world, review);
    for (const who of [slovenia, france, world.secretariat, await world.president()]) {
      await expectRefused(ledger, sign(who, draft), 409, 'wrong-role');
      expect(await offered(who, 'sign-off:report')).toMatchObject({ because: 'wrong-role' });
    }
    const another = { facts: draft };
    const wrong = sign(norway, { ...draft, version: 2 });
    await expectRefused(ledger, wrong, 409, 'draft-changed', another);
    const other = sign(norway, { ...draft, documentId: review });
    await expectRefused(ledger, other, 409, 'draft-changed', another);
    const drafter = await world.delegation('NOR', 'drafter');
    await expectRefused(ledger, sign(drafter, draft), 409, 'permission-missing');
    expect(await missing()).toMatchObject({ code: 'sign-offs-missing', facts: { value: 3 } });
    const { body } = await sign(norway, draft).expect(201);
    expect(body).toMatchObject({ ...draft, side: 'state:NOR', circulation: 2 });
    await expectRefused(ledger, sign(norway, draft), 409, 'already-given', another);
    expect(await offered(norway, 'sign-off:report')).toMatchObject({ because: 'already-given' });
    expect(await duties(norway)).toEqual([]);
    expect(await duties(albania)).toEqual(['troika-sign-off']);
    await sign(brazil, draft).expect(201);
    expect(await missing()).toMatchObject({ code: 'sign-offs-missing', facts: { value: 1 } });
    await sign(albania, draft).expect(201);
    expect(await deadline('troika-sign-off')).toMatchObject({ status: 'met' });
    const entry = (await ledger.journal(review, 'committee')).at(-1)!;
    expect(entry).toMatchObject({ what: 'report-signed-off', by: 'state:ALB', facts: draft });
  });

  it('who has signed is seen by the troika, the secretariat and the president alone', async () => {
    const signed = async (who: Client): Promise<string[]> => {
      const { body } = await who.get(`/v1/reviews/${review}/sign-offs`).expect(200);
      return (body as { items: { side: string }[] }).items.map(({ side }) => side);
    };
    const all = ['state:NOR', 'state:BRA', 'state:ALB'];
    for (const who of [norway, world.secretariat, await world.president()]) {
      expect((await signed(who)).toSorted()).toEqual(all.toSorted());
    }
    for (const who of [slovenia, france]) expect(await signed(who)).toEqual([]);
  });

  it('another version of the draft is signed off anew', async () => {
    const { documentId } = await draftOf(world, review);
    const url = `/v1/documents/${documentId}`;
    const { version } = (await world.secretariat.get(url).expect(200)).body as { version: number };
    const begun = await world.secretariat
      .post(`${url}/versions`, { reason: 'A page was missing' }, { version })
      .expect(201);
    const sent = await world.secretariat
      .upload(`${url}/content`, 'What was said, and one page more.', {
        version: (begun.body as { version: number }).version,
      })
      .expect(200);
    // Until it is handed in, the one before stands.
    expect(await duties(norway)).toEqual([]);
    await world.secretariat
      .post(`${url}/submit`, undefined, { version: (sent.body as { version: number }).version })
      .expect(200);
    expect(await missing()).toMatchObject({ code: 'sign-offs-missing', facts: { value: 3 } });
    expect(await duties(norway)).toEqual(['troika-sign-off']);
    const draft = await draftOf(world, review);
    expect(draft.version).toBe(2);
    for (const who of [norway, brazil, albania]) await sign(who, draft).expect(201);
  });

  it('a list that changed since is circulated and signed off anew', async () => {
    const draft = await draftOf(world, review);
    const list = await france.get(`/v1/reviews/${review}/recommendations`).expect(200);
    const [{ id }] = (list.body as { items: [{ id: string }] }).items;
    await words.amend(france, id, 'Ratify it at once').expect(201);
    await words.answer(brazil, id, 3).expect(200);
    expect(await missing()).toMatchObject({ code: 'list-not-circulated' });
    await expectRefused(ledger, sign(norway, draft), 409, 'list-not-circulated');
    expect(await duties(norway)).toEqual([]);
    await circulate(world.secretariat).expect(201);
    expect(await missing()).toMatchObject({ code: 'sign-offs-missing', facts: { value: 3 } });
    expect(await duties(norway)).toEqual(['troika-sign-off']);
    for (const who of [norway, brazil, albania]) await sign(who, draft).expect(201);
  });

  it('a vacant seat has not signed', async () => {
    const seat = (is: string, was: string) =>
      ledger.rows(
        `UPDATE casework.participant p SET role = $2 FROM identity.principal q
         WHERE q.id = p.principal_id AND q.key = 'state:ALB' AND p.proceeding_id = $1
           AND p.role = $3`,
        [review, is, was],
      );
    await seat('left', 'rapporteur');
    expect(await missing()).toMatchObject({ code: 'sign-offs-missing', facts: { value: 1 } });
    await seat('rapporteur', 'left');
    const draft = await draftOf(world, review);
    expect(await missing()).toMatchObject({ status: 'wg-adopted' });
    const during = { facts: { status: 'wg-adopted', during: ['reviewed'] } };
    await expectRefused(ledger, sign(norway, draft), 409, 'wrong-stage', during);
    await expectRefused(ledger, circulate(world.secretariat), 409, 'wrong-stage', during);
  });
});
