import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, expectUnchanged, Ledger } from './ledger.js';

/** A review from its beginning to its end: at each stage first what is refused, then the move. */
describe('the moves of a review', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let president: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    president = await world.president();
    slovenia = await world.delegation('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const versionOf = async (id = review): Promise<number> =>
    (await world.secretariat.get(`/v1/reviews/${id}`).expect(200)).body.version as number;
  const move = async (who: Client, name: string, more: object = {}, id = review) => {
    const version = await versionOf(id);
    return () => who.post(`/v1/reviews/${id}/moves`, { move: name, ...more }, { version });
  };
  const expectNot = async (
    who: Client,
    name: string,
    code: string,
    facts: object = {},
    id = review,
  ) =>
    expectRefused(ledger, (await move(who, name, {}, id))(), 409, code, {
      ...(Object.keys(facts).length > 0 && { facts }),
    });
  /** Made, with its row, its entry in the journal, and the next version. */
  const expectMade = async (
    who: Client,
    name: string,
    to: string,
    more: { reason?: string } = {},
  ) => {
    const before = await versionOf();
    const { body, headers } = await (await move(who, name, more))().expect(200);
    expect(body).toMatchObject({ status: to, version: before + 1 });
    expect(headers['etag']).toBe(`"${before + 1}"`);
    const row = await ledger.row('SELECT status, version FROM casework.proceeding WHERE id = $1', [
      review,
    ]);
    expect(row).toEqual({ status: to, version: before + 1 });
    const entry = (await ledger.journal(review, 'case')).findLast(({ what }) => what === 'moved')!;
    expect(entry.facts).toMatchObject({ move: name, to });
    expect(entry.reason).toBe(more.reason);
    const actor = (await who.get('/v1/me')).body.accountId as string;
    expect(entry.author).toBe(actor);
    return entry;
  };

  it('begin with the draw', async () => {
    await expectNot(world.secretariat, 'record-troika', 'troika-missing', {
      fact: 'troika.recorded',
      value: false,
    });
    await expectNot(slovenia, 'record-troika', 'wrong-role');
    await expectNot(president, 'fly-away', 'unknown-move', { move: 'fly-away' });
    await expectNot(president, 'adopt-report', 'wrong-stage');
    const drafter = await world.person('secretariat:upr', 'drafter');
    const facts = { permission: 'submit' };
    await expectNot(drafter, 'record-troika', 'permission-missing', facts);
    const path = `/v1/reviews/${review}/moves`;
    const bare = world.secretariat.post(path, { move: 'record-troika' });
    await expectRefused(ledger, bare, 428, 'version-required', { facts: { version: 1 } });
    const stale = world.secretariat.post(path, { move: 'record-troika' }, { version: 9 });
    await expectRefused(ledger, stale, 412, 'stale', { facts: { given: 9, version: 1 } });
    const stranger = await world.stranger();
    const hidden = stranger.post(path, { move: 'record-troika' }, { version: 1 });
    await expectRefused(ledger, hidden, 404, 'not-found');
    await world.reach(review, 'SVN', 'preparation');
  });

  it('go on when the documents are there', async () => {
    await expectNot(world.secretariat, 'issue-documents', 'documents-missing', {
      fact: 'documents.compilation.submitted',
    });
    await world.file(world.secretariat, review, { kind: 'compilation' });
    await expectNot(world.secretariat, 'issue-documents', 'documents-missing', {
      fact: 'documents.stakeholder-summary.submitted',
    });
    await world.file(world.secretariat, review, { kind: 'stakeholder-summary' });
    await expectNot(world.secretariat, 'issue-documents', 'documents-missing');
    await world.file(slovenia, review, { kind: 'national-report' });
    await expectNot(president, 'issue-documents', 'wrong-role');
    const reason = 'All that was due has come in.';
    await expectMade(world.secretariat, 'issue-documents', 'documented', { reason });
  });

  it('wait for the dialogue', async () => {
    const norway = await world.delegation('NOR'); // of the troika
    await expectNot(await world.delegation('FRA'), 'relay-questions', 'wrong-role');
    const entry = await expectMade(norway, 'relay-questions', 'ready');
    expect(entry.by).toBe('rapporteur');
    await expectNot(president, 'hold-dialogue', 'not-yet-held', {
      fact: 'dialogue.endedAt',
      notBefore: '2027-05-03T10:30:00Z',
    });
    await expectNot(president, 'record-absence', 'too-early', {
      notBefore: '2027-05-03T07:00:00Z',
    });
    await world.at('2027-05-03T10:30:00Z');
    await expectNot(world.secretariat, 'record-absence', 'wrong-role');
    await expectMade(president, 'hold-dialogue', 'reviewed');
  });

  it('adopt the report not before 48 hours, with the report and every label', async () => {
    const item = await world.recommend(await world.delegation('FRA'), review, 'Ratify it');
    await expectNot(president, 'adopt-report', 'too-early', { notBefore: '2027-05-05T10:30:00Z' });
    await world.at('2027-05-05T10:29:30Z');
    await expectNot(president, 'adopt-report', 'too-early');
    await world.at('2027-05-05T10:30:00Z');
    await expectNot(president, 'adopt-report', 'list-not-circulated');
    await world.secretariat.post(`/v1/reviews/${review}/circulations`).expect(201);
    await expectNot(president, 'adopt-report', 'documents-missing');
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    await expectNot(president, 'adopt-report', 'labels-missing', { value: 1 });
    await expectNot(world.secretariat, 'adopt-report', 'wrong-role');
    const labels = [{ id: item, label: '6.1' }];
    const url = `/v1/reviews/${review}/recommendations/labels`;
    await world.secretariat.post(url, { labels }).expect(200);
    await expectNot(president, 'adopt-report', 'sign-offs-missing', { value: 3 });
    await signOff(world, review);
    const version = await versionOf();
    const trial = await expectUnchanged(ledger, () =>
      president.post(
        `/v1/reviews/${review}/moves`,
        { move: 'adopt-report' },
        { version, query: { dryRun: true } },
      ),
    );
    expect(trial.body).toMatchObject({ ok: true, to: 'wg-adopted' });
    const set = trial.body.deadlines as { key: string; due: string }[];
    expect(set.map(({ key, due }) => [key, due])).toEqual([
      ['positions', '2027-09-23T08:00:00.000Z'],
      ['plenary-speakers-open', '2027-09-13T08:00:00.000Z'],
      ['plenary-speakers-close', '2027-09-16T16:00:00.000Z'],
      ['editorial-changes', '2027-05-19T15:00:00.000Z'],
    ]);
    await expectMade(president, 'adopt-report', 'wg-adopted');
    await expectNot(president, 'adopt-report', 'wrong-stage');
  });

  it('adopt the outcome when the plenary has come to it', async () => {
    await expectNot(president, 'adopt-outcome', 'wrong-stage');
    await expectNot(president, 'close-positions', 'wrong-role');
    const drafter = await world.delegation('SVN', 'drafter');
    await expectNot(drafter, 'close-positions', 'permission-missing');
    await expectMade(slovenia, 'close-positions', 'positioned');
    const notBefore = '2027-09-23T08:00:00Z';
    await expectNot(president, 'adopt-outcome', 'too-early', { notBefore });
    await world.at(notBefore);
    await expectNot(slovenia, 'adopt-outcome', 'wrong-role');
    await expectMade(president, 'adopt-outcome', 'adopted');
    await expectMade(world.secretariat, 'begin-implementation', 'implementation');
    await expectMade(world.secretariat, 'close', 'closed');
    const { body } = await president.get(`/v1/reviews/${review}/moves`).expect(200);
    const stages = (body.items as { status: string; n: number }[]).map(({ status }) => status);
    expect(stages).toEqual([
      'scheduled',
      'preparation',
      'documented',
      'ready',
      'reviewed',
      'wg-adopted',
      'positioned',
      'adopted',
      'implementation',
      'closed',
    ]);
    const { actions } = (await president.get(`/v1/reviews/${review}`).expect(200)).body;
    expect((actions as { allowed: boolean }[]).filter(({ allowed }) => allowed)).toEqual([]);
  });

  describe('of a State that does not come', () => {
    it('keep the review open until it has a new date', async () => {
      const absent = await world.review('KEN', { number: 70 });
      const not = (name: string, code: string) => expectNot(president, name, code, {}, absent);
      await world.reach(absent, 'KEN', 'preparation');
      await world.file(world.secretariat, absent, { kind: 'compilation' });
      await world.file(world.secretariat, absent, { kind: 'stakeholder-summary' });
      await world.at('2028-05-01T00:00:00Z'); // the report's deadline lapses, long after the dialogue of 2027
      await (await move(world.secretariat, 'issue-documents', {}, absent))().expect(200);
      await not('relay-questions', 'wrong-role');
      await (
        await move(president, 'record-absence', { reason: 'nobody came' }, absent)
      )().expect(200);
      await not('hold-dialogue', 'wrong-stage');
      await not('resume-review', 'not-rescheduled');
      const { id } = await ledger.row<{ id: string }>(
        'SELECT id FROM reference.session WHERE number = 70',
      );
      const slots = [
        {
          state: 'KEN',
          starts: '2028-11-06T09:00:00+01:00',
          ends: '2028-11-06T12:30:00+01:00',
          outcomeStarts: '2029-03-15T10:00:00+01:00',
        },
      ];
      const body = { reason: 'a new date was agreed', ends: '2028-11-10', slots };
      await world.secretariat
        .post(`/v1/sessions/${id}/reschedule`, body, { version: 1 })
        .expect(200);
      const resumed = await (await move(president, 'resume-review', {}, absent))().expect(200);
      expect(resumed.body).toMatchObject({ status: 'scheduled', stateUnderReview: 'KEN' });
      const list = await president.get(`/v1/reviews/${absent}/moves`).expect(200);
      expect(list.body.items.at(-2)).toMatchObject({
        move: 'record-absence',
        reason: 'nobody came',
        by: 'president',
      });
    });
  });
});
