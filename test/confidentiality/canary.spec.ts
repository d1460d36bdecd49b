import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Questions } from '../factories/asking-questions.js';
import { hiddenNotices } from '../factories/hidden-notices.js';
import { Lists, OPENS } from '../factories/speaking.js';
import { sealRoots } from '../factories/seal-roots.js';
import { signOff } from '../factories/sign-off.js';
import { assemble, CASE, CAST, FRA, OFFICE, PARTIES, SVN, TROIKA, type Stage } from './cast.js';
import { allIds, crawl, unreadBy, type Answers } from './crawl.js';
import { expectPeopleMet } from './people.js';
import { inOrder, ofDocument, readings, Secrets, type Readings, type Table } from './secrets.js';

describe('what is confidential is seen by whom it concerns, and nobody else:', () => {
  const secrets = new Secrets();
  const secret = (name: string) => secrets.of(name);
  let stage: Stage;
  let read: Readings; // of everybody, last
  beforeAll(async () => {
    stage = await assemble([secret('organization'), secret('other organization')]);
    await stage.exclude(stage.cast['recused in bra']);
  }, 300_000);
  afterAll(() => stage.world.stop());

  async function expectSeen(table: Table): Promise<void> {
    read = await readings(stage);
    expect(secrets.seen(read, Object.keys(table))).toEqual(inOrder(table));
  }

  it('while the documents are prepared', async () => {
    const { world, review, cast } = stage;
    const reason = { move: 'record-troika', reason: secret('reason of a move') };
    const troika = {
      states: ['ALB', 'BRA', 'NOR'],
      drawnOn: '2026-09-01',
      meeting: secret('meeting'),
      witnesses: [secret('witness')],
    };
    const drawn = await world.secretariat
      .post(`/v1/reviews/${review}/troika`, troika, { version: 1 })
      .expect(200);
    const { version } = drawn.body as { version: number };
    await world.secretariat.post(`/v1/reviews/${review}/moves`, reason, { version }).expect(200);
    await secrets.draft(stage, cast['svn drafter'], 'national-report', 'draft of the State');
    await secrets.file(stage, cast.svn, 'national-report', 'report of the State');
    await secrets.draft(stage, cast.ngo, 'stakeholder-submission', 'draft of an organization');
    await secrets.fileWord(stage, cast.ngo, 'joint-submission', 'submission');
    await secrets.draft(stage, cast.secretariat, 'compilation', 'draft of the secretariat');
    await secrets.plantForCommittee(stage);
    await new Questions(review).filed(cast.fra, [secret('question')]);
    const table = {
      question: [...FRA, ...TROIKA, ...OFFICE, 'president'],
      'reason of a move': CASE,
      meeting: CAST, // that it met is no secret; who was there is told to whom the case is
      witness: CASE,
      organization: ['ngo', ...OFFICE],
      'other organization': ['other ngo', ...OFFICE],
      'committee: title': [...TROIKA, ...OFFICE, 'president'],
      'committee: symbol': [...TROIKA, ...OFFICE, 'president'],
      ...ofDocument('draft of the State', SVN),
      ...ofDocument('report of the State', [...SVN, ...OFFICE]),
      ...ofDocument('draft of an organization', ['ngo']),
      ...ofDocument('submission', ['ngo', ...OFFICE]),
      'submission: author': ['ngo'],
      'submission: comment': ['ngo'],
      ...ofDocument('draft of the secretariat', OFFICE),
    } satisfies Table;
    await expectSeen(table);
  }, 300_000);

  let report: string;
  let made: string;
  let joint: string;
  it('while recommendations are made', async () => {
    const { world, review, cast } = stage;
    await secrets.file(stage, cast.secretariat, 'compilation', 'compilation');
    await secrets.file(stage, cast.secretariat, 'stakeholder-summary', 'summary');
    expect((await world.move(cast.secretariat, review, 'issue-documents')).status).toBe(200);
    await world.reach(review, 'SVN', 'ready');
    await world.at(OPENS);
    await new Lists(world, review).registered(cast.fra);
    await hiddenNotices(stage);
    made = await world.recommend(cast.fra, review, secret('recommendation'), ['KEN']);
    const draft = { text: secret('draft of a recommendation'), with: ['BRA'] };
    await cast['fra drafter'].post(`/v1/reviews/${review}/recommendations`, draft).expect(201);
    joint = await secrets.propose(stage);
    await secrets.promise(stage);
    await world.reach(review, 'SVN', 'reviewed');
    const words = (name: string) => ({
      statedPosition: secret(`${name}: stated`),
      comment: secret(`${name}: comment`),
    });
    await world.position(cast.svn, made, 'noted', words('given'));
    await cast.svn.post(`/v1/reviews/${review}/positions`, {}).expect(200);
    await world.position(cast.svn, made, 'supported', words('prepared'));
    await secrets.file(stage, cast.secretariat, 'working-group-report', 'report of the group');
    report = await secrets.correct(stage, cast.svn, 'report of the State');
    await secrets.summarize(stage, 'submission');
    await secrets.report(stage, cast.secretariat, 'working-group-report', 'draft of the report');
    const table = {
      ...ofDocument('draft of the State', SVN),
      ...ofDocument('draft of an organization', ['ngo']),
      ...ofDocument('draft of the secretariat', OFFICE),
      ...ofDocument('report of the State', CAST),
      ...ofDocument('submission', CAST),
      'submission: author': ['ngo'],
      'submission: comment': ['ngo'],
      ...ofDocument('report of the group', PARTIES),
      'reason of the corrigendum': SVN,
      'content of the corrigendum': SVN,
      organization: CAST,
      'other organization': ['other ngo', ...OFFICE],
      'committee: title': [...TROIKA, ...OFFICE, 'president'],
      question: CAST,
      recommendation: PARTIES,
      'draft of a recommendation': FRA,
      'joint text': PARTIES,
      ...Secrets.PROPOSED,
      pledge: PARTIES,
      'draft of a pledge': SVN,
      'given: stated': PARTIES,
      'given: comment': PARTIES,
      'prepared: stated': SVN,
      'prepared: comment': SVN,
      'draft of the report': [...TROIKA, ...OFFICE, 'president'],
      'note on a passage': OFFICE,
      'paragraph of a summary': OFFICE,
      witness: CASE,
    } satisfies Table;
    await expectSeen(table);
  }, 300_000);

  it('after the report is adopted', async () => {
    const { world, review, cast } = stage;
    await world.secretariat
      .post(`/v1/reviews/${review}/recommendations/labels`, {
        labels: [made, joint].map((id, index) => ({ id, label: `6.${index + 1}` })),
      })
      .expect(200);
    await signOff(world, review);
    await world.at('2027-05-05T15:00:00Z');
    expect((await world.move(cast.president, review, 'adopt-report')).status).toBe(200);
    await cast.svn.post(`/v1/reviews/${review}/positions`, {}).expect(200);
    await secrets.report(stage, cast['svn drafter'], 'addendum', 'draft of the addendum');
    const reserved = { state: 'FRA', kind: 'reservation', madeOn: '2027-05-05' };
    await cast.secretariat
      .post(`/v1/reviews/${review}/reservations`, { ...reserved, text: secret('reservation') })
      .expect(201);
    const { body } = await cast.svn.get(`/v1/documents/${report}`).expect(200);
    const { version } = body as { version: number };
    await cast.svn.post(`/v1/documents/${report}/submit`, undefined, { version }).expect(200);
    const table = {
      ...ofDocument('draft of the State', SVN),
      ...ofDocument('draft of an organization', ['ngo']),
      ...ofDocument('report of the group', CAST),
      'draft of the report': [...TROIKA, ...OFFICE, 'president'],
      'draft of the addendum': SVN,
      reservation: CAST,
      'reason of the corrigendum': CAST,
      'content of the corrigendum': CAST,
      'other organization': ['other ngo', ...OFFICE],
      'submission: author': ['ngo'],
      'submission: comment': ['ngo'],
      'committee: title': [...TROIKA, ...OFFICE, 'president'],
      recommendation: CAST,
      'draft of a recommendation': FRA,
      'joint text': CAST,
      ...Secrets.PROPOSED,
      pledge: CAST,
      'draft of a pledge': SVN,
      // What came in writing took the place of what was given in the room, and is public at once.
      'given: comment': [],
      'prepared: comment': CAST,
      witness: CASE,
    } satisfies Table;
    await expectSeen(table);
  }, 300_000);

  it('while it is implemented', async () => {
    await secrets.followUp(stage);
    await expectSeen({
      status: CAST,
      assessment: CAST,
      'draft of a status': SVN,
      'draft of an assessment': ['ngo'],
      // Whoever assesses signs.
      'other organization': CAST,
    });
  }, 300_000);

  /** What the secretariat read before its only submission was withdrawn. */
  let before: Answers;
  it('what is withdrawn is seen by nobody, why it was by the secretariat alone', async () => {
    const { api } = stage.world;
    before = await crawl(api, stage.cast.secretariat, await allIds(api.database.adminUrl));
    await secrets.withdraw(stage, 'submission');
    await sealRoots(api.database);
    await expectSeen({
      ...ofDocument('submission', []),
      'why of a request': ['stranger', ...OFFICE],
      'reason of a withdrawal': OFFICE,
      'note on a passage': [],
      'paragraph of a summary': [],
      // The name of who wrote it went with it.
      organization: ['ngo', ...OFFICE],
      'report of the State: title': CAST,
      ...ofDocument('draft of the State', SVN),
      recommendation: CAST,
    });
  }, 300_000);

  it('people: by themselves, their side, who seated them, and the administrator', async () => {
    await expectPeopleMet(stage, read);
  }, 300_000);

  it('and every GET of the contract was read', async () => {
    const { cast, world } = stage;
    const ids = await allIds(world.api.database.adminUrl);
    const open = await crawl(world.api, cast.anonymous, ids);
    const closed = await crawl(world.api, cast.svn, ids);
    const all = [...before, ...open, ...closed];
    for (const who of [cast.secretariat, world.admin])
      all.push(...(await crawl(world.api, who, ids)));
    expect(unreadBy(all)).toEqual([]);
    // What needs no session is the same for all, and what needs one is refused without.
    expect(await crawl(world.api, cast.svn, ids, 'open')).toEqual(open);
    const outside = [...(await crawl(world.api, cast.anonymous, ids, 'closed')).values()];
    expect([...new Set(outside.map((text) => text.slice(0, 3)))]).toEqual(['401']);
  }, 300_000);

  it('the log has none of it', async () => {
    const { world, cast } = stage;
    const guess = { email: 'somebody-who-guesses@comity.test', password: secret('a guess') };
    await cast.anonymous.post('/v1/auth/login', guess).expect(401);
    const unknown = { [secret('a field')]: 1, title: secret('a title') };
    await cast.svn.post(`/v1/reviews/${stage.review}/documents`, unknown).expect(400);
    await cast.svn
      .get(`/v1/reviews?state=${encodeURIComponent(secret('a parameter'))}`)
      .expect(400);
    await cast.svn.get(`/v1/${encodeURIComponent(secret('a path'))}`).expect(404);
    const log = world.api.logged();
    expect(log.split('\n').length).toBeGreaterThan(1000);
    for (const [name, token] of secrets.all())
      expect([name, log.includes(token)]).toEqual([name, false]);
    for (const client of Object.values(cast)) {
      expect(client.token !== undefined && log.includes(client.token)).toBe(false);
    }
    expect(
      /canary|Bearer cs|\$argon2|@comity\.test|\bc[fkmrsu]_[\w-]{20}/i.exec(log)?.[0],
    ).toBeUndefined();
  });
});
