import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY } from './asking.js';
import { expectProblem, Ledger } from './ledger.js';

type Published = { id: string; kind: string; title: string; label: string; state: string };
type Change = {
  sequence: number;
  at: string;
  what: string;
  kind: string;
  id: string;
  href: string;
};

/** What everybody reads, from nothing at all to an adopted outcome. */
describe('the record', () => {
  let world: World;
  let ledger: Ledger;
  let anyone: Client;
  let review: string;
  let watch: { side: string; head: Client };
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    anyone = world.api.as();
    review = await world.review('SVN');
    watch = await world.organization('Watch');
    slovenia = await world.delegation('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const items = async (what: string, query: Record<string, string | number> = {}) =>
    (await anyone.get(`/v1/record/${what}`, query).expect(200)).body.items as Published[];
  const changes = async (after = 0): Promise<Change[]> =>
    (await anyone.get('/v1/record/changes', { after, limit: 200 }).expect(200)).body.items;

  it('holds nothing but the lot before the procedure publishes, whatever was filed', async () => {
    await world.file(watch.head, review, { kind: 'stakeholder-submission', title: 'Shadow' });
    await world.file(slovenia, review, { kind: 'national-report', symbol: 'A/HRC/WG.6/50/SVN/1' });
    expect(await changes()).toEqual([]);
    await world.reach(review, 'SVN', 'preparation');
    for (const what of ['documents', 'recommendations']) expect(await items(what)).toEqual([]);
    // The troika was drawn in public: the review has its page from there on.
    const kinds = (await changes()).map(({ what, kind }) => `${kind} ${what}`);
    expect(kinds).toEqual(['proceeding published', 'lot published', 'proceeding updated']);
    const papers = await slovenia.get(`/v1/reviews/${review}/documents`).expect(200);
    expect(papers.text).not.toContain('Shadow');
  });

  it('shows the documents when they have been issued, with their authors', async () => {
    const behalf = { kind: 'joint-submission', title: 'Joint', onBehalfOf: watch.side };
    await world.at('2026-10-03T09:00:00Z');
    await world.secretariat.post(`/v1/reviews/${review}/documents`, behalf).expect(201);
    const { body } = await world.secretariat.get(`/v1/reviews/${review}/documents`).expect(200);
    const joint = (body.items as { id: string; kind: string }[]).find(
      ({ kind }) => kind === 'joint-submission',
    )!;
    const sent = await world.secretariat
      .upload(`/v1/documents/${joint.id}/content`, 'Skupaj.', { version: 1 })
      .expect(200);
    await world.secretariat
      .post(`/v1/documents/${joint.id}/submit`, undefined, { version: sent.body.version })
      .expect(200);
    for (const kind of ['compilation', 'stakeholder-summary']) {
      await world.file(world.secretariat, review, { kind });
    }
    expect((await world.move(world.secretariat, review, 'issue-documents')).status).toBe(200);
    const documents = await items('documents');
    expect(documents.map(({ kind }) => kind).toSorted()).toEqual([
      'compilation',
      'joint-submission',
      'national-report',
      'stakeholder-submission',
      'stakeholder-summary',
    ]);
    const by = { side: watch.side, name: 'Watch' };
    expect(documents).toContainEqual(
      expect.objectContaining({ title: 'Shadow', by, filedBy: null }),
    );
    const filed = { title: 'Joint', by, filedBy: 'secretariat:upr' };
    expect(documents).toContainEqual(expect.objectContaining(filed));
    const told = (await ledger.journal(review, 'case')).filter(
      ({ what }) => what === 'document-published',
    );
    expect(told.map(({ facts }) => String(facts['publicId'])).toSorted()).toEqual(
      documents.map(({ id }) => id).toSorted(),
    );
  });

  it('is found by State, session, kind and symbol, and by its id', async () => {
    const titles = async (query: Record<string, string | number>) =>
      (await items('documents', query)).map(({ title }) => title).toSorted();
    expect(await titles({ symbol: 'A/HRC/WG.6/50/SVN/1' })).toEqual(['national-report']);
    expect(await titles({ kind: 'compilation', state: 'SVN', session: 50 })).toEqual([
      'compilation',
    ]);
    expect(await titles({ state: 'FRA' })).toEqual([]);
    const [proceeding] = await items('proceedings', { state: 'SVN', mechanism: 'upr' });
    expect(await titles({ proceeding: proceeding!.id })).toHaveLength(5);
    const pages = await everyPage<Published>(anyone, '/v1/record/documents?limit=2&state=SVN');
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(5);
    for (const one of pages.flat()) {
      const { body } = await anyone.get(`/v1/record/documents/${one.id}`).expect(200);
      expect(body).toEqual(one);
    }
    const texts = [];
    for (const id of [NOBODY, review, proceeding!.id, 'one']) {
      const call = anyone.get(`/v1/record/documents/${id}`);
      texts.push((await expectProblem(call, 404, 'not-found')).text);
    }
    expect(new Set(texts).size).toBe(1);
  });

  it('may be kept for half a minute, and is asked for by its hash', async () => {
    const [report] = await items('documents', { kind: 'national-report' });
    const url = `/v1/record/documents/${report!.id}`;
    for (const each of [
      url,
      '/v1/record/documents',
      '/v1/record/changes',
      '/v1/record/proceedings',
    ]) {
      const { headers, text } = await anyone.get(each).expect(200);
      expect(headers['cache-control']).toBe('public, max-age=30');
      expect(headers['etag']).toBe(`"${createHash('sha256').update(text).digest('base64url')}"`);
      const same = await anyone
        .get(each)
        .set('if-none-match', `"x", ${headers['etag']}`)
        .expect(304);
      expect([same.text, same.headers['etag']]).toEqual(['', headers['etag']]);
    }
    const file = await anyone.get(`${url}/content`).expect(200);
    const sha = createHash('sha256').update(file.text);
    expect(file.headers['etag']).toBe(`"${sha.copy().digest('hex')}"`);
    expect(file.headers['repr-digest']).toBe(`sha-256=:${sha.digest('base64')}:`);
    await anyone
      .get(`${url}/content`)
      .set('if-none-match', file.headers['etag'] as string)
      .expect(304);
    const part = anyone.get(`${url}/content`).set('if-range', file.headers['etag'] as string);
    const { text, headers } = await part.set('range', 'bytes=-3').expect(206);
    expect(text).toBe(file.text.slice(-3));
    const size = Buffer.byteLength(file.text);
    expect(headers).toMatchObject({
      'content-range': `bytes ${size - 3}-${size - 1}/${size}`,
      'cache-control': 'public, max-age=30',
      etag: file.headers['etag'],
    });
    const beyond = anyone.get(`${url}/content`).set('range', `bytes=${size}-`);
    const refused = await expectProblem(beyond, 416, 'range-not-satisfiable');
    expect(refused.headers['content-range']).toBe(`bytes */${size}`);
    for (const query of ['language=fr', 'version=2']) {
      await expectProblem(anyone.get(`${url}/content?${query}`), 404, 'not-found');
    }
  });

  it('shows recommendations in the order of their labels, by who made them and what was answered', async () => {
    const [france, brazil] = [await world.delegation('FRA'), await world.delegation('BRA')];
    const shared = await world.recommend(france, review, 'Ratify it', ['BRA', 'KEN']);
    await brazil.post(`/v1/recommendations/${shared}/confirm`, {}).expect(200);
    const plain = await world.recommend(brazil, review, 'Consider it');
    const odd = await world.recommend(france, review, 'Strengthen it');
    expect(await items('recommendations')).toEqual([]);
    await world.at('2027-05-03T11:00:00Z');
    const president = await world.president();
    expect((await world.move(president, review, 'hold-dialogue')).status).toBe(200);
    await world.position(slovenia, shared, 'supported');
    await slovenia.post(`/v1/reviews/${review}/positions`, {}).expect(200);
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    const given: [string, string][] = [
      [shared, '140.10'],
      [plain, '140.9'],
      [odd, '78.15..1'],
    ];
    const labels = given.map(([id, label]) => ({ id, label }));
    const url = `/v1/reviews/${review}/recommendations/labels`;
    await world.secretariat.post(url, { labels }).expect(200);
    await signOff(world, review);
    await world.at('2027-05-05T15:00:00Z');
    expect((await world.move(president, review, 'adopt-report')).status).toBe(200);
    const found = async (query: Record<string, string | number> = {}) =>
      (await items('recommendations', query)).map(({ label }) => label);
    expect(await found()).toEqual(['78.15..1', '140.9', '140.10']);
    expect(await found({ recommendingState: 'BRA' })).toEqual(['140.9', '140.10']);
    expect(await found({ recommendingState: 'KEN' })).toEqual([]);
    expect(await found({ position: 'supported', session: 50 })).toEqual(['140.10']);
    expect(await found({ position: 'none', state: 'SVN' })).toEqual(['78.15..1', '140.9']);
    const pages = await everyPage<Published>(anyone, '/v1/record/recommendations?limit=1');
    expect(pages.flat().map(({ label }) => label)).toEqual(['78.15..1', '140.9', '140.10']);
    const last = pages.flat().at(-1)!;
    expect(last).toMatchObject({ text: 'Ratify it', recommendingStates: ['FRA', 'BRA'] });
    const { body } = await anyone.get(`/v1/record/recommendations/${last.id}`).expect(200);
    expect(body).toEqual(last);
  });

  it('tells every change once, in order, without a gap', async () => {
    const all = await changes();
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
    const paged: Change[] = [];
    for (let after = 0, more = true; more;) {
      const { body } = await anyone.get('/v1/record/changes', { after, limit: 4 }).expect(200);
      paged.push(...(body.items as Change[]));
      [after, more] = [body.after as number, body.more as boolean];
    }
    expect(paged).toEqual(all);
    const first = new Map<string, string>();
    for (const { id, what, href, kind } of all) {
      if (!first.has(id)) first.set(id, what);
      expect(href).toBe(kind === 'lot' ? `/v1/lots/${id}` : `/v1/record/${kind}s/${id}`);
      await anyone.get(href).expect(200);
    }
    expect(new Set(first.values())).toEqual(new Set(['published']));
    // The review, its lot, six documents, three recommendations.
    expect(first.size).toBe(1 + 1 + 6 + 3);
    const end = await anyone.get('/v1/record/changes', { after: all.length }).expect(200);
    expect(end.body).toEqual({ items: [], after: all.length, more: false });
  });
});
