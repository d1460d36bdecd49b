import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { operations } from '../../src/contract.js';
import { askedOf } from '../../src/platform/http/scope.js';
import type { Client } from '../setup/api.js';
import { PASSWORD } from '../factories/world.js';
import { assemble, type Stage } from './cast.js';
import { allIds, ask, crawl, type Answers, type Ids } from './crawl.js';

interface Versioned {
  id: string;
  version: number;
}
interface Kept {
  readonly url: string;
  readonly body?: object;
  readonly change: { readonly key: string; readonly version?: number };
}

/**
 * An officer of the State's delegation, who belongs to an organization that filed as well, is excluded
 * from the review. The person's exclusion beats whatever the seats grant.
 */
describe('a recused person', () => {
  let stage: Stage;
  let person: Client;
  /** A program of theirs, with a key that may do whatever a key may. */
  let program: Client;
  let ids: Ids;
  /** Requests that were answered before, and can be repeated. */
  const kept: Kept[] = [];
  let draft: Versioned;
  let before: Answers;
  let other: string;

  beforeAll(async () => {
    stage = await assemble(['An observatory', 'Another']);
    const { world, review, cast } = stage;
    person = await world.delegation('SVN', 'officer');
    const { body: me } = await person.get('/v1/me').expect(200);
    const { email } = me as { email: string };
    const { body: ngo } = await cast.ngo.get('/v1/organizations').expect(200);
    const [{ side }] = (ngo as { items: [{ side: string }] }).items;
    await cast.ngo.post('/v1/memberships', { email, side, role: 'officer' }).expect(201);
    other = await world.review('AUT', { number: 60 });
    await world.reach(review, 'SVN', 'preparation');

    const begun = await keep(`/v1/reviews/${review}/documents`, {
      kind: 'joint-submission',
      title: 'What we saw',
    });
    const url = `/v1/documents/${begun.id}`;
    const { version } = begun;
    const sent = await person.upload(`${url}/content`, 'What we saw', { version }).expect(200);
    await keep(`${url}/submit`, undefined, (sent.body as Versioned).version);
    const report = { kind: 'national-report', title: 'Our report' };
    draft = await keep(`/v1/reviews/${review}/documents`, report);
    ids = await allIds(world.api.database.adminUrl);
    before = await crawl(world.api, person, ids);
    program = await keyOf(person);
    await program.get(`/v1/reviews/${review}`).expect(200);
    await stage.exclude(person);
  }, 300_000);
  afterAll(() => stage.world.stop());

  async function keep(url: string, body?: object, version?: number): Promise<Versioned> {
    const change = { key: randomUUID(), ...(version !== undefined && { version }) };
    const answer = await person.post(url, body, change);
    expect(answer.status).toBeLessThan(300);
    kept.push({ url, ...(body && { body }), change });
    return answer.body as Versioned;
  }

  async function keyOf(who: Client): Promise<Client> {
    const asked = operations().map(askedOf);
    const scopes = new Set(asked.flatMap((each) => (typeof each === 'object' ? each.scope : [])));
    const key = { password: PASSWORD, name: 'A program', scopes: [...scopes] };
    const { body } = await who.send('post', '/v1/api-keys').send(key).expect(201);
    return stage.world.api.as((body as { secret: string }).secret);
  }

  /** Ids of everything in the review, and of no other. */
  const inside = () => [stage.review, ...ids.documents, ...ids.recommendations];

  it('reads nothing of it on any path, as if there were no such review', async () => {
    const { api } = stage.world;
    const after = await crawl(api, person, ids);
    const unknown = (url: string) =>
      inside().reduce((text, id) => text.replace(id, randomUUID()), url.split('?')[0]!);
    const missing = new Map<string, string>();
    let vanished = 0;
    for (const [url, answer] of after) {
      for (const id of inside()) expect([url, answer.includes(id)]).toEqual([url, false]);
      if (!inside().some((id) => url.includes(id))) continue;
      const [path] = url.split('?');
      const expected = missing.get(path!) ?? (await ask(api, person, unknown(url)));
      missing.set(path!, expected);
      expect([url, answer]).toEqual([url, expected]);
      expect(answer).toMatch(/^404\n/);
      if (before.get(url)!.startsWith('200')) vanished += 1;
    }
    // The review, its lists, journal and documents were all there a moment ago.
    expect(vanished).toBeGreaterThan(15);
  }, 300_000);

  it('and so does their key, to the byte', async () => {
    const { api } = stage.world;
    const read = await crawl(api, person, ids);
    const byKey = await crawl(api, program, ids);
    expect([...byKey.keys()]).toEqual([...read.keys()]);
    const answers = [...byKey].filter(([url]) => url !== '/v1/clock');
    const forPeople = ([url]: [string, string]) =>
      /^\/v1\/(api-keys|recoveries|webhooks|failed-jobs|me\/calendar-feeds)/.test(url);
    const personal = answers.filter(forPeople);
    expect(personal.map(([, answer]) => answer.slice(0, 3))).toContain('403');
    const others = answers.filter((each) => !forPeople(each));
    for (const [url, answer] of others) expect([url, answer]).toEqual([url, read.get(url)]);
    const missing = others.filter(
      ([url, answer]) => answer.startsWith('404') && inside().some((id) => url.includes(id)),
    );
    expect(missing.length).toBeGreaterThan(15);
  }, 300_000);

  it('has neither the review in a list nor a duty in it, but everything else', async () => {
    const { world } = stage;
    const told = async (who: Client, url: string) => {
      const { body } = await who.get(url, { limit: 200 }).expect(200);
      const items = (body as { items: { id?: string; proceedingId?: string }[] }).items;
      return items.map(({ id, proceedingId }) => proceedingId ?? id);
    };
    expect(await told(person, '/v1/reviews')).toEqual([other]);
    expect(await told(person, '/v1/me/duties')).toEqual([]);
    await person.get(`/v1/reviews/${other}`).expect(200);
    // The colleagues on both sides still have all of it.
    const head = await world.delegation('SVN');
    expect(await told(head, '/v1/reviews')).toContain(stage.review);
    expect(await told(head, '/v1/me/duties')).toContain(stage.review);
    const documents = `/v1/reviews/${stage.review}/documents`;
    expect(await told(stage.cast.ngo, documents)).toHaveLength(1);
    await head.get(`/v1/documents/${draft.id}`).expect(200);
  });

  it('gets no answer again that it got before', async () => {
    expect(kept).toHaveLength(3);
    for (const { url, body, change } of kept) {
      const again = await person.post(url, body, change).expect(404);
      expect(again.headers['idempotency-replayed']).toBeUndefined();
      const id = inside().find((each) => url.includes(each))!;
      const missing = await person.post(url.replace(id, randomUUID()), body, {
        ...change,
        key: randomUUID(),
      });
      expect(again.text).toBe(missing.text);
    }
  });

  it('moves, files, rehearses and withdraws nothing', async () => {
    const { review } = stage;
    const { version } = draft;
    const dry = { version, query: { dryRun: true } };
    const move = { move: 'close-positions' };
    const attempts = [
      person.post(`/v1/reviews/${review}/moves`, move, { version: 3 }),
      person.post(`/v1/reviews/${review}/moves`, move, { ...dry, version: 3 }),
      person.post(`/v1/reviews/${review}/positions`, {}, { query: { dryRun: true } }),
      person.post(`/v1/documents/${draft.id}/submit`, undefined, { version }),
      person.post(`/v1/documents/${draft.id}/submit`, undefined, dry),
      person.upload(`/v1/documents/${draft.id}/content`, 'More', { version }),
      person.post(`/v1/reviews/${review}/documents`, { kind: 'national-report', title: 'x' }),
      program.post(`/v1/reviews/${review}/moves`, move, { version: 3 }),
      program.post(`/v1/documents/${draft.id}/submit`, undefined, { version }),
      program.post(kept[0]!.url, kept[0]!.body, kept[0]!.change),
    ];
    for (const attempt of attempts) {
      const { status, body } = await attempt;
      expect([status, body]).toEqual([404, expect.objectContaining({ code: 'not-found' })]);
    }
  });

  it('reads what is published, like everybody', async () => {
    const { world, review, cast } = stage;
    await world.reach(review, 'SVN', 'documented');
    const record = await person.get('/v1/record/documents', { state: 'SVN' }).expect(200);
    const { items } = record.body as { items: { kind: string }[] };
    expect(items.map(({ kind }) => kind)).toContain('joint-submission');
    await person.get(`/v1/reviews/${review}`).expect(404);
    await cast.ngo.get(`/v1/reviews/${review}`).expect(200);
  });

  it('and whoever leaves a side gets none of its answers again', async () => {
    const { world, review, cast } = stage;
    // From here on an addendum is published as soon as it is filed: the last entry is everybody's.
    await world.reach(review, 'SVN', 'wg-adopted');
    const leaver = await world.delegation('SVN', 'focal-point');
    const documents = `/v1/reviews/${review}/documents`;
    const begin = { key: randomUUID() };
    const addendum = { kind: 'addendum', title: 'Our addendum' };
    const begun = await leaver.post(documents, addendum, begin).expect(201);
    const { id, version } = begun.body as Versioned;
    const sent = await leaver.upload(`/v1/documents/${id}/content`, 'Our words', { version });
    const submit = { key: randomUUID(), version: (sent.body as Versioned).version };
    const url = `/v1/documents/${id}/submit`;
    await leaver.post(url, undefined, submit).expect(200);
    const again = await leaver.post(url, undefined, submit).expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    // Another State still sees the review, but not what this one filed.
    const { body: me } = await leaver.get('/v1/me').expect(200);
    const { email, seats } = me as { email: string; seats: { membershipId: string }[] };
    const seat = { email, side: 'state:KEN', role: 'officer' };
    await cast.ken.post('/v1/memberships', seat).expect(201);
    await cast.svn.post(`/v1/memberships/${seats[0]!.membershipId}/revoke`).expect(200);
    await leaver.get(`/v1/reviews/${review}`).expect(200);
    await leaver.post(documents, addendum, begin).expect(409);
    await leaver.post(url, undefined, submit).expect(404);
  });
});
