import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

interface Deadline {
  key: string;
  owedBy: string;
  due: string;
  dueLocal: string;
  status: string;
  metAt: string | null;
  lapsedAt: string | null;
  history: { what: string; at: string; was: string | null; isNow: string }[];
}
const after = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

const SUBMISSIONS = '2026-10-03T10:00:00.000Z';
const REPORT = '2027-02-08T16:00:00.000Z';
const COMPILATION = '2027-03-22T16:00:00.000Z';
const QUESTIONS = '2027-04-19T15:00:00.000Z';
const PLENARY_OPENS = '2027-09-13T08:00:00.000Z';
const PLENARY_CLOSES = '2027-09-16T16:00:00.000Z';
const PLENARY = '2027-09-23T08:00:00.000Z';

/** One review, from before its first deadline to after its last, and what each clock stroke does. */
describe('deadlines', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const deadlines = async (): Promise<Map<string, Deadline>> => {
    const { body } = await slovenia.get(`/v1/reviews/${review}/deadlines`).expect(200);
    return new Map((body.items as Deadline[]).map((each) => [each.key, each]));
  };
  const one = async (key: string): Promise<Deadline> => (await deadlines()).get(key)!;
  const duties = async (who: Client): Promise<string[][]> => {
    const { body } = await who.get('/v1/me/duties').expect(200);
    const items = body.items as { deadline: string; as: string; due: string }[];
    return items.map(({ deadline, as, due }) => [deadline, as, due]);
  };
  /** A document that lacks nothing but its submission. */
  const ready = async (who: Client, kind: string, on = review) => {
    const begun = await who.post(`/v1/reviews/${on}/documents`, { kind, title: kind }).expect(201);
    const version = begun.body.version as number;
    const sent = await who.upload(`/v1/documents/${begun.body.id}/content`, 'Words.', { version });
    const url = `/v1/documents/${begun.body.id}/submit`;
    const id = begun.body.id as string;
    return { id, submit: () => who.post(url, undefined, { version: sent.body.version }) };
  };

  it('are counted in the procedure’s zone when the review is opened', async () => {
    const { body } = await slovenia.get(`/v1/reviews/${review}/deadlines`).expect(200);
    const items = body.items as Deadline[];
    expect(items.map(({ key, due, dueLocal, status }) => [key, due, dueLocal, status])).toEqual([
      ['stakeholder-submissions', SUBMISSIONS, '2026-10-03T12:00', 'pending'],
      ['national-report', REPORT, '2027-02-08T17:00', 'pending'],
      ['compilation', COMPILATION, '2027-03-22T17:00', 'pending'],
      ['stakeholder-summary', COMPILATION, '2027-03-22T17:00', 'pending'],
      ['advance-questions', QUESTIONS, '2027-04-19T17:00', 'pending'],
      ['speakers-open', '2027-04-26T08:00:00.000Z', '2027-04-26T10:00', 'pending'],
      ['speakers-close', '2027-04-29T16:00:00.000Z', '2027-04-29T18:00', 'pending'],
    ]);
    for (const { history, due } of items) {
      expect(history).toEqual([expect.objectContaining({ what: 'set', was: null, isNow: due })]);
    }
  });

  it('are duties of whoever owes them, soonest first; open windows are not', async () => {
    const { head } = await world.organization('Watch');
    const mine = [['national-report', 'stateUnderReview', REPORT]];
    expect(await duties(slovenia)).toEqual(mine);
    expect(await duties(await world.delegation('SVN', 'drafter'))).toEqual(mine);
    const own = await duties(world.secretariat);
    expect(own.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))).toEqual([
      ['compilation', 'secretariat', COMPILATION],
      ['stakeholder-summary', 'secretariat', COMPILATION],
    ]);
    for (const who of [head, await world.delegation('FRA'), await world.president(), world.admin]) {
      expect(await duties(who)).toEqual([]);
    }
    const first = await world.secretariat.get('/v1/me/duties', { limit: 1 }).expect(200);
    const url = /<([^>]+)>; rel="next"/.exec(first.headers['link'] as string)![1]!;
    const second = await world.secretariat.get(url).expect(200);
    const paged = [...first.body.items, ...second.body.items].map(({ deadline }) => deadline);
    expect(paged).toEqual(own.map(([deadline]) => deadline));
    expect(second.body.next).toBeNull();
  });

  it('let a stakeholder in until the very second, and not after it', async () => {
    const { head } = await world.organization('Lex');
    const other = await world.organization('Rex');
    const [punctual, tardy] = [
      await ready(other.head, 'stakeholder-submission'),
      await ready(head, 'stakeholder-submission'),
    ];
    await world.at(after(SUBMISSIONS, -60)); // what happens on the way has happened
    await world.at(SUBMISSIONS);
    const { body } = await punctual.submit().expect(200);
    expect([body.status, body.late]).toEqual(['submitted', false]);
    await world.at(after(SUBMISSIONS, 1));
    const facts = { due: SUBMISSIONS, dueLocal: '2026-10-03T12:00', zone: 'Europe/Zurich' };
    await expectRefused(ledger, tardy.submit(), 409, 'too-late', { facts });
    const { actions } = (await head.get(`/v1/documents/${tardy.id}`).expect(200)).body;
    expect(actions).toContainEqual({
      action: 'submit',
      allowed: false,
      because: 'too-late',
      deadline: SUBMISSIONS,
    });
  });

  it('expire a little after they are due, dated when they were due', async () => {
    await world.at(after(SUBMISSIONS, 25));
    expect((await one('stakeholder-submissions')).status).toBe('pending');
    await world.at(after(SUBMISSIONS, 31));
    const lapsed = await one('stakeholder-submissions');
    expect(lapsed).toMatchObject({ status: 'lapsed', lapsedAt: SUBMISSIONS, metAt: null });
    expect(lapsed.history.at(-1)).toMatchObject({ what: 'lapsed', at: SUBMISSIONS });
    const entry = (await ledger.journal(review, 'case')).at(-1);
    expect(entry).toMatchObject({ what: 'deadline-lapsed', by: 'clock', at: SUBMISSIONS });
    expect(entry!.facts).toEqual({
      deadline: 'stakeholder-submissions',
      due: SUBMISSIONS,
      flag: 'submissions-closed',
    });
    expect(entry!.author).toBeNull();
  });

  it('take a State’s report in time at the second, and flag it one second later', async () => {
    const other = await world.review('FRA', { number: 51 });
    const france = await world.delegation('FRA');
    const [mine, theirs] = [
      await ready(slovenia, 'national-report'),
      await ready(france, 'national-report', other),
    ];
    await world.at(after(REPORT, -60));
    await world.at(REPORT);
    expect((await mine.submit().expect(200)).body).toMatchObject({ late: false });
    const met = await one('national-report');
    expect([met.status, Math.floor(Date.parse(met.metAt!) / 1000)]).toEqual([
      'met',
      Date.parse(REPORT) / 1000,
    ]);
    expect(await duties(slovenia)).toEqual([]);
    await world.at(after(REPORT, 1));
    const late = await theirs.submit().expect(200);
    expect(late.body).toMatchObject({ status: 'submitted', late: true });
    expect(await ledger.journal(other, 'filed:state:FRA')).toMatchObject([
      { what: 'document-submitted', facts: { late: true } },
    ]);
  });

  it('stay duties when they have lapsed, until they are met after all', async () => {
    await world.at(after(COMPILATION, 3600));
    const { body } = await world.secretariat.get('/v1/me/duties').expect(200);
    const own = (body.items as { proceedingId: string; overdue: boolean }[]).filter(
      ({ proceedingId }) => proceedingId === review,
    );
    expect(own.map(({ overdue }) => overdue)).toEqual([true, true]);
    await world.file(world.secretariat, review, { kind: 'compilation' });
    const late = await one('compilation');
    expect(late).toMatchObject({ status: 'lapsed', lapsedAt: COMPILATION });
    expect(late.metAt).not.toBeNull();
    expect(late.history.map(({ what }) => what)).toEqual(['set', 'lapsed', 'met']);
    const left = (await duties(world.secretariat)).filter(
      ([deadline]) => deadline === 'compilation',
    );
    expect(left).toHaveLength(1); // the other review's
  });

  it('let a move go through that waits for what has lapsed', async () => {
    const kenya = await world.review('KEN', { number: 52 });
    await world.reach(kenya, 'KEN', 'preparation');
    await world.file(world.secretariat, kenya, { kind: 'compilation' });
    await world.file(world.secretariat, kenya, { kind: 'stakeholder-summary' });
    await world.at(after(COMPILATION, 3700));
    expect((await world.move(world.secretariat, kenya, 'issue-documents')).body.status).toBe(
      'documented',
    );
  });

  it('expire in their order over a jump of the clock, with everything that they bring about', async () => {
    await world.reach(review, 'SVN', 'preparation');
    await world.file(world.secretariat, review, { kind: 'stakeholder-summary' });
    expect((await world.move(world.secretariat, review, 'issue-documents')).status).toBe(200);
    await world.at('2027-05-03T11:00:00Z');
    const president = await world.president();
    expect((await world.move(president, review, 'hold-dialogue')).status).toBe(200);
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    await signOff(world, review);
    await world.at('2027-05-05T15:00:00Z');
    expect((await world.move(president, review, 'adopt-report')).status).toBe(200);
    expect(await duties(slovenia)).toEqual([['positions', 'stateUnderReview', PLENARY]]);

    const before = (await ledger.journal(review, 'case')).length;
    await world.at('2029-01-01T00:00:00Z');
    const editorial = '2027-05-19T15:00:00.000Z';
    // What closes with a list of speakers is tried where lists are.
    const entries = (await ledger.journal(review, 'case'))
      .slice(before)
      .filter(({ what }) => !what.startsWith('speakers-'));
    expect(entries.map(({ at, what, by, facts }) => [at, what, by, facts])).toEqual([
      [
        editorial,
        'deadline-lapsed',
        'clock',
        { deadline: 'editorial-changes', due: editorial, flag: 'editorial-window-closed' },
      ],
      ...['open', 'closed'].map((flag) => {
        const due = flag === 'open' ? PLENARY_OPENS : PLENARY_CLOSES;
        const deadline = `plenary-speakers-${flag.replace('d', '')}`;
        const facts = { deadline, due, flag: `plenary-list-${flag}` };
        return [due, 'deadline-lapsed', 'clock', facts];
      }),
      [
        PLENARY,
        'deadline-lapsed',
        'clock',
        { deadline: 'positions', due: PLENARY, flag: 'positions-closed' },
      ],
      [
        PLENARY,
        'moved',
        'clock',
        { move: 'close-positions', from: 'wg-adopted', to: 'positioned' },
      ],
    ]);
    const { body } = await slovenia.get(`/v1/reviews/${review}`).expect(200);
    expect(body).toMatchObject({ status: 'positioned', statusSince: PLENARY });
    expect(await duties(slovenia)).toEqual([]);
    const whole = (await ledger.journal(review, 'case')).map(({ at }) => at);
    expect(whole).toEqual(whole.toSorted());
  });
});
