import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { RunClock } from '../../src/modules/proceedings/run-clock.js';
import { Jobs } from '../../src/platform/queue/jobs.js';
import { allTold, NO_QUEUE, remindersOf, startWorker } from '../factories/telling.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';

/** The national report of a review on 3 May 2027 is due on 8 February at 17:00 in Geneva. */
const DUE = '2027-02-08T16:00:00.000Z';

describe('reminders', () => {
  let world: World;
  let ledger: Ledger;
  let worker: INestApplicationContext;
  let slovenia: Client;
  let drafter: Client;
  let others: Client[];
  let review: string;
  beforeAll(async () => {
    world = await World.build('2026-12-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    worker = await startWorker(world);
    slovenia = await world.delegation('SVN');
    drafter = await world.delegation('SVN', 'drafter');
    const ngo = await world.organization('An observer of rights');
    others = [await world.delegation('FRA'), ngo.head, await world.president()];
    review = await world.review('SVN');
  }, 60_000);
  afterAll(async () => {
    await worker?.close();
    await ledger?.close();
    await world?.stop();
  });

  const told = () =>
    allTold(async () => {
      const row = await ledger.row<{ left: number }>(
        'SELECT count(*)::int AS left FROM journal.pending',
      );
      return row.left;
    });
  /** What the journal says of reminders in a desk, in its order. */
  const reminded = async (of: string, side: string, deadline = 'national-report') =>
    (await ledger.journal(of, `desk:${side}`))
      .filter(({ what, facts }) => what.startsWith('deadline-') && facts['deadline'] === deadline)
      .map(({ what, at, facts }) => [what, at, facts['days'], facts['due']]);
  const session = async (number: number) => {
    const { id, version } = await ledger.row<{ id: string; version: number }>(
      'SELECT id, version FROM reference.session WHERE number = $1',
      [number],
    );
    return { id, version };
  };

  it('come at their instant, once, to the delegation that owes it and to nobody else', async () => {
    await world.at('2027-01-09T07:59:00Z');
    expect(await reminded(review, 'state:SVN')).toEqual([]);
    for (const to of ['2027-01-09T08:00:30Z', '2027-01-09T08:02:00Z', '2027-01-10T08:02:00Z']) {
      await world.at(to);
      expect(await reminded(review, 'state:SVN')).toEqual([
        ['deadline-approaching', '2027-01-09T08:00:00.000Z', 30, DUE],
      ]);
    }
    await told();
    for (const who of [slovenia, drafter]) {
      expect(await remindersOf(who)).toMatchObject([
        {
          event: 'deadline-approaching',
          title: 'Deadline approaching',
          detail: 'Submission of the national report',
          urgency: 'urgent',
          at: '2027-01-09T08:00:00.000Z',
          entry: { compartment: 'desk:state:SVN' },
        },
      ]);
    }
    for (const who of [...others, world.secretariat]) expect(await remindersOf(who)).toEqual([]);
    for (const who of [...others, world.secretariat]) {
      const { body } = await who.get(`/v1/reviews/${review}/journal`, { limit: 200 }).expect(200);
      expect(JSON.stringify(body)).not.toContain('deadline-approaching');
    }
  });

  it('are given once by two that sweep at the same time', async () => {
    const clocks = [world.api.app, worker].map((each) => each.get(RunClock, { strict: false }));
    await ledger.rows(
      `UPDATE reference.clock SET shift_ms = extract(epoch FROM
         timestamptz '2027-01-25 08:02:00Z' - now()) * 1000`,
    );
    await Promise.all([...clocks, ...clocks].map((clock) => clock.sweep()));
    expect(await reminded(review, 'state:SVN')).toHaveLength(2);
    const rows = await ledger.rows(
      'SELECT days, due FROM casework.reminder WHERE proceeding_id = $1 ORDER BY at',
      [review],
    );
    expect(rows).toEqual([
      { days: 30, due: new Date(DUE) },
      { days: 14, due: new Date(DUE) },
    ]);
  });

  it('are planned anew when the session moves: those of the old day count no more', async () => {
    const { id, version } = await session(50);
    const slots = [
      {
        state: 'SVN',
        starts: '2027-05-10T09:00:00+02:00',
        ends: '2027-05-10T12:30:00+02:00',
        outcomeStarts: '2027-09-23T10:00:00+02:00',
      },
    ];
    const body = { reason: 'The room is not to be had', slots };
    await world.secretariat.post(`/v1/sessions/${id}/reschedule`, body, { version }).expect(200);
    const due = '2027-02-15T16:00:00.000Z';
    // Thirty days ahead had passed when the day was set: it is told at once, with what is left.
    await world.at('2027-01-25T08:10:00Z');
    const since = (await reminded(review, 'state:SVN')).slice(2);
    expect(since).toEqual([['deadline-approaching', expect.any(String), 21, due]]);
    await world.at('2027-02-01T08:02:00Z');
    expect((await reminded(review, 'state:SVN')).slice(3)).toEqual([
      ['deadline-approaching', '2027-02-01T08:00:00.000Z', 14, due],
    ]);
  });

  it('end when it is filed: nothing more, early or late', async () => {
    await world.reach(review, 'SVN', 'preparation');
    await world.file(slovenia, review, { kind: 'national-report' });
    const before = await reminded(review, 'state:SVN');
    await world.at('2027-03-01T12:00:00Z');
    expect(await reminded(review, 'state:SVN')).toEqual(before);
    // The secretariat is reminded of its own, meanwhile: the compilation is due on 29 March.
    expect(await reminded(review, 'secretariat:upr', 'compilation')).toMatchObject([
      ['deadline-approaching', '2027-02-27T08:00:00.000Z', 30, '2027-03-29T15:00:00.000Z'],
    ]);
    await told();
    const own = (await remindersOf(world.secretariat)).map(({ entry }) => entry.compartment);
    expect(new Set(own)).toEqual(new Set(['desk:secretariat:upr']));
  });

  it('follow a schedule that has changed: what is pending is looked at again, once', async () => {
    const plan = () =>
      ledger.rows<{ digest: string }>('SELECT digest FROM casework.reminder_plan ORDER BY digest');
    const waiting = () =>
      ledger.row<{ n: number }>('SELECT count(remind_at)::int AS n FROM casework.deadline');
    const replan = () =>
      worker.get(Jobs, { strict: false }).get('replan-reminders').run({}, NO_QUEUE);
    await replan();
    const planned = await plan();
    expect(planned.length).toBeGreaterThan(0);
    const before = await waiting();
    // As before an upgrade: nothing is looked at, by schedules that were others.
    await ledger.rows("UPDATE casework.reminder_plan SET digest = 'older'");
    await ledger.rows('UPDATE casework.deadline SET remind_at = NULL');
    await replan();
    expect(await plan()).toEqual(planned);
    await world.at('2027-03-01T12:05:00Z');
    expect((await waiting()).n).toBe(before.n);
    await ledger.rows('UPDATE casework.deadline SET remind_at = NULL');
    await replan();
    expect((await waiting()).n).toBe(0);
  });
});
