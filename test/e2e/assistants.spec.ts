import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { regionalBody } from '../factories/assisting.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

interface Assistant {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly organization: string;
  readonly actions: { action: string; because: string | null }[];
}

interface Draft {
  readonly id: string;
  readonly version: number;
}

/** A regional organization helps a State to prepare its review, and nothing else. */
describe('an assistant of the State under review', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let other: string;
  let tuvalu: Client;
  let forum: { id: string; side: string; head: Client };
  let helper: Client;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('TUV');
    other = await world.review('KEN', { number: 51 });
    tuvalu = await world.delegation('TUV');
    forum = await regionalBody(world, 'Forum of the Islands');
    helper = await world.person(forum.side, 'drafter');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = () => `/v1/reviews/${review}/assistants`;
  const name = (who: Client, organization = forum.id, id = review) =>
    who.post(`/v1/reviews/${id}/assistants`, { organization });
  const seen = async (who: Client): Promise<Assistant[]> =>
    ((await who.get(url()).expect(200)).body as { items: Assistant[] }).items;
  const latest = async (): Promise<Assistant> => (await seen(tuvalu)).at(-1)!;
  const act = async (who: Client, verb: 'accept' | 'end') => {
    const { id, version } = await latest();
    return who.post(`/v1/assistants/${id}/${verb}`, undefined, { version });
  };
  const begin = (who: Client, kind: string, id = review) =>
    who.post(`/v1/reviews/${id}/documents`, { kind, title: 'A draft' });

  it('is named by whoever manages its delegation, and must be a regional body', async () => {
    const drafter = await world.delegation('TUV', 'drafter');
    await expectRefused(ledger, name(drafter), 409, 'permission-missing');
    for (const who of [world.secretariat, await world.delegation('FRA'), forum.head]) {
      await expectRefused(ledger, name(who), 409, 'wrong-role');
    }
    const ngo = await world.organization('Watch');
    for (const id of [NOBODY, ngo.id]) {
      const facts = { side: `organization:${id}`, needs: 'regional-body' };
      await expectRefused(ledger, name(tuvalu, id), 422, 'unknown-side', { facts });
    }
    const { body } = await name(tuvalu).expect(201);
    expect(body).toMatchObject({
      side: 'state:TUV',
      organization: forum.side,
      name: 'Forum of the Islands',
      status: 'named',
    });
    await expectRefused(ledger, name(tuvalu), 409, 'already-exists');
    // Nobody learns of it but the State, its secretariat, and who was named.
    for (const who of [tuvalu, world.secretariat, forum.head])
      expect(await seen(who)).toHaveLength(1);
    for (const who of [ngo.head, await world.delegation('FRA')])
      expect(await seen(who)).toEqual([]);
  });

  it('helps when it has accepted, and not before', async () => {
    await expectRefused(ledger, begin(helper, 'national-report'), 409, 'wrong-role');
    await expectRefused(ledger, act(helper, 'accept'), 409, 'permission-missing');
    await expectRefused(ledger, act(tuvalu, 'accept'), 409, 'wrong-role');
    const { id } = await latest();
    const stale = forum.head.post(`/v1/assistants/${id}/accept`, undefined, { version: 7 });
    await expectRefused(ledger, stale, 412, 'stale');
    expect((await act(forum.head, 'accept')).body).toMatchObject({ status: 'accepted' });
    expect((await act(forum.head, 'accept')).body).toMatchObject({ code: 'already-given' });
  });

  it('prepares what the State hands in', async () => {
    const { body } = await begin(helper, 'national-report').expect(201);
    const { id, version, side } = body as { id: string; version: number; side: string };
    expect(side).toBe('state:TUV');
    const text = 'What the State has done';
    const put = await helper.upload(`/v1/documents/${id}/content`, text, { version }).expect(200);
    const read = { version: (put.body as { version: number }).version };
    const submit = (who: Client) => who.post(`/v1/documents/${id}/submit`, undefined, read);
    await expectRefused(ledger, submit(helper), 409, 'permission-missing');
    await expectRefused(ledger, submit(forum.head), 409, 'permission-missing');
    await submit(tuvalu).expect(200);
    // On the journal the State acts; by whom, the sealed author tells.
    const entries = await ledger.journal(review, 'desk:state:TUV');
    const { body: me } = await helper.get('/v1/me').expect(200);
    expect(entries.some(({ author }) => author === (me as { accountId: string }).accountId)).toBe(
      true,
    );
  });

  it('is the State nowhere else, and manages nothing for it', async () => {
    await expectRefused(ledger, begin(helper, 'national-report', other), 409, 'wrong-role');
    const recommend = { text: 'Ratify it' };
    for (const id of [review, other]) {
      const made = helper.post(`/v1/reviews/${id}/recommendations`, recommend);
      await expectRefused(ledger, made, 409, 'wrong-role');
    }
    const { body } = await helper.get('/v1/me').expect(200);
    expect((body as { seats: { side: string }[] }).seats.map(({ side }) => side)).toEqual([
      forum.side,
    ]);
    const people = await helper.get('/v1/memberships').expect(200);
    expect(JSON.stringify(people.body)).not.toContain('state:TUV');
    await expectRefused(ledger, name(forum.head), 409, 'permission-missing');
  });

  it('reads what its State reads there, and of no other proceeding of that State', async () => {
    const granted = (side: string, id: string) =>
      ledger.rows<{ compartment: string }>(
        `SELECT a.compartment FROM casework.access a JOIN identity.principal p
         ON p.id = a.principal_id WHERE a.proceeding_id = $2 AND p.key = $1 ORDER BY 1`,
        [side, id],
      );
    const own = ({ compartment }: { compartment: string }) => compartment.endsWith(forum.side);
    const helping = (await granted(forum.side, review)).filter((row) => !own(row));
    expect(helping).toEqual(await granted('state:TUV', review));
    const kenya = await world.delegation('KEN');
    await begin(kenya, 'national-report', other).expect(201);
    expect(await granted(forum.side, other)).toEqual([]);
  });

  it('does not speak for itself where it helps', async () => {
    const facts = { assists: 'state:TUV' };
    for (const who of [helper, forum.head]) {
      const own = begin(who, 'stakeholder-submission');
      await expectRefused(ledger, own, 409, 'conflict-of-interest', { facts });
    }
    await begin(helper, 'stakeholder-submission', other).expect(201);
  });

  it('is sent away at once, by either side, and what it prepared stays', async () => {
    await expectRefused(ledger, act(helper, 'end'), 409, 'permission-missing');
    const { body } = await begin(helper, 'addendum');
    expect(body).toMatchObject({ code: 'wrong-stage' });
    expect((await act(tuvalu, 'end')).body).toMatchObject({ status: 'ended' });
    await expectRefused(ledger, begin(helper, 'national-report'), 409, 'wrong-role');
    const list = await helper.get(`/v1/reviews/${review}/documents`).expect(200);
    expect((list.body as { items: object[] }).items).toEqual([]);
    expect((await act(tuvalu, 'end')).body).toMatchObject({ code: 'already-given' });
    // It has read the State’s drafts: it files nothing of its own here any more.
    const own = begin(helper, 'stakeholder-submission');
    await expectRefused(ledger, own, 409, 'conflict-of-interest');
  });

  it('can’t accept where it has something of its own before the same review', async () => {
    const league = await regionalBody(world, 'League of the Atolls');
    const draft = (await begin(league.head, 'stakeholder-submission').expect(201)).body as Draft;
    await name(tuvalu, league.id).expect(201);
    const { id, version } = draft;
    const text = 'What the league has seen';
    const put = await league.head.upload(`/v1/documents/${id}/content`, text, { version });
    const read = { version: (put.body as Draft).version };
    const submit = () => league.head.post(`/v1/documents/${id}/submit`, undefined, read);
    // A draft is nobody's business yet; whoever helps hands it in no more.
    const rehearsal = { version: 1, query: { dryRun: true } };
    const { id: named } = await latest();
    const tried = await league.head.post(`/v1/assistants/${named}/accept`, undefined, rehearsal);
    expect(tried.body).toMatchObject({ ok: true });
    await submit().expect(200);
    const facts = { assists: 'state:TUV' };
    const accepting = act(league.head, 'accept');
    await expectRefused(ledger, accepting, 409, 'conflict-of-interest', { facts });
    expect((await act(league.head, 'end')).body).toMatchObject({ status: 'declined' });
    const told = (await ledger.journal(review, 'filed:state:TUV')).map(({ what, by }) => [
      what,
      by,
    ]);
    expect(told.filter(([what]) => what!.startsWith('assist'))).toEqual([
      ['assistant-named', 'state:TUV'],
      ['assistant-accepted', forum.side],
      ['assistance-ended', 'state:TUV'],
      ['assistant-named', 'state:TUV'],
      ['assistant-declined', league.side],
    ]);
  });
});
