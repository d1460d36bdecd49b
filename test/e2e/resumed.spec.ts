import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Questions } from '../factories/asking-questions.js';
import { DIALOGUE, Lists, OPENS } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

const REASON = 'The State will come to the next session';
const NEW_DAY = {
  state: 'SVN',
  starts: '2028-01-24T09:00:00+01:00',
  ends: '2028-01-24T12:30:00+01:00',
  outcomeStarts: '2028-06-20T10:00:00+02:00',
};

/** A State stays away, and its review is held at another session of the cycle. */
describe('a review that is resumed', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let session: string;
  let next: string;
  let lists: Lists;
  let questions: Questions;
  let france: Client;
  let kenya: Client;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const { sessionId, slotId } = await world.slot('SVN');
    session = sessionId;
    const { body } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
    review = (body as { id: string }).id;
    lists = new Lists(world, review);
    questions = new Questions(review);
    france = await world.delegation('FRA');
    kenya = await world.delegation('KEN');
    slovenia = await world.delegation('SVN');
    await world.reach(review, 'SVN', 'preparation');
    await questions.filed(france, ['Who judges the judges?']);
    await world.at('2027-02-20T09:00:00Z'); // the national report is missing
    for (const kind of ['compilation', 'stakeholder-summary']) {
      await world.file(world.secretariat, review, { kind });
    }
    for (const name of ['issue-documents', 'relay-questions']) await moved(name);
    await world.at(OPENS);
    await lists.states(['FRA', 'KEN']);
    await world.at(DIALOGUE);
    await moved('record-absence', await world.president());
    const given = { cycleId: await cycleOf(), number: 51, title: 'Session 51' };
    const dates = { starts: '2028-01-24', ends: '2028-02-04' };
    const made = await world.secretariat.post('/v1/sessions', { ...given, ...dates }).expect(201);
    next = (made.body as { id: string }).id;
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const cycleOf = async (): Promise<string> => {
    const { body } = await world.secretariat.get(`/v1/sessions/${session}`).expect(200);
    return (body as { cycleId: string }).cycleId;
  };
  const moved = async (name: string, who = world.secretariat) => {
    const { status, body } = await world.move(who, review, name);
    expect([name, status, status === 200 || body]).toEqual([name, 200, true]);
  };
  const reschedule = (more: object = {}) => {
    const body = { reason: REASON, slots: [{ ...NEW_DAY, toSession: next, ...more }] };
    return world.secretariat.post(`/v1/sessions/${session}/reschedule`, body, { version: 1 });
  };
  const deadlines = async (who: Client) => {
    const { body } = await who.get(`/v1/reviews/${review}/deadlines`).expect(200);
    const { items } = body as { items: { key: string; status: string; due: string }[] };
    return (key: string) =>
      items
        .filter((each) => each.key === key)
        .map(({ status, due }) => [status, due])
        .toSorted((a, b) => (a[1]! < b[1]! ? -1 : 1));
  };

  it('moves to another session of its cycle, to a day to come', async () => {
    await expectRefused(ledger, reschedule({ toSession: NOBODY }), 422, 'unknown-session');
    const past = { starts: '2027-05-03T09:00:00+02:00', ends: '2027-05-03T12:30:00+02:00' };
    await expectRefused(ledger, reschedule(past), 409, 'too-late');
    await reschedule().expect(200);
    const { body } = await world.secretariat.get(`/v1/sessions/${next}/schedule`).expect(200);
    expect(body.items).toMatchObject([
      {
        state: 'SVN',
        sessionId: next,
        changes: [{ reason: REASON, was: { sessionId: session }, isNow: { sessionId: next } }],
      },
    ]);
    const left = await world.secretariat.get(`/v1/sessions/${session}/schedule`).expect(200);
    expect(left.body.items).toEqual([]);
  });

  it('owes anew what was not handed in, and keeps what was', async () => {
    const before = await deadlines(slovenia);
    expect(before('national-report')).toEqual([['lapsed', '2027-02-08T16:00:00.000Z']]);
    await moved('resume-review', await world.president());
    const after = await deadlines(slovenia);
    expect(after('national-report')).toEqual([
      ['cancelled', '2027-02-08T16:00:00.000Z'],
      ['pending', '2027-11-01T16:00:00.000Z'],
    ]);
    expect(after('stakeholder-submissions').map(([status]) => status)).toEqual([
      'cancelled',
      'pending',
    ]);
    expect(after('compilation')).toEqual(before('compilation'));
    const told = (await ledger.journal(review, 'case')).filter(
      ({ what, facts }) => what === 'deadline-cancelled' && facts['deadline'] === 'national-report',
    );
    expect(told).toMatchObject([{ by: 'president', reason: 'resume-review' }]);
    await world.file(slovenia, review, { kind: 'national-report' });
    expect((await deadlines(slovenia))('national-report').at(-1)![0]).toBe('met');
    const watch = await world.organization('Watch');
    await world.file(watch.head, review, { kind: 'stakeholder-submission' });
  });

  it('takes questions again, which are relayed after those that were', async () => {
    await questions.filed(kenya, ['Who pays the judges?']);
    for (const name of ['record-troika', 'issue-documents', 'relay-questions']) await moved(name);
    const listed = await questions.listed(slovenia);
    expect(listed.map(({ n, text }) => [n, text])).toEqual([
      [1, 'Who judges the judges?'],
      [2, 'Who pays the judges?'],
    ]);
    // In time still, what is asked now follows the others at once.
    const [third] = await questions.filed(kenya, ['And who else?']);
    expect(third).toMatchObject({ n: 3 });
  });

  it('opens its list of speakers again, with whom was on it', async () => {
    const { status, time, speakers } = await lists.seen(france);
    expect({ status, time }).toEqual({ status: 'not-open', time: null });
    const shown = speakers.map(({ side, place, seconds, status: how }) => [
      side,
      place,
      seconds,
      how,
    ]);
    expect(shown).toEqual([
      ['state:FRA', null, null, 'registered'],
      ['state:KEN', null, null, 'registered'],
    ]);
    const mine = speakers.find(({ side }) => side === 'state:KEN')!;
    const record = async () =>
      (await world.api.as().get(`/v1/record/speakers/${mine.publicId}`).expect(200)).body as object;
    expect(await record()).toMatchObject({ status: 'registered' });
    await world.at('2028-01-17T09:00:00Z');
    await lists.leave(kenya, mine).expect(200);
    expect(await record()).toMatchObject({ status: 'left' });
    await lists.states(['BRA', 'CHE']);
    await world.at('2028-01-20T17:02:00Z');
    const closed = await lists.seen(france);
    expect(closed.status).toBe('draw-needed');
    await lists.draw(world.secretariat, ['C']).expect(200);
    expect(await lists.order(france)).toEqual(['FRA', 'CHE', 'BRA']);
  });

  it('is held on its new day, and told under its new session', async () => {
    await world.at('2028-01-24T12:00:00Z');
    await moved('hold-dialogue', await world.president());
    const { body } = await world.secretariat.get(`/v1/reviews/${review}`).expect(200);
    const page = await world.api.as().get(`/v1/record/proceedings/${body.publicId}`).expect(200);
    expect(page.body).toMatchObject({ state: 'SVN', session: 51, status: 'reviewed' });
  });
});
