import { z } from 'zod';
import { readFolder } from '../../config/read-folder.js';
import { StartRefused } from '../../config/start-refused.js';
import { ASKED, BOUND, OWN_SIDE, URGENCIES, type NoticeRule } from '../../kernel/audience.js';
import type { Definition } from '../../kernel/definition.js';
import { HEAD, type ReminderSchedule } from '../../kernel/reminders.js';
import { scheduleFaults, scheduleOf, type Schedules } from './schedules.rules.js';

const text = z.string().trim().min(1);
const days = z.int().min(0).max(366);
const after = days.min(1);
const schedule = z.strictObject({
  days: z.array(days),
  overdue: z.array(after),
  escalate: z.strictObject({ after, to: z.array(text).min(1) }).optional(),
});
const file = z.strictObject({
  mechanism: text,
  reminders: z
    .strictObject({
      default: schedule,
      deadlines: z.array(schedule.extend({ deadline: text })),
    })
    .optional(),
  notices: z.array(
    z.strictObject({
      event: text,
      moves: z.array(text).min(1).optional(),
      to: z.array(text).min(1),
      urgency: z.enum(URGENCIES),
    }),
  ),
});

/** Who is told of what in a mechanism, whichever of its versions a proceeding runs under. */
export interface Notices {
  readonly mechanism: string;
  readonly notices: readonly NoticeRule[];
  /** When those who owe something are reminded; absent: never. */
  readonly reminders?: Schedules | undefined;
}

/**
 * Reads who is told of what, a file for each mechanism.
 *
 * @param events what the platform can say in words
 * @throws StartRefused for a file that is none, or that names a mechanism, role, move or event that
 *   there is not
 */
export function loadNotices(
  folder: string,
  { definitions, events }: { definitions: readonly Definition[]; events: readonly string[] },
): Notices[] {
  const all = readFolder(folder, { schema: file, what: 'notices' });
  const faults = all.flatMap((each) => faultsOf(each, { definitions, events }));
  if (faults.length > 0) throw new StartRefused(`The notices are unsound:\n${faults.join('\n')}`);
  return all;
}

/** When somebody is reminded of a deadline, if anybody is. */
export const scheduleIn = (
  notices: Notices | undefined,
  deadline: string,
): ReminderSchedule | undefined => notices?.reminders && scheduleOf(notices.reminders, deadline);

/** What these notices name that there is not, a line each. */
export function faultsOf(
  { mechanism, notices, reminders }: Notices,
  { definitions, events }: { definitions: readonly Definition[]; events: readonly string[] },
): string[] {
  const versions = definitions.filter(({ key }) => key === mechanism);
  if (versions.length === 0) return [`  ${mechanism}: no such mechanism`];
  const roles = new Set(versions.flatMap((each) => each.roles.map(({ role }) => role)));
  const moves = new Set(versions.flatMap((each) => each.moves.map(({ move }) => move)));
  const known = (name: string): boolean =>
    roles.has(name) || [OWN_SIDE, BOUND, ASKED, HEAD].includes(name);
  const planned = reminders ? scheduleFaults(reminders, versions) : [];
  const said = notices.flatMap((rule, at) =>
    [
      ...(events.includes(rule.event) ? [] : [`no such event ${rule.event}`]),
      ...rule.to.filter((name) => !known(name)).map((name) => `no such role ${name}`),
      ...(rule.moves ?? [])
        .filter((name) => !moves.has(name))
        .map((name) => `no such move ${name}`),
      ...(isHidden(notices, at) ? [`a rule before it takes all of ${rule.event}`] : []),
    ].map((fault) => `  ${mechanism} notices[${at}]: ${fault}`),
  );
  return [...said, ...planned.map((fault) => `  ${mechanism} reminders: ${fault}`)];
}

/** The first rule that fits is followed: one behind a rule for all is never. */
const isHidden = (notices: readonly NoticeRule[], at: number): boolean =>
  notices
    .slice(0, at)
    .some(({ event, moves }) => event === notices[at]!.event && moves === undefined);
