import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Questions } from '../factories/asking-questions.js';
import { Lists, OPENS, type Listed } from '../factories/speaking.js';
import { allTold, startWorker } from '../factories/telling.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { begun, upload } from './filing.js';
import { ask, handIn, partnersFor } from './joint.js';
import { Ledger } from './ledger.js';
import { Words } from './words.js';

interface Notice {
  readonly event: string;
  readonly urgency: string;
  readonly proceeding: { readonly state: string };
  readonly text: { readonly sentence: string };
}

/** Who is asked for something is told so, and who asked is told the answer; nobody else is told either. */
describe('whoever is asked for something', () => {
  let world: World;
  let ledger: Ledger;
  let worker: INestApplicationContext;
  let review: string;
  let words: Words;
  let lists: Lists;
  /** Everybody who could be told. */
  let cast: Record<string, Client>;
  const who = (name: string): Client => cast[name]!;
  beforeAll(async () => {
    world = await World.build('2026-10-03T09:30:00Z');
    ledger = await Ledger.open(world.api);
    worker = await startWorker(world);
    const states = ['SVN', 'FRA', 'KEN', 'CHE', 'MEX', 'ALB', 'BRA', 'NOR', 'PRT', 'EST'];
    cast = { office: world.secretariat, president: await world.president() };
    for (const state of states) cast[state] = await world.delegation(state);
    for (const state of ['FRA', 'KEN'])
      cast[`${state} officer`] = await world.delegation(state, 'officer');
    review = await world.review('SVN');
    words = new Words(world, ledger, review);
    lists = new Lists(world, review);
  }, 60_000);
  afterAll(async () => {
    await worker?.close();
    await ledger?.close();
    await world?.stop();
  });

  const inbox = async (name: string): Promise<Notice[]> => {
    const { body } = await who(name).get('/v1/notices', { limit: 200 }).expect(200);
    return (body as { items: Notice[] }).items;
  };
  /** Who of all was told of an event so far, and how often. */
  async function told(event: string, state = 'SVN'): Promise<Record<string, number>> {
    await allTold(async () => {
      const pending = 'SELECT count(*)::int AS left FROM journal.pending';
      return (await ledger.row<{ left: number }>(pending)).left;
    });
    const all: Record<string, number> = {};
    for (const name of Object.keys(cast)) {
      const of = (await inbox(name)).filter((each) => each.event === event);
      const times = of.filter(({ proceeding }) => proceeding.state === state).length;
      if (times > 0) all[name] = times;
    }
    return all;
  }
  const once = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 1]));
  /** Who of all reads an entry of the journal about it. */
  async function readers(what: string): Promise<string[]> {
    const reading: string[] = [];
    for (const name of Object.keys(cast)) {
      const url = `/v1/reviews/${review}/journal`;
      const { body } = await who(name).get(url, { limit: 200 }).expect(200);
      const { items } = body as { items: { body: string }[] };
      if (items.some((each) => each.body.includes(`"${what}"`))) reading.push(name);
    }
    return reading;
  }
  const INVITED = ['KEN', 'CHE', 'KEN officer'];

  it('to ask in advance together: learns it, and who asked learns the answer', async () => {
    const questions = new Questions(review);
    const [asked] = await questions.filed(who('FRA'), ['Why?', 'When?'], { with: ['KEN', 'CHE'] });
    expect(await told('invited-to-ask')).toEqual(once(...INVITED));
    expect((await readers('invited-to-ask')).toSorted()).toEqual(INVITED.toSorted());
    const entry = (await ledger.journal(review, 'desk:state:CHE')).at(-1)!;
    expect(entry).toMatchObject({ what: 'invited-to-ask', by: 'recommendingState' });
    expect(entry.facts).toEqual({ filingId: asked!.filingId, questions: 2, asked: ['state:CHE'] });
    const [notice] = await inbox('CHE');
    expect(notice!.text.sentence).toContain('another State asked you to join');
    await questions.confirm(who('KEN'), asked!).expect(200);
    await questions.confirm(who('CHE'), asked!, { confirm: false }).expect(200);
    const asking = ['FRA', 'FRA officer'];
    expect(await told('questions-confirmed')).toEqual(once(...asking, 'KEN officer'));
    expect(await told('questions-declined')).toEqual(once(...asking));
    // Who was invited beside it learns nothing of it, nor does whoever else reads the journal.
    const reading = (await readers('questions-declined')).toSorted();
    expect(reading).toEqual([...asking, 'CHE', 'office'].toSorted());
    // What an invited side keeps does not say who asks: that may be withdrawn.
    const kept = (await ledger.journal(review)).filter(({ compartment }) =>
      /KEN|CHE/.test(compartment),
    );
    expect(JSON.stringify(kept)).not.toContain('FRA');
    expect(await told('questions-filed')).toEqual(once('FRA officer'));
  });

  it('to ask in the name of a State: from whoever filed it, and the State learns the answer', async () => {
    const questions = new Questions(review);
    const forPortugal = { onBehalfOf: 'state:PRT', with: ['EST'] };
    const [asked] = await questions.filed(who('office'), ['Who?'], forPortugal);
    expect(await told('invited-to-ask')).toEqual(once(...INVITED, 'EST'));
    await questions.confirm(who('EST'), asked!).expect(200);
    expect(await told('questions-confirmed')).toMatchObject({ PRT: 1, FRA: 1 });
    expect(await told('questions-confirmed')).not.toHaveProperty('office');
  });

  it('to accept a joint submission: for how long', async () => {
    const [lead, partner] = [
      await world.organization('Lead House'),
      await world.organization('Partner House'),
    ];
    Object.assign(cast, { lead: lead.head, partner: partner.head });
    cast['other'] = (await world.organization('Other House')).head;
    await world.reach(review, 'SVN', 'preparation');
    const file = 'What we saw together, at length.';
    const shown = await begun(lead.head, review, 'joint-submission');
    await ask(lead.head, shown.id, partner);
    const version = async () => (await partnersFor(lead.head, shown.id)).version;
    const sha256 = createHash('sha256').update(file).digest('hex');
    const url = `/v1/documents/${shown.id}/registration`;
    await lead.head.put(url, { sha256 }, { version: await version() }).expect(200);
    expect(await told('acceptance-extended')).toEqual(once('partner'));
    await upload(lead.head, { ...shown, version: await version() }, file);
    await handIn(lead.head, shown.id);
    expect(await told('extension-ended')).toEqual(once('partner'));
  });

  it('of the troika: who is replaced or excused learns it, and who comes in its place', async () => {
    const other = await world.review('KEN', { number: 51 });
    await world.reach(other, 'KEN', 'preparation');
    const url = `/v1/reviews/${other}/troika`;
    const troika = async () =>
      (await who('office').get(url).expect(200)).body as {
        version: number;
        requests: { id: string; status: string }[];
      };
    const request = async (name: string, kind: string, rapporteur: string) => {
      const { version } = await troika();
      await who(name).post(`${url}/requests`, { kind, rapporteur }, { version }).expect(200);
    };
    const fill = async (state: string) => {
      const seen = { drawnOn: '2026-10-01', meeting: 'A meeting', witnesses: ['Somebody'] };
      const { version } = await troika();
      await who('office')
        .post(url, { states: [state], ...seen }, { version })
        .expect(200);
    };
    const first = once('KEN', 'KEN officer', 'ALB', 'BRA', 'NOR', 'president');
    expect(await told('lot-recorded', 'KEN')).toEqual(first);
    await request('KEN', 'substitution', 'NOR');
    const replaced = ['NOR', 'ALB', 'BRA', 'KEN officer', 'office', 'president'];
    expect(await told('rapporteur-substituted', 'KEN')).toEqual(once(...replaced));
    await fill('PRT');
    const twice = { KEN: 2, 'KEN officer': 2, ALB: 2, BRA: 2, president: 2 };
    expect(await told('lot-recorded', 'KEN')).toEqual({ ...first, ...twice, PRT: 1 });
    await request('ALB', 'excusal', 'ALB');
    const { id } = (await troika()).requests.find(({ status }) => status === 'open')!;
    const grant = { grant: true };
    await who('president').post(`/v1/troika-requests/${id}/answer`, grant, { version: 1 });
    const excused = ['ALB', 'BRA', 'PRT', 'KEN', 'KEN officer', 'office'];
    expect(await told('rapporteur-excused', 'KEN')).toEqual(once(...excused));
  });

  it('whose answer is taken back: all States, as when it was given', async () => {
    await world.reach(review, 'SVN', 'ready');
    const questions = new Questions(review);
    const [first] = await questions.listed(who('SVN'));
    await questions.answer(who('SVN'), first!, { in: 'report' }).expect(200);
    const [again] = await questions.listed(who('SVN'));
    await questions.answer(who('SVN'), again!, { in: null }).expect(200);
    const back = await told('question-answer-taken-back');
    expect(back).toEqual(await told('question-answered'));
    expect(back).toMatchObject(once('FRA', 'KEN', 'office'));
  });

  it('to speak together: learns it, and of what is corrected afterwards', async () => {
    await world.at(OPENS);
    const { id } = await lists.registered(who('FRA'), { with: ['KEN', 'CHE'] });
    expect(await told('invited-to-speak')).toEqual(once(...INVITED));
    expect((await readers('invited-to-speak')).toSorted()).toEqual(INVITED.toSorted());
    await who('KEN').post(`/v1/speakers/${id}/confirm`, {}).expect(200);
    await who('CHE').post(`/v1/speakers/${id}/confirm`, { confirm: false }).expect(200);
    const asking = ['FRA', 'FRA officer'];
    expect(await told('joint-statement-confirmed')).toEqual(once(...asking, 'KEN officer'));
    expect(await told('joint-statement-declined')).toEqual(once(...asking));
    await world.at('2027-04-30T09:00:00Z');
    await lists.draw(who('president'), ['F']).expect(200);
    await world.at('2027-05-03T07:10:00Z');
    const office = who('office');
    let { version } = (await lists.seen(office)).speakers.find((each) => each.id === id)!;
    for (const [act, at] of [
      ['begin', '07:00:00'],
      ['end', '07:02:00'],
    ] as const) {
      const body = { at: `2027-05-03T${at}Z` };
      const answer = await office.post(`/v1/speakers/${id}/${act}`, body, { version }).expect(200);
      ({ version } = answer.body as Listed);
    }
    await office.patch(`/v1/speakers/${id}/statement`, { seconds: 90 }, { version }).expect(200);
    const whose = [...asking, 'KEN', 'KEN officer'];
    expect(await told('statement-corrected')).toEqual(once(...whose));
  });

  it('to recommend together: learns it, and each what becomes of the words', async () => {
    await world.reach(review, 'SVN', 'reviewed');
    const body = { text: 'Never made', with: ['MEX'] };
    await who('FRA').post(`/v1/reviews/${review}/recommendations`, body).expect(201);
    const made = await world.recommend(who('FRA'), review, 'Ratify it', ['KEN', 'CHE']);
    expect(await told('invited-to-recommend')).toEqual(once(...INVITED));
    expect((await readers('invited-to-recommend')).toSorted()).toEqual(INVITED.toSorted());
    await words.confirm(who('KEN'), made).expect(200);
    await words.confirm(who('CHE'), made, { confirm: false }).expect(200);
    const asking = ['FRA', 'FRA officer'];
    expect(await told('recommendation-confirmed')).toEqual(once(...asking, 'KEN officer'));
    expect(await told('recommendation-declined')).toEqual(once(...asking));

    for (const [text, accept] of [
      ['Ratify it soon', false],
      ['Ratify it now', true],
    ] as const) {
      await words.amend(who('FRA'), made, text).expect(201);
      const n = (await words.read(who('KEN'), made)).openWordings.at(-1)!;
      await words.answer(who('KEN'), made, n, accept).expect(200);
    }
    const standing = ['FRA officer', 'KEN', 'KEN officer'];
    const both = Object.fromEntries(['office', ...standing].map((name) => [name, 2]));
    expect(await told('amendment-proposed')).toEqual(both);
    for (const event of ['wording-accepted', 'wording-refused'])
      expect(await told(event)).toEqual(once(...asking, 'KEN officer'));
    await words.leave(who('KEN'), made).expect(200);
    expect(await told('recommender-withdrawn')).toEqual(once(...asking, 'KEN officer', 'office'));

    await world.reach(review, 'SVN', 'wg-adopted');
    expect(await told('recommendation-lapsed')).toEqual(once(...asking));
    expect(await told('recommendations-adopted')).toEqual(once('SVN', 'office'));
  });
});
