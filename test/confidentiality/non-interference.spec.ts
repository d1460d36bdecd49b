import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queried } from '../database/direct.js';
import type { Client } from '../setup/api.js';
import { assemble, CAST, FRA, OFFICE, SVN, type Player, type Stage } from './cast.js';
import { allIds, crawl, type Answers, type Ids } from './crawl.js';

interface Versioned {
  id: string;
  version: number;
}

/** One of each kind: the others of a delegation see what it sees. */
const WATCHING = CAST.filter((player) => !/drafter|recused/.test(player));

/**
 * Whoever may not see a thing cannot tell whether it is there: every byte of every answer is the
 * same before and after. The one exemption is the clock, which goes on by itself.
 */
describe('what one may not see changes nothing that one sees:', () => {
  let stage: Stage;
  let before: Map<Player, Answers>;
  /** Asked of everybody, before and after: the ids of hidden things among them. */
  let ids: Ids;

  const documents = () => `/v1/reviews/${stage.review}/documents`;
  const recommendations = () => `/v1/reviews/${stage.review}/recommendations`;
  const crawled = async (player: Player): Promise<Answers> => {
    const answers = await crawl(stage.world.api, stage.cast[player], ids);
    return new Map([...answers].filter(([url]) => url !== '/v1/clock'));
  };

  beforeAll(async () => {
    stage = await assemble(['An observatory', 'Another']);
    const { world, review, cast } = stage;
    await world.reach(review, 'SVN', 'preparation');
    // Each side's desk has something in it, so that what comes next is not its first.
    await begin(cast.svn, 'national-report');
    await begin(cast.ngo, 'stakeholder-submission');
    ids = await allIds(world.api.database.adminUrl);
    before = new Map();
    for (const player of WATCHING) before.set(player, await crawled(player));
  }, 60_000);
  afterAll(() => stage.world.stop());

  async function begin(who: Client, kind: string, title = 'A title'): Promise<Versioned> {
    const { body } = await who.post(documents(), { kind, title }).expect(201);
    return body as Versioned;
  }
  async function upload(who: Client, { id, version }: Versioned): Promise<Versioned> {
    const url = `/v1/documents/${id}/content`;
    const { body } = await who.upload(url, `A text of version ${version}`, { version }).expect(200);
    return body as Versioned;
  }

  /** Does it, and compares all that those see who may not notice. */
  async function unnoticed(by: readonly Player[], act: () => Promise<unknown>): Promise<void> {
    await act();
    for (const player of WATCHING) {
      const now = await crawled(player);
      const was = before.get(player)!;
      before.set(player, now);
      if (by.includes(player)) continue;
      const changed = [...now].filter(([url, answer]) => was.get(url) !== answer);
      expect([player, changed.map(([url, answer]) => [url, was.get(url), answer])]).toEqual([
        player,
        [],
      ]);
      expect([...now.keys()]).toEqual([...was.keys()]);
    }
  }

  it('a draft, and work on it', async () => {
    let draft: Versioned;
    await unnoticed(SVN, async () => {
      draft = await begin(stage.cast['svn drafter'], 'national-report');
      draft = await upload(stage.cast.svn, draft);
      await upload(stage.cast.svn, draft);
    });
    await unnoticed(['ngo'], async () => {
      await upload(stage.cast.ngo, await begin(stage.cast.ngo, 'joint-submission'));
    });
    await unnoticed(OFFICE, () => begin(stage.cast.secretariat, 'compilation'));
  }, 120_000);

  it(
    'the first thing that a side does',
    () => unnoticed(['other ngo'], () => begin(stage.cast['other ngo'], 'joint-submission')),
    60_000,
  );

  it(
    'a filing of an organization',
    () =>
      unnoticed(['ngo', ...OFFICE], async () => {
        const { ngo } = stage.cast;
        const { id, version } = await upload(ngo, await begin(ngo, 'stakeholder-submission'));
        await ngo.post(`/v1/documents/${id}/submit`, undefined, { version }).expect(200);
      }),
    60_000,
  );

  it(
    'a try of somebody else, a dry run, a refusal',
    () =>
      unnoticed([], async () => {
        const { svn, fra, secretariat, stranger } = stage.cast;
        const { version } = (await svn.get(`/v1/reviews/${stage.review}`).expect(200))
          .body as Versioned;
        const moves = `/v1/reviews/${stage.review}/moves`;
        await secretariat.post(moves, { move: 'issue-documents' }, { version }).expect(409);
        const dry = { version, query: { dryRun: true } };
        await secretariat.post(moves, { move: 'issue-documents' }, dry).expect(200);
        await fra.post(moves, { move: 'issue-documents' }, { version }).expect(409);
        await stranger.post(moves, { move: 'issue-documents' }, { version }).expect(404);
        await fra.post(documents(), { kind: 'national-report', title: 'x' }).expect(409);
      }),
    60_000,
  );

  it('people and organizations that one does not know', async () => {
    const { world } = stage;
    await unnoticed(['administrator', ...OFFICE], () => world.organization('A third'));
    await unnoticed(['administrator', ...OFFICE], () => world.delegation('NPL'));
    await unnoticed(['administrator', ...FRA], () => world.delegation('FRA', 'focal-point'));
    await unnoticed(['administrator'], () => world.stranger());
  }, 120_000);

  it('a review, a test one too', async () => {
    const outsiders: readonly Player[] = ['anonymous', 'stranger', 'administrator'];
    const insiders = CAST.filter((player) => !outsiders.includes(player));
    // The place in the calendar is public, and comes first.
    const { slotId } = await stage.world.slot('AUT', 60);
    const tested = await stage.world.slot('CHE', 61);
    await unnoticed([...CAST], () => Promise.resolve());
    await unnoticed(insiders, () => stage.world.secretariat.post('/v1/reviews', { slotId }));
    const trial = { slotId: tested.slotId, test: true };
    await unnoticed(insiders, () => stage.world.secretariat.post('/v1/reviews', trial));
    const { adminUrl } = stage.world.api.database;
    const [count] = await queried<{ n: number }>(
      adminUrl,
      'SELECT count(*)::int AS n FROM casework.proceeding',
    );
    expect(count).toEqual({ n: 3 });
  }, 120_000);

  it('what delegations prepare, and what they tell each other', async () => {
    const { world, review, cast } = stage;
    await world.reach(review, 'SVN', 'reviewed');
    const made = await world.recommend(cast.fra, review, 'Ratify it', ['KEN']);
    ids = await allIds(world.api.database.adminUrl);
    await unnoticed([...CAST], () => Promise.resolve());
    await unnoticed(FRA, async () => {
      const { body } = await cast.fra.post(recommendations(), { text: 'A draft' }).expect(201);
      const { id, version } = body as Versioned;
      const edit = { text: 'Another', with: ['BRA', 'KEN'] };
      await cast['fra drafter'].patch(`/v1/recommendations/${id}`, edit, { version }).expect(200);
    });
    await unnoticed(SVN, () => world.position(cast.svn, made, 'noted', { comment: 'Not yet' }));
    await unnoticed(SVN, () => world.position(cast['svn drafter'], made, 'supported'));
    const outside: readonly Player[] = [
      'anonymous',
      'stranger',
      'administrator',
      'ngo',
      'other ngo',
    ];
    const parties = CAST.filter((player) => !outside.includes(player));
    await unnoticed(parties, async () => {
      await world.recommend(cast.ken, review, 'Consider it');
      await cast.ken.post(`/v1/recommendations/${made}/confirm`, {}).expect(200);
      await cast.svn.post(`/v1/reviews/${review}/positions`).expect(200);
      await world.file(world.secretariat, review, { kind: 'working-group-report' });
    });
  }, 120_000);

  it('a corrigendum that is being prepared', async () => {
    const { cast } = stage;
    const { body } = await cast.svn.get(documents(), { kind: 'national-report' }).expect(200);
    const filed = (body as { items: (Versioned & { status: string })[] }).items;
    const { id, version } = filed.find(({ status }) => status === 'published')!;
    await unnoticed(SVN, async () => {
      const url = `/v1/documents/${id}/versions`;
      const begun = await cast.svn.post(url, { reason: 'A slip' }, { version }).expect(201);
      await upload(cast.svn, begun.body as Versioned);
    });
  }, 60_000);
});
