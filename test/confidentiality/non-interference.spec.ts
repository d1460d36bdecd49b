import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { Questions, type Asked } from '../factories/asking-questions.js';
import type { Client } from '../setup/api.js';
import { assemble, FRA, OFFICE, SVN, TROIKA, type Player, type Stage } from './cast.js';
import { Watch, WATCHING } from './watch.js';

interface Versioned {
  id: string;
  version: number;
}

const OUTSIDERS: readonly Player[] = ['anonymous', 'stranger', 'administrator'];
const NGOS: readonly Player[] = ['ngo', 'other ngo'];

/**
 * Whoever may not see a thing cannot tell whether it is there: every byte of every answer is the
 * same before and after. The one exemption is the clock, which goes on by itself.
 */
describe('what one may not see changes nothing that one sees:', () => {
  let stage: Stage;
  let watch: Watch;
  const expectUnnoticed: Watch['expectUnnoticed'] = (...acts) => watch.expectUnnoticed(...acts);
  const documents = () => `/v1/reviews/${stage.review}/documents`;
  const recommendations = () => `/v1/reviews/${stage.review}/recommendations`;
  beforeAll(async () => {
    stage = await assemble(['An observatory', 'Another']);
    watch = new Watch(stage);
    const { world, review, cast } = stage;
    await world.reach(review, 'SVN', 'preparation');
    // Each side's desk has something in it, so that what comes next is not its first.
    await begin(cast.svn, 'national-report');
    await begin(cast.ngo, 'stakeholder-submission');
    await watch.lookAgain();
  }, 300_000);
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

  it('a draft, and work on it', () => {
    const { svn, ngo, secretariat, 'svn drafter': drafter } = stage.cast;
    return expectUnnoticed(
      [
        SVN,
        async () => {
          const draft = await upload(svn, await begin(drafter, 'national-report'));
          await upload(svn, draft);
        },
      ],
      [['ngo'], async () => upload(ngo, await begin(ngo, 'joint-submission'))],
      [OFFICE, () => begin(secretariat, 'compilation')],
      // The first thing that a side does here.
      [['other ngo'], () => begin(stage.cast['other ngo'], 'joint-submission')],
    );
  }, 300_000);

  it('a filing of an organization, its embargo, and its withdrawal', () => {
    const { ngo, secretariat } = stage.cast;
    const both: readonly Player[] = ['ngo', ...OFFICE];
    const body = { whole: true, ground: 'error', reason: 'It names me' };
    let item: { kind: string; id: string };
    const holdBack = async () => {
      const url = `/v1/documents/${item.id}`;
      const { version } = (await secretariat.get(url).expect(200)).body as Versioned;
      const held = { until: '2027-02-01T09:00:00Z', reason: 'Not yet' };
      await secretariat.put(`${url}/embargo`, held, { version }).expect(200);
    };
    return expectUnnoticed(
      [
        both,
        async () => {
          const { id, version } = await upload(ngo, await begin(ngo, 'stakeholder-submission'));
          await ngo.post(`/v1/documents/${id}/submit`, undefined, { version }).expect(200);
          item = { kind: 'document', id };
        },
      ],
      [both, holdBack],
      [both, () => secretariat.post('/v1/withdrawals', { item, ...body }).expect(201)],
    );
  }, 300_000);

  it(
    'a try of somebody else, a dry run, a refusal',
    () =>
      expectUnnoticed([
        [],
        async () => {
          const { svn, fra, secretariat, stranger } = stage.cast;
          const url = `/v1/reviews/${stage.review}`;
          const { version } = (await svn.get(url).expect(200)).body as Versioned;
          const move = { move: 'issue-documents' };
          const dry = { version, query: { dryRun: true } };
          await secretariat.post(`${url}/moves`, move, { version }).expect(409);
          await secretariat.post(`${url}/moves`, move, dry).expect(200);
          await fra.post(`${url}/moves`, move, { version }).expect(409);
          await stranger.post(`${url}/moves`, move, { version }).expect(404);
          await fra.post(documents(), { kind: 'national-report', title: 'x' }).expect(409);
        },
      ]),
    300_000,
  );

  it('people and organizations that one does not know', () => {
    const { world } = stage;
    return expectUnnoticed(
      [['administrator', ...OFFICE], () => world.organization('A third')],
      [['administrator', ...OFFICE], () => world.delegation('NPL')],
      [['administrator', ...FRA], () => world.delegation('FRA', 'focal-point')],
      [['administrator'], () => world.stranger()],
    );
  }, 300_000);

  it('an advance question that is not relayed yet, and how the troika groups it', () => {
    const { fra, ken, bra } = stage.cast;
    const questions = new Questions(stage.review);
    const conducting: readonly Player[] = [...TROIKA, ...OFFICE, 'president'];
    let asked: Asked;
    return expectUnnoticed(
      [
        [...FRA, ...conducting],
        async () => {
          // The first of all, and two more with it: no number tells of them.
          [asked] = (await questions.filed(fra, ['Why not?', 'Since when?'])) as [Asked];
        },
      ],
      [
        [...FRA, 'ken', ...conducting],
        async () => {
          const [shared] = await questions.filed(fra, ['Who?'], { with: ['KEN'] });
          await questions.confirm(ken, shared!).expect(200);
        },
      ],
      [conducting, () => questions.group(bra, [['Courts', asked]], 0).expect(200)],
    );
  }, 300_000);

  it('a review, a test one too', async () => {
    const { secretariat } = stage.world;
    const insiders = WATCHING.filter((player) => !OUTSIDERS.includes(player));
    // The place in the calendar is public, and comes first.
    const { slotId } = await stage.world.slot('AUT', 60);
    const trial = { slotId: (await stage.world.slot('CHE', 61)).slotId, test: true };
    await watch.lookAgain();
    await expectUnnoticed(
      [insiders, () => secretariat.post('/v1/reviews', { slotId }).expect(201)],
      [insiders, () => secretariat.post('/v1/reviews', trial).expect(201)],
    );
  }, 300_000);

  it('what delegations prepare, and what they tell each other', async () => {
    const { world, review, cast } = stage;
    await world.reach(review, 'SVN', 'reviewed');
    const made = await world.recommend(cast.fra, review, 'Ratify it', ['KEN']);
    await watch.lookAgain();
    const parties = WATCHING.filter((player) => ![...OUTSIDERS, ...NGOS].includes(player));
    await expectUnnoticed(
      [
        FRA,
        async () => {
          const { body } = await cast.fra.post(recommendations(), { text: 'A draft' }).expect(201);
          const { id, version } = body as Versioned;
          const edit = { text: 'Another', with: ['BRA', 'KEN'] };
          await cast['fra drafter']
            .patch(`/v1/recommendations/${id}`, edit, { version })
            .expect(200);
        },
      ],
      [
        SVN,
        async () => {
          await world.position(cast.svn, made, 'noted', { comment: 'Not yet' });
          await world.position(cast['svn drafter'], made, 'supported');
        },
      ],
      [
        parties,
        async () => {
          await world.recommend(cast.ken, review, 'Consider it');
          await cast.ken.post(`/v1/recommendations/${made}/confirm`, {}).expect(200);
          await cast.svn.post(`/v1/reviews/${review}/positions`, {}).expect(200);
          await world.file(world.secretariat, review, { kind: 'working-group-report' });
        },
      ],
    );
  }, 300_000);

  it('a corrigendum that is being prepared', async () => {
    const { cast } = stage;
    const { body } = await cast.svn.get(documents(), { kind: 'national-report' }).expect(200);
    const filed = (body as { items: (Versioned & { status: string })[] }).items;
    const { id, version } = filed.find(({ status }) => status === 'published')!;
    await expectUnnoticed([
      SVN,
      async () => {
        const url = `/v1/documents/${id}/versions`;
        const begun = await cast.svn.post(url, { reason: 'A slip' }, { version }).expect(201);
        await upload(cast.svn, begun.body as Versioned);
      },
    ]);
  }, 300_000);

  it('somebody who asks for a withdrawal', async () => {
    const { cast } = stage;
    const { body } = await cast.anonymous.get('/v1/record/documents').expect(200);
    const [{ id }] = (body as { items: [Versioned] }).items;
    const asked = { item: { kind: 'document', id }, why: 'It names my sister' };
    await expectUnnoticed([
      ['stranger', ...OFFICE],
      () => cast.stranger.post('/v1/withdrawal-requests', asked).expect(201),
    ]);
  }, 300_000);
});
