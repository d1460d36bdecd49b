import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { implementing, say, word } from '../factories/follow-up.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

interface Told {
  id: string;
  kind: string;
  by: { side: string | null; name: string };
  grade: string;
  text: string;
  evidence: object[];
  current: boolean;
  withdrawn?: { parts: string[] };
}

/** What others say of implementation stands beside what the State says, and is never mixed with it. */
describe('assessments', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let published: readonly string[];
  let page: string;
  let watch: { side: string; head: Client };
  let reader: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    ({ review, published } = await implementing(world, 'SVN'));
    watch = await world.organization('Watch');
    reader = world.api.as();
    page = `/v1/record/recommendations/${published[0]}/follow-up`;
    await say(await world.delegation('SVN'), review, word(published[0]!, 'fully-implemented'));
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = `/v1/reviews/`;
  const prepare = (who: Client, ...items: object[]) =>
    who.post(`${url}${review}/follow-up`, { items });
  const read = async (address = page, query: Record<string, string> = {}) =>
    ((await reader.get(address, query).expect(200)).body as { items: Told[] }).items;

  it('are graded A to E by organizations, other States and the secretariat', async () => {
    const { body } = await prepare(watch.head, word(published[0]!, 'fully-implemented')).expect(
      409,
    );
    expect(body).toMatchObject({
      facts: { items: [{ code: 'grade-unknown', facts: { known: ['A', 'B', 'C', 'D', 'E'] } }] },
    });
    const documents = await read('/v1/record/documents');
    const evidence = [
      { documentId: documents[0]!.id },
      { title: 'A judgment', url: 'https://courts.example/44' },
    ];
    await say(
      watch.head,
      review,
      word(published[0]!, 'E', { evidence, text: 'Quite the contrary' }),
    );
    await say(await world.delegation('FRA'), review, word(published[0]!, 'B'));
    await say(world.secretariat, review, word(published[0]!, 'C'));
    const all = await read();
    expect(all.map(({ kind, by, grade }) => [kind, by.side, grade])).toEqual([
      ['status', 'state:SVN', 'fully-implemented'],
      ['assessment', watch.side, 'E'],
      ['assessment', 'state:FRA', 'B'],
      ['assessment', 'secretariat:upr', 'C'],
    ]);
    expect(all[1]).toMatchObject({ by: { name: 'Watch' }, evidence, current: true });
  });

  it('are found by side, kind and grade, and by review', async () => {
    const { publicId } = (await world.secretariat.get(`/v1/reviews/${review}`).expect(200))
      .body as {
      publicId: string;
    };
    const list = `/v1/record/proceedings/${publicId}/follow-up`;
    const grades = async (query: Record<string, string>) =>
      (await read(list, query)).map(({ grade }) => grade);
    expect(await grades({})).toHaveLength(4);
    expect(await grades({ side: watch.side })).toEqual(['E']);
    expect(await grades({ kind: 'status' })).toEqual(['fully-implemented']);
    expect(await grades({ grade: 'B' })).toEqual(['B']);
    expect(await grades({ side: 'state:KEN' })).toEqual([]);
    const unknown: Record<string, string>[] = [
      { grade: 'F' },
      { side: 'state:XXX' },
      { side: 'body:nothing' },
    ];
    for (const query of unknown) {
      await expectRefused(ledger, reader.get(list, query), 400, 'invalid-parameter');
    }
    const missing = list.replace(publicId, published[0]!);
    await expectRefused(ledger, reader.get(missing), 404, 'not-found');
  });

  it('bear one side, which the request names where there are several', async () => {
    const { body } = await watch.head.get('/v1/me').expect(200);
    const { email } = body as { email: string };
    const other = await world.organization('Lawyers');
    const seat = { email, side: other.side, role: 'officer' };
    await other.head.post('/v1/memberships', seat).expect(201);
    const item = word(published[1]!, 'D');
    const both = await prepare(watch.head, item).expect(409);
    expect(both.body).toMatchObject({ code: 'side-ambiguous' });
    const send = { items: [item], as: other.side };
    await watch.head.post(`${url}${review}/follow-up`, send).expect(200);
    const handIn = `${url}${review}/follow-up/submit`;
    await watch.head.post(handIn, { as: watch.side }).expect(409);
    await watch.head.post(handIn, { as: other.side }).expect(200);
    const [said] = await read(page.replace(published[0]!, published[1]!));
    expect(said!.by).toEqual({ side: other.side, name: 'Lawyers' });
  });

  it('are withdrawn like all else: words, evidence and whose they were', async () => {
    const as = watch.side;
    const again = word(published[0]!, 'D', { text: 'It names somebody' });
    await watch.head.post(`${url}${review}/follow-up`, { items: [again], as }).expect(200);
    await watch.head.post(`${url}${review}/follow-up/submit`, { as }).expect(200);
    const mine = (await read(page, { side: watch.side })).toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    expect(mine.map(({ current }) => current)).toEqual([false, true]);
    const withdrawal = {
      item: { kind: 'assessment', id: mine[1]!.id },
      whole: true,
      ground: 'risk-to-person',
      reason: 'It names somebody',
    };
    await world.secretariat.post('/v1/withdrawals', withdrawal).expect(201);
    const masked = (await read()).find(({ id }) => id === mine[1]!.id)!;
    expect(masked).toMatchObject({
      by: { side: null, name: '[withdrawn]' },
      text: '[withdrawn]',
      evidence: [],
      grade: 'D',
      current: false,
      withdrawn: { parts: ['author', 'evidence', 'text'] },
    });
    expect((await read(page, { side: watch.side })).map(({ id }) => id)).toEqual([mine[0]!.id]);
    const shown = async (who: Client) => {
      const { body } = await who.get(`${url}${review}/follow-up`, { limit: 200 }).expect(200);
      const { items } = body as { items: { publicId: string; side: string; text: string }[] };
      const { side, text } = items.find(({ publicId }) => publicId === mine[1]!.id)!;
      return { side, text };
    };
    expect(await shown(await world.delegation('FRA'))).toEqual({
      side: '[withdrawn]',
      text: '[withdrawn]',
    });
    expect(await shown(watch.head)).toEqual({ side: watch.side, text: '[withdrawn]' });
    // What the side says next leaves it alone: nothing tells whose it was.
    const { items: before } = (await reader.get('/v1/record/changes', { limit: 200 })).body as {
      items: { id: string }[];
    };
    await watch.head.post(`${url}${review}/follow-up`, { items: [again], as }).expect(200);
    await watch.head.post(`${url}${review}/follow-up/submit`, { as }).expect(200);
    const { items: after } = (await reader.get('/v1/record/changes', { limit: 200 })).body as {
      items: { id: string }[];
    };
    expect(after.slice(before.length).map(({ id }) => id)).not.toContain(mine[1]!.id);
  });

  it('go with mid-term reports of others, published when they are handed in', async () => {
    const send = { kind: 'other-mid-term-report', title: 'Half way', as: watch.side };
    const begun = await watch.head.post(`${url}${review}/documents`, send).expect(201);
    const { id, version } = begun.body as { id: string; version: number };
    const sent = await watch.head
      .upload(`/v1/documents/${id}/content`, 'Half way.', { version })
      .expect(200);
    const match = { version: (sent.body as { version: number }).version };
    await watch.head.post(`/v1/documents/${id}/submit`, undefined, match).expect(200);
    const kind = { kind: 'other-mid-term-report' };
    expect(await read('/v1/record/documents', kind)).toMatchObject([{ title: 'Half way' }]);
    const { body } = await watch.head.get(`${url}${review}/deadlines`).expect(200);
    const deadlines = (body as { items: { key: string; due: string }[] }).items;
    const due = deadlines.find(({ key }) => key === 'other-mid-term-reports')!;
    expect(due.due.slice(0, 7)).toBe('2030-03');
  });
});
