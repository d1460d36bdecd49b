import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { dueAt } from '../../kernel/telling.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOG } from '../../platform/log/log.js';
import { isMailed, wishesOf, type Wishes } from '../notice-preferences/index.js';
import {
  readAsRecipients,
  RenderNotices,
  type NoticeAnswer,
  type NoticeRow,
} from '../notices/index.js';
import type { Letter } from './register-channels.js';
import {
  claimLetters,
  holdLetter,
  withholdDeliveries,
  type Claimed,
} from './deliveries.repository.js';

/** How long a letter is one worker's: longer than any channel takes. */
const LEASE = '90 seconds';

/** A letter that is ready to leave. */
export interface Written extends Letter {
  readonly channel: Claimed['channel'];
}

/** A letter that was taken, as its recipient may read it and wishes to be told now. */
interface Draft {
  readonly claimed: Claimed;
  readonly wishes: Wishes;
  readonly notices: readonly NoticeAnswer[];
  /** The deliveries of what they may not read any more, and of what they do not want. */
  readonly withheld: readonly string[];
  readonly declined: readonly string[];
  /** Until when they do not wish to be told of it. */
  readonly until: Date | undefined;
}

/** Takes letters that are due, and writes each as its recipient, who is told what they may read now. */
@Injectable()
export class WriteLetters {
  constructor(
    private readonly work: UnitOfWork,
    private readonly notices: RenderNotices,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Of these, those that are due and no other worker has, but those that are to wait. They are taken when
   * this returns; `unwritten` are those whose words could not be found.
   */
  write(
    letters: readonly string[],
  ): Promise<{ written: Written[]; unwritten: readonly Claimed[] }> {
    return this.work.system('letters', async (tx) => {
      const claimed = await claimLetters(tx, letters, LEASE);
      if (claimed.length === 0) return { written: [], unwritten: [] };
      const wishes = await wishesOf(
        tx,
        claimed.map(({ accountId }) => accountId),
      );
      const read = await readAsRecipients(
        tx,
        claimed.map(({ letter, deliveries }) => ({
          letter,
          notices: deliveries.map(({ noticeId }) => noticeId),
        })),
      );
      const drafts: Draft[] = [];
      const unwritten: Claimed[] = [];
      for (const each of claimed) {
        try {
          drafts.push(this.draft(each, wishes.get(each.accountId)!, read));
        } catch (error) {
          // One that cannot be written holds up no other.
          this.log.error({ err: error, letter: each.letter }, 'a letter could not be written');
          unwritten.push(each);
        }
      }
      for (const became of ['withheld', 'declined'] as const) {
        const ids = drafts.flatMap((draft) => draft[became]);
        await withholdDeliveries(tx, ids, became);
      }
      const told = drafts.filter(({ notices }) => notices.length > 0);
      for (const { claimed: letter, until } of told) if (until) await holdLetter(tx, letter, until);
      return { written: told.filter(({ until }) => !until).map(letterOf), unwritten };
    });
  }

  private draft(claimed: Claimed, wishes: Wishes, read: ReadonlyMap<string, NoticeRow>): Draft {
    const { language, zone } = wishes;
    const all = claimed.deliveries
      .flatMap(({ noticeId }) => read.get(noticeId) ?? [])
      .map((row) => this.notices.render(row, { language, zone }));
    const wanted = (notice: NoticeAnswer): boolean =>
      claimed.channel !== 'mail' || isMailed(wishes, notice);
    const of = (notices: readonly NoticeAnswer[]): string[] =>
      claimed.deliveries
        .filter(({ noticeId }) => notices.some(({ id }) => id === noticeId))
        .map(({ id }) => id);
    const seen = of(all);
    const withheld = claimed.deliveries.map(({ id }) => id).filter((id) => !seen.includes(id));
    const declined = of(all.filter((notice) => !wanted(notice)));
    const notices = all.filter(wanted);
    const until = holdUntil({ claimed, wishes, notices }, new Date());
    return { claimed, wishes, notices, withheld, declined, until };
  }
}

/** Somebody asked for it: it waits for no digest. */
const isAgain = ({ deliveries }: Claimed): boolean => deliveries.some(({ nth }) => nth > 1);

/**
 * Whoever wishes to be told at another time by now is told then: the soonest of what is in the letter. Quiet
 * hours hold what is late as well.
 */
function holdUntil(
  { claimed, wishes, notices }: Pick<Draft, 'claimed' | 'wishes' | 'notices'>,
  now: Date,
): Date | undefined {
  if (claimed.channel !== 'mail') return undefined;
  const atOnce = claimed.attempt > 1 || isAgain(claimed);
  const queued = new Map(claimed.deliveries.map((each) => [each.noticeId, each.queuedAt]));
  const times = notices.map(({ id, urgency }) => {
    const loud = dueAt({ ...wishes, digest: 'at-once' }, urgency, now).at;
    const wished = atOnce ? now : dueAt(wishes, urgency, new Date(queued.get(id)!)).at;
    return Math.max(loud.getTime(), wished.getTime());
  });
  const soonest = Math.min(...times);
  return soonest > now.getTime() ? new Date(soonest) : undefined;
}

function letterOf({ claimed, wishes: { language }, notices }: Draft): Written {
  const { letter: id, accountId, channel, target, attempt, again } = claimed;
  return { id, accountId, channel, target, attempt, again, language, notices };
}
