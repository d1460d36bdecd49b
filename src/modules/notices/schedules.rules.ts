import type { DeadlineRule, Definition } from '../../kernel/definition.js';
import { HEAD, isGroup, scheduleFor, type ReminderSchedule } from '../../kernel/reminders.js';

/** The schedules of a mechanism: for each deadline that is named its own, for all others one. */
export interface Schedules {
  readonly default: ReminderSchedule;
  readonly deadlines: readonly (ReminderSchedule & { readonly deadline: string })[];
}

/** The schedule of a deadline. */
export const scheduleOf = (
  { deadlines, default: usual }: Schedules,
  key: string,
): ReminderSchedule => deadlines.find(({ deadline }) => deadline === key) ?? usual;

/** What these schedules name that there is not, or that could not be told, each in a few words. */
export function scheduleFaults(schedules: Schedules, versions: readonly Definition[]): string[] {
  const named = schedules.deadlines.map(({ deadline }) => deadline);
  const known = new Set(versions.flatMap((each) => each.deadlines.map((rule) => rule.deadline)));
  const all = [schedules.default, ...schedules.deadlines];
  const faults = [
    ...named.filter((key) => !known.has(key)).map((key) => `no such deadline ${key}`),
    ...named.filter((key, at) => named.indexOf(key) < at).map((key) => `${key} stands twice`),
    ...all.flatMap(stepFaults),
    ...versions.flatMap((version) =>
      version.deadlines.flatMap((rule) => escalationFaults(schedules, version, rule)),
    ),
  ];
  return [...new Set(faults)];
}

function stepFaults({ days, overdue }: ReminderSchedule): string[] {
  return [days, overdue]
    .flatMap((steps) => steps.filter((step, at) => steps.indexOf(step) < at))
    .map((step) => `a step of ${step} days stands twice`);
}

/** It goes to sides that may know of the deadline anyway. */
function escalationFaults(
  schedules: Schedules,
  { roles, visibility }: Definition,
  rule: DeadlineRule,
): string[] {
  const { escalate } = scheduleFor(scheduleOf(schedules, rule.deadline), rule);
  return (escalate?.to ?? [])
    .filter((name) => name !== HEAD)
    .flatMap((name) => {
      const role = roles.find((each) => each.role === name);
      if (!role || role.holder === 'clock') return [`no such role ${name}`];
      if (isGroup(role)) return [`nobody is told who holds ${name} as one of many`];
      const reads = visibility.some(
        ({ compartment, readers }) => compartment === rule.compartment && readers.includes(name),
      );
      return reads ? [] : [`${name} may not know of ${rule.deadline}`];
    });
}
