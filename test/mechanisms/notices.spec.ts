import { describe, expect, it } from '@jest/globals';
import { inProject } from '../../src/config/project-root.js';
import { PLATFORM_LABELS } from '../../src/platform/labels/platform-labels.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';
import { faultsOf, loadNotices, scheduleIn } from '../../src/modules/notices/load-notices.js';

const { definitions } = loadMechanisms(inProject('mechanisms'));
const events = Object.keys(PLATFORM_LABELS['journal-events'] ?? {});
const ground = { definitions, events };

describe('the notices of a mechanism', () => {
  it('name what there is, for each that is shipped', () => {
    const all = loadNotices(inProject('mechanisms/notices'), ground);
    const keys = [...new Set(definitions.map(({ key }) => key))];
    expect(all.map(({ mechanism }) => mechanism).toSorted()).toEqual(keys.toSorted());
    expect(all.every(({ notices }) => notices.length > 15)).toBe(true);
  });

  it('leave no move untold, of any version', () => {
    for (const { mechanism, notices } of loadNotices(inProject('mechanisms/notices'), ground)) {
      const versions = definitions.filter(({ key }) => key === mechanism);
      const moves = versions.flatMap((each) => each.moves.map(({ move }) => move));
      const told = notices.filter(({ event }) => event === 'moved');
      const untold = moves.filter((move) =>
        told.every((rule) => rule.moves !== undefined && !rule.moves.includes(move)),
      );
      expect(untold).toEqual([]);
    }
  });

  it('are refused where they name what there is not, or what is never reached', () => {
    const urgency = 'normal' as const;
    const faults = faultsOf(
      {
        mechanism: 'upr',
        notices: [
          { event: 'moved', to: ['nobody'], urgency },
          { event: 'moved', moves: ['fly'], to: ['side'], urgency },
          { event: 'sung', to: ['bound'], urgency },
        ],
      },
      ground,
    );
    expect(faults).toEqual([
      '  upr notices[0]: no such role nobody',
      '  upr notices[1]: no such move fly',
      '  upr notices[1]: a rule before it takes all of moved',
      '  upr notices[2]: no such event sung',
    ]);
    const none = faultsOf({ mechanism: 'wto', notices: [] }, ground);
    expect(none).toEqual(['  wto: no such mechanism']);
  });

  it('plan reminders of deadlines that there are, for whoever may know of them', () => {
    const all = loadNotices(inProject('mechanisms/notices'), ground);
    const upr = all.find(({ mechanism }) => mechanism === 'upr');
    expect(upr?.reminders?.default.days).toEqual([30, 14, 7, 1, 0]);
    expect(scheduleIn(upr, 'list-of-recommendations')).toMatchObject({ days: [1, 0] });
    expect(scheduleIn(upr, 'national-report')).toBe(upr?.reminders?.default);
    expect(scheduleIn(undefined, 'national-report')).toBeUndefined();
    const plain = { days: [1], overdue: [1] };
    const to = ['nobody', 'recommendingState', 'head', 'clock'];
    const faults = faultsOf(
      {
        mechanism: 'upr',
        notices: [],
        reminders: {
          default: plain,
          deadlines: [
            { ...plain, deadline: 'next-moon' },
            { deadline: 'compilation', days: [7, 7], overdue: [], escalate: { after: 1, to } },
            { ...plain, deadline: 'compilation' },
          ],
        },
      },
      ground,
    );
    expect(faults).toEqual([
      '  upr reminders: no such deadline next-moon',
      '  upr reminders: compilation stands twice',
      '  upr reminders: a step of 7 days stands twice',
      '  upr reminders: no such role nobody',
      '  upr reminders: nobody is told who holds recommendingState as one of many',
      '  upr reminders: no such role clock',
    ]);
  });

  it('escalate nothing to whom may not know of the deadline', () => {
    const closed = definitions.map((each) => ({
      ...each,
      deadlines: each.deadlines.map((rule) => ({ ...rule, compartment: 'committee' })),
    }));
    const schedule = { days: [], overdue: [], escalate: { after: 1, to: ['stateUnderReview'] } };
    const reminders = { default: schedule, deadlines: [] };
    const faults = faultsOf(
      { mechanism: 'upr', notices: [], reminders },
      { definitions: closed, events },
    );
    expect(faults).toContain('  upr reminders: stateUnderReview may not know of compilation');
  });
});
