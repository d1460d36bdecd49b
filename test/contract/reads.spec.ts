import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '../../src/contract.js';
import type { Operation } from '../../src/platform/http/operation.js';
import { complainedOf } from '../factories/aarhus.js';
import { plantReport } from '../factories/planted-report.js';
import { begin, say, word } from '../factories/follow-up.js';
import { pledge } from '../factories/pledge.js';
import { submissions } from '../factories/submissions.js';
import { answerAndSpeak, askInAdvance } from '../database/ask-and-speak.js';
import { sealRoots } from '../factories/seal-roots.js';
import { Lists } from '../factories/speaking.js';
import { feedOf, PLANTED, plantFeed } from '../factories/calendars.js';
import { lendTwice } from '../factories/lend-signature.js';
import { plantAssistant } from '../factories/assisting.js';
import { plantFailedJob } from '../factories/failed-job.js';
import { plantNotice } from '../factories/planted-notice.js';
import { makeWebhook } from '../factories/webhooks.js';
import { lostPassword } from '../factories/lost-password.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';

const reads = operations().filter(({ method }) => method === 'GET');
const isList = ({ query }: Operation): boolean => query?.shape['cursor'] !== undefined;
const isCounted = ({ query }: Operation): boolean => query?.shape['count'] !== undefined;

/** Of these there is one, in this house. */
const SINGLE =
  'listTreaties listReceiptKeys showDesk listSchedule listRecordProceedings duties showPredecessor listPreparedPositions'.split(
    ' ',
  );

/** What a secretariat alone reads. */
const SUMMARIES = reads.filter(({ tag }) => tag === 'summaries').map(({ id }) => id);
/** What is written by secretariat and troika together, or told of by the secretariat. */
const REPORTS = reads.filter(({ tag }) => tag === 'reports').map(({ id }) => id);
/** A secretariat reads what it has withdrawn. */
const WITHDRAWALS = ['listWithdrawals', 'getWithdrawal'];

interface Items {
  readonly items: readonly { readonly id: string }[];
  readonly count?: { readonly total: number; readonly capped: boolean };
  readonly next?: string | null;
}

