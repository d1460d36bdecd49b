import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { noticesById, NoticesService, type NoticeRow } from '../notices/index.js';
import type { Letter } from './channels.js';
import {
  claimLetters,
  enterRecipient,
  withholdDeliveries,
  type Claimed,
} from './deliveries.repository.js';

/** How long a letter is one worker's: longer than any channel takes. */
const LEASE = '90 seconds';

/** A letter that is ready to leave. */
export interface Written extends Letter {
  readonly channel: Claimed['channel'];
}

/** Takes letters that are due, and writes each as its recipient, who is told what they may read now. */
@Injectable()
export class WriteLetters {
  constructor(
    private readonly work: UnitOfWork,
    private readonly notices: NoticesService,
  ) {}

  /** Of these, those that are due and no other worker has. They are taken when this returns. */
  write(letters: readonly string[]): Promise<Written[]> {
    return this.work.system('letters', async (tx) => {
      const claimed = await claimLetters(tx, letters, LEASE);
      const read = await readAsRecipients(tx, claimed);
      const lost = claimed.flatMap(({ deliveries }, at) => {
        const found = new Set(read[at]!.map(({ id }) => id));
        return deliveries.filter(({ noticeId }) => !found.has(noticeId)).map(({ id }) => id);
      });
      await withholdDeliveries(tx, lost);
      return claimed.flatMap((each, at) => this.letter(each, read[at]!));
    });
  }

  private letter(claimed: Claimed, rows: readonly NoticeRow[]): Written[] {
    if (rows.length === 0) return [];
    const { letter: id, accountId, channel, target, attempt, again, language } = claimed;
    const notices = rows.map((row) => this.notices.present(row, language));
    return [{ id, accountId, channel, target, attempt, again, language, notices }];
  }
}

/**
 * What each recipient may read of the notices in their letter, in the order of the letters. All is sent
 * in one go, and the transaction is the last recipient's from then on: it does nothing but end.
 */
async function readAsRecipients(tx: Tx, claimed: readonly Claimed[]): Promise<NoticeRow[][]> {
  if (claimed.length === 0) return [];
  const answers = await tx.together<NoticeRow[]>(
    ...claimed.flatMap(({ letter, deliveries }) => [
      enterRecipient(letter),
      noticesById(deliveries.map(({ noticeId }) => noticeId)),
    ]),
  );
  return answers.filter((_, at) => at % 2 === 1);
}
