import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { operations } from '../../src/contract.js';
import { askedOf } from '../../src/platform/http/scope.js';
import {
  curated,
  elected,
  office,
  registered,
  type Expert,
  type Office,
} from '../factories/aarhus.js';
import { filedIn } from '../factories/committee-case.js';
import { PASSWORD, World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { allIds, ask, crawl, type Answers, type Ids } from './crawl.js';

/** What goes on by itself (when a key was last used too), and what somebody has said of themselves. */
const EXEMPT = /^\/v1\/(clock|api-keys|me\/recusals)(\?|$)/;

/**
 * A member of the Committee who also sits for the organization that files, and has a program with a
 * key. Recused in mid-case, all they are answered is what they were answered before there was a case.
 */
describe('a member who is recused', () => {
  let world: World;
  let conducting: Office;
  let person: Expert;
  let program: Client;
  let ngo: { readonly id: string; readonly head: Client };
  /** Of a world without the case, to the person and to their program. */
  let without: Answers;
  let withoutByKey: Answers;
  let id: string;
  let ids: Ids;
  let inside: string[];
  let during: Answers;
  let after: Answers;
  const kept: { readonly url: string; readonly body: object; readonly key: string }[] = [];

  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    await world.api.app.listen(0, '127.0.0.1');
    conducting = await office(world);
    ngo = await world.organization('Green Steppe');
    person = await elected(world, conducting.secretariat, { nationalities: ['AUT'] });
    const seat = { email: person.email, side: `organization:${ngo.id}`, role: 'officer' };
    await ngo.head.post('/v1/memberships', seat).expect(201);
    // Each side has been at work before: what comes is not the first of anything.
    await registered(conducting, await world.delegation('FRA'), {
      trigger: 'submission-about-another',
    });
    program = await keyOf(person.client);
    const before = await allIds(world.api.database.adminUrl);
    without = await crawl(world.api, person.client, before);
    withoutByKey = await crawl(world.api, program, before);

    id = await registered(conducting, ngo.head, { organization: ngo.id, naming: 'committee' });
    const secret = await filedIn(ngo.head, id, { kind: 'confidential-annex' });
    await curated(conducting.chair, id, person.id);
    await keep(`/v1/communications/${id}/conflicts`, {
      ground: 'other',
      text: 'I know the communicant',
      stepsAside: false,
    });
    await person.client.get(`/v1/documents/${secret}/content`).expect(200);
    ids = await allIds(world.api.database.adminUrl);
    inside = [id, ...ids.documents].filter((each) => !before.documents.includes(each));
    during = await crawl(world.api, person.client, ids);
    const aside = { ground: 'involvement', text: 'I advised them', stepsAside: true };
    await person.client.post(`/v1/communications/${id}/conflicts`, aside).expect(201);
    after = await crawl(world.api, person.client, ids);
  }, 300_000);
  afterAll(() => world?.stop());

  async function keep(url: string, body: object): Promise<void> {
    const key = randomUUID();
    await person.client.post(url, body, { key }).expect(201);
    kept.push({ url, body, key });
  }

  async function keyOf(who: Client): Promise<Client> {
    const asked = operations().map(askedOf);
    const scopes = new Set(asked.flatMap((each) => (typeof each === 'object' ? each.scope : [])));
    const key = { password: PASSWORD, name: 'A program', scopes: [...scopes] };
    const { body } = await who.send('post', '/v1/api-keys').send(key).expect(201);
    return world.api.as((body as { secret: string }).secret);
  }

  /** Answers that differ from those of a world without the case. */
  async function changed(who: Client, was: Answers, now: Answers): Promise<unknown[]> {
    const missing = new Map<string, string>();
    const found: unknown[] = [];
    for (const [url, answer] of now) {
      if (EXEMPT.test(url)) continue;
      const about = inside.find((each) => url.includes(each));
      if (about === undefined) {
        const expected = was.get(url);
        if (answer !== expected) found.push([url, expected, answer]);
        continue;
      }
      const path = url.split('?')[0]!;
      const nothing = path.replace(about, randomUUID());
      const expected = missing.get(path) ?? (await ask(world.api, who, nothing));
      missing.set(path, expected);
      if (answer !== expected) found.push([url, expected, answer]);
    }
    return found;
  }

  it('had read much of the case, as both', () => {
    const read = [...during].filter(
      ([url, answer]) => inside.some((each) => url.includes(each)) && answer.startsWith('200'),
    );
    expect(read.length).toBeGreaterThan(15);
  });

  it('is answered everywhere as if there were no such case, but for their own words', async () => {
    expect(await changed(person.client, without, after)).toEqual([]);
    for (const [url, answer] of after) {
      if (url.includes(id)) continue;
      expect([url, answer.includes(id)]).toEqual([url, false]);
    }
    const { body } = await person.client.get('/v1/me/recusals').expect(200);
    expect((body as { items: object[] }).items).toMatchObject([
      { recused: true, text: 'I know the communicant' },
      { recused: true, text: 'I advised them' },
    ]);
  }, 300_000);

  it('and so is their program', async () => {
    const byKey = await crawl(world.api, program, ids);
    expect(await changed(program, withoutByKey, byKey)).toEqual([]);
  }, 300_000);

  it('learns nothing of what becomes of it', async () => {
    const declared = await person.client.get('/v1/me/recusals').expect(200);
    const challenge = { member: person.id, ground: 'family', text: 'They are cousins' };
    const kaz = await world.delegation('KAZ');
    await kaz.post(`/v1/communications/${id}/challenges`, challenge).expect(201);
    await curated(conducting.chair, id, conducting.experts.member.id);
    expect(
      await changed(person.client, without, await crawl(world.api, person.client, ids)),
    ).toEqual([]);
    const later = await person.client.get('/v1/me/recusals').expect(200);
    expect(later.text).toBe(declared.text);
  }, 300_000);

  it('does nothing in it, nor is anything replayed but what they said themselves', async () => {
    for (const { url, body, key } of kept) {
      const again = await person.client.post(url, body, { key }).expect(201);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.text).not.toContain(id);
      const [answer, missing] = [
        await person.client.post(url, body),
        await person.client.post(url.replace(id, randomUUID()), body),
      ];
      expect([answer.status, answer.text]).toEqual([404, missing.text]);
    }
    const begin = { kind: 'further-information', title: 'A title' };
    await person.client.post(`/v1/communications/${id}/documents`, begin).expect(404);
    // Their colleagues on both sides go on.
    await conducting.member.get(`/v1/communications/${id}`).expect(200);
    await ngo.head.get(`/v1/communications/${id}`).expect(200);
  });
});