/** Every GET of the contract, in a house where a review has been published. */
describe('whatever may be read', () => {
  let world: World;
  let reader: Client;
  /** Whoever sees more than one of a list that the reader has one of. */
  const wider = new Map<string, Client>();
  /** For each collection of the address, one id that is in it. */
  const ids = new Map<string, string>();

  const first = async (url: string): Promise<string> =>
    ((await reader.get(url).expect(200)).body as Items).items[0]!.id;
  const addressOf = ({ path }: Operation): string =>
    path
      .replace('{iso3}', 'SVN')
      .replace('{key}/versions/{n}', 'upr/versions/1')
      .replace('treaties/{key}', 'treaties/aarhus')
      .replace('{key}/members', 'aarhus-committee/members')
      .replace('{key}', 'hrc')
      .replace('{name}', 'upr.moves')
      .replace('{day}', '2026-11-01')
      .replace('{kind}', 'follow-up')
      .replace('{token}', PLANTED)
      .replace(/journal\/proof$/, 'journal/proof?compartment=case')
      .replace(/^(.*)\/\{id\}/, (_, collection: string) => `${collection}/${ids.get(collection)}`);

  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    const review = await world.review('SVN');
    const { first: source } = await submissions(world, review);
    await askInAdvance(world, review, 'Since when?');
    await world.reach(review, 'SVN', 'ready');
    await answerAndSpeak(world, review, 'Thank you');
    await world.reach(review, 'SVN', 'reviewed');
    const made = await world.recommend(await world.delegation('FRA'), review, 'Ratify it');
    await world.recommend(await world.delegation('KEN'), review, 'Consider it', ['BRA']);
    reader = await world.delegation('SVN');
    for (const id of ['listAccounts', 'listFailedJobs', 'getFailedJob']) wider.set(id, world.admin);
    for (const id of [
      'listMemberships',
      'listDeliveries',
      'listOrganizations',
      'listReviews',
      'showDesk',
      ...SUMMARIES,
      ...REPORTS,
      ...WITHDRAWALS,
    ]) {
      wider.set(id, world.secretariat);
    }
    const { id: complaint, readers } = await complainedOf(world, reader);
    ids.set('/v1/communications', complaint);
    for (const [id, who] of Object.entries(readers)) wider.set(id, who);
    await world.review('PLW', { number: 51 });
    for (const name of ['Rivers', 'Lakes']) await world.organization(`Friends of the ${name}`);
    const seats = ['BRA', 'KEN'].map((state) => ({
      state,
      from: '2026-01-01',
      until: '2028-12-31',
    }));
    await world.secretariat.post('/v1/bodies/hrc/seats', { seats }).expect(200);
    await world.position(reader, made, 'supported');
    await reader.post(`/v1/reviews/${review}/positions`, {}).expect(200);
    for (const text of ['Publish the judgments', 'Train the police']) {
      await pledge(reader, review, text);
    }
    await world.reach(review, 'SVN', 'wg-adopted');
    await reserve(review);
    await world.reach(review, 'SVN', 'adopted');
    await begin(world, review);
    for (const name of ['One program', 'Another']) {
      await reader
        .send('post', '/v1/api-keys')
        .send({ password: PASSWORD, name, scopes: ['reviews:read'] })
        .expect(201);
      await feedOf(reader, name);
      ids.set('/v1/webhooks', (await makeWebhook(reader)).id);
      const email = `${name.replace(' ', '.').toLowerCase()}@comity.test`;
      const invited = { email, side: 'state:SVN', role: 'drafter' };
      await reader.post('/v1/invitations', invited).expect(201);
    }
    await plantAssistant(world, review);
    await plantAssistant(world, review, 'League of the Atolls');
    ids.set('/v1/notices', await plantNotice(world, reader, review));
    await plantFailedJob(world);
    ids.set('/v1/failed-jobs', await plantFailedJob(world));
    await plantFeed(world, reader);
    for (const role of ['drafter', 'officer'] as const) {
      await lostPassword(world.api, await world.delegation('SVN', role));
    }
    await lendTwice(await world.delegation('SVN'), await world.delegation('SVN', 'drafter'));
    ids.set('/v1/memberships', await first('/v1/memberships'));
    ids.set('/v1/reviews', review);
    ids.set('/v1/recommendations', made);
    ids.set('/v1/questions', await first(`/v1/reviews/${review}/questions`));
    ids.set('/v1/speakers', (await new Lists(world, review).seen(reader)).speakers[0]!.id);
    ids.set('/v1/documents', await first(`/v1/reviews/${review}/documents`));
    for (const collection of ['sessions', 'record/proceedings', 'record/documents']) {
      ids.set(`/v1/${collection}`, await first(`/v1/${collection}`));
    }
    const drawn = { purpose: 'first-speaker', result: [{ drawn: ['K'] }], drawnOn: '2027-01-11' };
    const told = { ...drawn, meeting: 'A meeting', witnesses: ['Somebody'] };
    const url = `${ids.get('/v1/sessions')}/lots`;
    await world.secretariat.post(`/v1/sessions/${url}/by-hand`, told).expect(201);
    ids.set('/v1/lots', await first(`/v1/sessions/${url}`));
    for (const collection of ['recommendations', 'pledges', 'speakers', 'questions']) {
      const list = `/v1/record/${collection}`;
      ids.set(list, await first(list));
    }
    const followed = ids.get('/v1/record/recommendations')!;
    await say(reader, review, word(followed, 'fully-implemented'));
    await say(await world.delegation('FRA'), review, word(followed, 'B'));
    const words = await first(`/v1/record/recommendations/${followed}/follow-up`);
    ids.set('/v1/record/assessments', words);
    ids.set('/v1/pledges', await first(`/v1/reviews/${review}/pledges`));
    await summarize(review, source);
    await withdrawTwo();
    await sealRoots(world.api.database, new Date('2026-11-02T00:00:00Z'));
    await sealRoots(world.api.database, new Date('2026-11-03T00:00:00Z'));
  }, 180_000);
  afterAll(() => world.stop());

  /** Two reservations on the adoption of the report. */
  async function reserve(review: string): Promise<void> {
    for (const text of ['One', 'Another']) {
      const said = { state: 'KEN', kind: 'statement', text, madeOn: '2027-05-05' };
      const url = `/v1/reviews/${review}/reservations`;
      const { body } = await world.secretariat.post(url, said).expect(201);
      ids.set('/v1/reservations', (body as { id: string }).id);
    }
    const { paragraph } = await plantReport(world, review);
    ids.set('/v1/report-paragraphs', paragraph);
  }

  /** Marks two passages of a submission, and begins a paragraph that rests on one. */
  async function summarize(review: string, source: string): Promise<void> {
    const { secretariat: office } = world;
    ids.set('/v1/sources', source);
    const url = `/v1/reviews/${review}`;
    const marked = [];
    for (const paragraph of ['1', '2']) {
      const told = { source, paragraph, theme: 'health' };
      const { body } = await office.post(`${url}/passages`, told).expect(201);
      marked.push((body as { id: string }).id);
    }
    const passages = marked.slice(0, 1);
    const { body } = await office.post(`${url}/summary/paragraphs`, { passages }).expect(201);
    ids.set('/v1/summary-paragraphs', (body as { id: string }).id);
  }

  async function withdrawTwo(): Promise<void> {
    for (const [kind, field] of [
      ['document', 'title'],
      ['recommendation', 'text'],
    ]) {
      const item = { kind, id: ids.get(`/v1/record/${kind}s`) };
      const asked = { item, why: 'It names somebody' };
      const request = await reader.post('/v1/withdrawal-requests', asked).expect(201);
      const body = { item, fields: [field], ground: 'error', reason: 'It names somebody' };
      const done = await world.secretariat.post('/v1/withdrawals', body).expect(201);
      ids.set('/v1/withdrawal-requests', (request.body as { id: string }).id);
      ids.set('/v1/withdrawals', (done.body as { id: string }).id);
    }
  }

  it.each(reads.map((operation) => [operation.id, operation] as const))(
    '%s answers as documented',
    async (id, operation) => {
      const who = wider.get(id) ?? reader;
      const { headers } = await who.get(addressOf(operation)).expect(200);
      if (!operation.cached) return;
      const again = who.get(addressOf(operation)).set('if-none-match', headers['etag']!);
      await again.expect(304);
    },
  );

  it.each(reads.filter(isList).map((operation) => [operation.id, operation] as const))(
    '%s leads from page to page, and says when it ends',
    async (id, operation) => {
      const who = wider.get(id) ?? reader;
      const whole = await who.get(addressOf(operation), { limit: 200 }).expect(200);
      const { items } = whole.body as Items;
      expect(items.length > 1).toBe(!SINGLE.includes(id));
      const one = await who.get(addressOf(operation), { limit: 1 }).expect(200);
      const link = /^<(.+)>; rel="next"$/.exec(one.headers['link'] ?? '')?.[1];
      expect((one.body as Items).next === null).toBe(link === undefined);
      const rest = link === undefined ? [] : (await who.get(link).expect(200)).body.items;
      expect([...(one.body as Items).items, ...rest]).toEqual(items.slice(0, 2));
    },
  );

  it.each(reads.filter(isCounted).map((operation) => [operation.id, operation] as const))(
    '%s says how many there are in all, where asked',
    async (id, operation) => {
      const who = wider.get(id) ?? reader;
      const limit = (most: number): Record<string, number> =>
        isList(operation) ? { limit: most } : {};
      const plain = await who.get(addressOf(operation), limit(200)).expect(200);
      const { items, next, count } = plain.body as Items;
      expect([next ?? null, count]).toEqual([null, undefined]);
      const counting = { ...limit(1), count: true };
      const counted = await who.get(addressOf(operation), counting).expect(200);
      expect((counted.body as Items).count).toEqual({ total: items.length, capped: false });
      expect(counted.headers['link'] ?? '').not.toMatch(/[?&]count=/);
    },
  );
});
