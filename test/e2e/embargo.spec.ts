import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly publicId: string | null;
  readonly publication: {
    readonly until: string | null;
    readonly publishedAt: string | null;
  } | null;
  readonly actions: { readonly action: string; readonly because: string | null }[];
}

/** The dialogue is on 3 May 2027; what is published comes at `documented`. */
describe('an embargo, and an audience', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let ngo: Client;
  let other: Client;
  const filed: Record<'held' | 'extended' | 'kept' | 'free', string> = {
    held: '',
    extended: '',
    kept: '',
    free: '',
  };
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    ngo = (await world.organization('An observatory')).head;
    other = (await world.organization('Another')).head;
    await world.reach(review, 'SVN', 'preparation');
    for (const key of ['held', 'extended', 'kept', 'free'] as const) {
      const filing = { kind: 'joint-submission', title: key, text: `The words of ${key}.` };
      filed[key] = await world.file(ngo, review, filing);
    }
    // A corrigendum of what is held back waits with it.
    await correct('held', 'The corrected words of held.');
    await world.at('2027-01-20T09:00:00Z');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const show = async (key: keyof typeof filed, who = ngo): Promise<Shown> =>
    (await who.get(`/v1/documents/${filed[key]}`).expect(200)).body as Shown;
  const put = (
    what: 'embargo' | 'audience',
    key: keyof typeof filed,
    { who = ngo, version, ...body }: { who?: Client; version: number; [field: string]: unknown },
  ) => who.put(`/v1/documents/${filed[key]}/${what}`, { reason: 'not yet', ...body }, { version });
  const published = async (): Promise<string[]> => {
    const { body } = await world.api
      .as()
      .get('/v1/record/documents', { kind: 'joint-submission' })
      .expect(200);
    return (body as { items: { title: string }[] }).items.map(({ title }) => title).toSorted();
  };
  const dutiesOf = async (who: Client): Promise<object[]> => {
    const { body } = await who.get('/v1/me/duties', { limit: 200 }).expect(200);
    const { items } = body as { items: { deadline: string }[] };
    return items.filter(({ deadline }) => deadline === 'embargo-end');
  };
  /** Each is told in its own desk: the secretariat's says no other than the filer's. */
  const told = async (what: string): Promise<string[]> => {
    const entries = (await ledger.journal(review)).filter((entry) => entry.what === what);
    const office = entries.filter(({ compartment }) => compartment === 'desk:secretariat:upr');
    const others = entries.filter(({ compartment }) => compartment !== 'desk:secretariat:upr');
    if (office.length > 0) {
      const facts = (some: typeof entries) => some.map((entry) => entry.facts);
      expect(facts(office)).toEqual(facts(others));
    }
    return others.map(({ at, by }) => `${by} ${at}`);
  };
  const UNTIL = '2027-03-01T09:00:00.000Z';

  it('is asked for by its side or the secretariat, and by nobody else', async () => {
    const { version } = await show('held');
    const far = '2027-07-19T10:00:00Z';
    const call = (given: object) => put('embargo', 'held', { version, until: UNTIL, ...given });
    await expectRefused(ledger, call({ who: world.api.as() }), 401, 'unauthenticated');
    for (const who of [other, await world.delegation('SVN'), await world.stranger()]) {
      await expectRefused(ledger, call({ who }), 404, 'not-found');
    }
    await expectRefused(ledger, call({ version: version + 1 }), 412, 'stale');
    await expectRefused(ledger, call({ until: '2027-01-20T09:00:00Z' }), 409, 'embargo-too-short');
    await expectRefused(ledger, call({ until: far }), 409, 'embargo-too-long');
    await expectRefused(ledger, call({ until: 'later' }), 422, 'invalid-content');
    const { body } = await call({}).expect(200);
    expect(body).toMatchObject({
      version: version + 1,
      publication: { audience: 'public', until: UNTIL, publishedAt: '2027-03-03T09:00:00Z' },
    });
    const office = await show('extended', world.secretariat);
    const byOffice = { who: world.secretariat, version: office.version, until: UNTIL };
    await put('embargo', 'extended', byOffice).expect(200);
    expect((await show('extended')).publication).toMatchObject({ until: UNTIL });
    expect((await show('free')).publication).toBeNull();
  });

  it('an organization may keep its own to the parties; a State publishes what it files, at once', async () => {
    const svn = await world.delegation('SVN');
    const report = await world.file(svn, review, { kind: 'national-report' });
    const { body } = await svn.get(`/v1/documents/${report}`).expect(200);
    const { version, actions } = body as Shown;
    const ask = { audience: 'parties', reason: 'It is ours' };
    const call = svn.put(`/v1/documents/${report}/audience`, ask, { version });
    await expectRefused(ledger, call, 409, 'audience-not-offered');
    for (const who of [svn, world.secretariat]) {
      const hold = { until: UNTIL, reason: 'It is not convenient' };
      const held = who.put(`/v1/documents/${report}/embargo`, hold, { version });
      await expectRefused(ledger, held, 409, 'audience-not-offered');
    }
    const offered = actions.filter(({ action }) => /^put-(audience|embargo)$/.test(action));
    expect(offered.map(({ because }) => because)).toEqual(Array(2).fill('audience-not-offered'));
    // What the secretariat has written it may hold back, and not keep from the public.
    const elsewhere = await world.review('KEN', { number: 51 });
    const written = await world.file(world.secretariat, elsewhere, { kind: 'compilation' });
    const own = `/v1/documents/${written}`;
    const { version: read } = (await world.secretariat.get(own).expect(200)).body as Shown;
    const never = world.secretariat.put(`${own}/audience`, ask, { version: read });
    await expectRefused(ledger, never, 409, 'audience-not-offered');
    const later = { until: UNTIL, reason: 'All at once' };
    const held = await world.secretariat.put(`${own}/embargo`, later, { version: read });
    expect(held.status).toBe(200);
    const none = { until: null, reason: 'It may come out' };
    const { version: again } = held.body as Shown;
    await world.secretariat.put(`${own}/embargo`, none, { version: again }).expect(200);
    const kept = await show('kept');
    await put('audience', 'kept', { version: kept.version, audience: 'parties' }).expect(200);
    await expectProblem(svn.get(`/v1/documents/${filed.kept}`), 404, 'not-found');
  });

  it('holds back what its stage would publish, and what is for the parties stays with them', async () => {
    for (const kind of ['compilation', 'stakeholder-summary']) {
      await world.file(world.secretariat, review, { kind });
    }
    expect((await world.move(world.secretariat, review, 'issue-documents')).status).toBe(200);
    expect(await published()).toEqual(['free']);
    const svn = await world.delegation('SVN');
    expect(await show('kept')).toMatchObject({ status: 'submitted', publicId: null });
    await expectProblem(svn.get(`/v1/documents/${filed.kept}`), 404, 'not-found');
    await expectProblem(svn.get(`/v1/documents/${filed.held}`), 404, 'not-found');
    await expectProblem(other.get(`/v1/documents/${filed.kept}`), 404, 'not-found');
    const { version } = await show('free');
    await expectRefused(
      ledger,
      put('embargo', 'free', { version, until: UNTIL }),
      409,
      'already-published',
    );
  });

  async function correct(key: keyof typeof filed, text: string): Promise<void> {
    const url = `/v1/documents/${filed[key]}`;
    const begun = await ngo
      .post(`${url}/versions`, { reason: 'An error' }, { version: (await show(key)).version })
      .expect(201);
    const { version } = begun.body as Shown;
    const sent = await ngo.upload(`${url}/content`, text, { version }).expect(200);
    await ngo
      .post(`${url}/submit`, undefined, { version: (sent.body as Shown).version })
      .expect(200);
  }

  it('warns both seven days ahead, once, and is a duty from then on', async () => {
    expect([await dutiesOf(ngo), await told('embargo-ending')]).toEqual([[], []]);
    await world.at('2027-02-22T09:00:01Z');
    await world.at('2027-02-23T09:00:00Z');
    const warned = 'clock 2027-02-22T09:00:00.000Z';
    expect(await told('embargo-ending')).toEqual([warned, warned]);
    for (const [who, as] of [
      [ngo, 'filer'],
      [world.secretariat, 'secretariat'],
    ] as const) {
      const duty = { proceedingId: review, as, due: UNTIL, dueLocal: '2027-03-01T10:00' };
      expect(await dutiesOf(who)).toMatchObject([duty, duty]);
    }
    for (const who of [other, await world.delegation('SVN'), await world.president()]) {
      expect(await dutiesOf(who)).toEqual([]);
    }
  });

  it('may be extended in the grace after its end, and is published when that is over', async () => {
    await world.at('2027-03-03T08:59:59Z');
    expect(await published()).toEqual(['free']);
    const { version } = await show('extended');
    const until = '2027-04-01T10:00:00.000Z';
    await put('embargo', 'extended', { version, until }).expect(200);
    await world.at('2027-03-03T09:00:00Z');
    expect(await published()).toEqual(['free', 'held']);
    expect(await told('embargo-ended')).toEqual(['clock 2027-03-03T09:00:00.000Z']);
    const { publicId } = await show('held');
    const content = `/v1/record/documents/${publicId}/content`;
    expect((await world.api.as().get(content).expect(200)).text).toBe(
      'The corrected words of held.',
    );
    expect(await dutiesOf(ngo)).toEqual([]);
    // A jump over everything brings it about in order, each dated when it fell due.
    await world.at('2027-05-01T09:00:00Z');
    expect(await published()).toEqual(['extended', 'free', 'held']);
    expect((await told('embargo-ending')).at(-1)).toBe('clock 2027-03-25T10:00:00.000Z');
    expect((await told('embargo-ended')).at(-1)).toBe('clock 2027-04-03T10:00:00.000Z');
    expect(await told('document-published')).toContain('procedure 2027-04-03T10:00:00.000Z');
  });

  it('is lifted, and what was kept is published after all, by its side alone', async () => {
    const { version } = await show('kept');
    await put('embargo', 'kept', { version, until: '2027-06-01T09:00:00Z' }).expect(200);
    const office = { who: world.secretariat, version: version + 1, audience: 'public' };
    await expectRefused(ledger, put('audience', 'kept', office), 409, 'wrong-role');
    const now = { who: world.secretariat, version: version + 1, until: null };
    await expectRefused(ledger, put('embargo', 'kept', now), 409, 'wrong-role');
    await put('audience', 'kept', { version: version + 1, audience: 'public' }).expect(200);
    expect(await published()).not.toContain('kept');
    await put('embargo', 'kept', { version: version + 2, until: null }).expect(200);
    expect(await published()).toContain('kept');
    expect((await show('kept')).publicId).not.toBeNull();
  });

  it('a withdrawal of what came out of an embargo holds like any other', async () => {
    const { publicId } = await show('extended');
    const body = {
      item: { kind: 'document', id: publicId },
      whole: true,
      ground: 'consent-withdrawn',
      reason: 'The author asked',
    };
    await world.secretariat.post('/v1/withdrawals', body).expect(201);
    await world.at('2027-05-02T09:00:00Z');
    expect(await published()).toEqual(['[withdrawn]', 'free', 'held', 'kept']);
  });
});
