import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { Comity } from '../../client/index.js';
import { queried } from '../database/direct.js';
import { allTold, startWorker } from '../factories/telling.js';
import { World } from '../factories/world.js';
import { speak } from '../setup/speak.js';

/**
 * A delegation that is late with its national report, told as a story: from a month before to the day
 * on which others hear of it, with a session that moves on the way.
 */
describe('the reminders of a delegation', () => {
  let world: World;
  let worker: INestApplicationContext;
  let path: { id: string };
  let head: Comity;
  let drafter: Comity;
  let secretariat: Comity;
  let strangers: Comity[];
  let report: { id: string; version: number };
  beforeAll(async () => {
    world = await World.build('2026-12-01T09:00:00Z');
    worker = await startWorker(world);
    const as = await speak(world.api);
    head = as(await world.delegation('SVN'));
    drafter = as(await world.delegation('SVN', 'drafter'));
    secretariat = as(world.secretariat);
    const { head: observer } = await world.organization('Observers');
    strangers = [as(await world.delegation('FRA')), as(observer)];
    path = { id: await world.review('SVN') };
  }, 60_000);
  afterAll(async () => {
    await worker?.close();
    await world?.stop();
  });

  /** Until the worker has told everybody what there was to tell by a morning. */
  async function by(day: string): Promise<void> {
    await world.at(`${day}T08:01:00Z`);
    await told();
  }
  const told = () =>
    allTold(async () => {
      const waiting = 'SELECT count(*)::int AS left FROM journal.pending';
      const [row] = await queried<{ left: number }>(world.api.database.adminUrl, waiting);
      return row!.left;
    });
  /** On which days somebody was told of what, in order. */
  const inbox = (who: Comity) => who.all('/v1/notices', {});
  const story = async (who: Comity): Promise<string[]> =>
    (await inbox(who))
      .filter(({ event }) => /^deadline-(approaching|overdue|escalated)$/.test(event))
      .map(({ at, event }) => `${at.slice(0, 10)} ${event.replace('deadline-', '')}`)
      .toSorted();

  it('begin a month ahead, with everybody in the delegation', async () => {
    await by('2027-01-08');
    expect(await story(head)).toEqual([]);
    await by('2027-01-09');
    expect(await story(head)).toEqual(['2027-01-09 approaching']);
    expect(await story(drafter)).toEqual(['2027-01-09 approaching']);
    // A report that is begun is not handed in.
    const body = { kind: 'national-report', title: 'Our report' };
    report = await drafter.post('/v1/reviews/{id}/documents', { path, body });
  });

  it('begin again when the session moves, and are told that it did', async () => {
    await by('2027-01-20');
    const [session] = await secretariat.all('/v1/sessions', {});
    const slots = [
      {
        state: 'SVN',
        starts: '2027-05-17T09:00:00+02:00',
        ends: '2027-05-17T12:30:00+02:00',
      },
    ];
    await secretariat.post('/v1/sessions/{id}/reschedule', {
      path: { id: session!.id },
      version: session!.version,
      body: { reason: 'Floods in the building', ends: '2027-05-28', slots },
    });
    await told();
    expect((await inbox(head)).map(({ event }) => event)).toContain('deadline-recomputed');
    // Due on 22 February now: what was planned for the 8th is not told any more.
    await by('2027-02-21');
    expect(await story(head)).toEqual([
      '2027-01-09 approaching',
      '2027-01-23 approaching',
      '2027-02-08 approaching',
      '2027-02-15 approaching',
      '2027-02-21 approaching',
    ]);
  });

  it('say on the day itself that it is the last, and the day after that it is over', async () => {
    await by('2027-02-22');
    await by('2027-02-23');
    expect((await story(head)).slice(5)).toEqual(['2027-02-22 approaching', '2027-02-23 overdue']);
    expect(await story(drafter)).toEqual(await story(head));
    const overdue = (await inbox(head)).filter(({ event }) => event === 'deadline-overdue');
    expect(overdue).toMatchObject([{ urgency: 'urgent' }]);
  });

  it('go to the head of the delegation and to the secretariat when nothing comes', async () => {
    const before = await story(secretariat);
    await by('2027-02-25');
    expect((await story(head)).at(-1)).toBe('2027-02-25 escalated');
    expect((await story(drafter)).at(-1)).toBe('2027-02-23 overdue');
    expect((await story(secretariat)).slice(before.length)).toEqual(['2027-02-25 escalated']);
    for (const who of strangers) expect(await story(who)).toEqual([]);
  });

  it('end when the report is handed in, late as it is', async () => {
    const bytes = Buffer.from('What was done, at last.');
    const { id, version } = report;
    const sent = await drafter.upload('/v1/documents/{id}/content', {
      path: { id },
      version,
      bytes,
    });
    await head.post('/v1/documents/{id}/submit', { path: { id }, version: sent.version });
    const before = await story(head);
    await by('2027-03-10');
    expect(await story(head)).toEqual(before);
  });
});
