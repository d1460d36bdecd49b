import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ReceiveBounces } from '../../src/modules/notice-mail/receive-bounces.js';
import { bouncedMail } from '../factories/bounced-mail.js';
import { Leaving } from '../factories/deliveries.js';
import type { Client } from '../setup/api.js';

describe('a mail that comes back after it was taken', () => {
  let folder: string;
  let house: Leaving;
  let slovenia: Client;
  let review: string;
  let notice: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-bounces-'));
    house = await Leaving.build('2026-09-01T09:00:00Z', { COMITY_BOUNCES: folder });
    slovenia = await house.world.delegation('SVN');
    review = await house.world.review('SVN');
    await house.settled();
    await house.ledger.rows(`UPDATE identity.notice SET urgency = 'urgent'`);
    notice = (await house.notices(slovenia, 'opened'))[0]!.id;
  }, 60_000);
  afterAll(async () => {
    await house?.stop();
    await rm(folder, { recursive: true });
  });

  /** What the mail server puts into the folder, taken up. */
  async function comesBack(messageId: string): Promise<string[]> {
    await mkdir(path.join(folder, 'new'), { recursive: true });
    await writeFile(path.join(folder, 'new', randomUUID()), bouncedMail({ messageId }));
    await house.worker.get(ReceiveBounces, { strict: false }).receive();
    expect(await readdir(path.join(folder, 'new'))).toEqual([]);
    return readdir(path.join(folder, 'cur'));
  }
  const alarms = async () => {
    const desk = await house.ledger.journal(review, 'desk:secretariat:upr');
    return desk.filter(({ what }) => what === 'notice-failed');
  };

  it('is nothing where it is none of ours', async () => {
    expect(await comesBack(`<${randomUUID()}@comity.test>`)).toHaveLength(1);
    expect(await house.deliveries(slovenia, notice)).toMatchObject([{ status: 'accepted' }]);
    expect(await alarms()).toEqual([]);
  });

  it('has failed, beside that it had been taken, and the secretariat learns of it', async () => {
    const [mail] = await house.mails(slovenia);
    expect(await comesBack(mail!.messageId!)).toHaveLength(2);
    const [failed] = await house.deliveries(slovenia, notice);
    expect(failed).toMatchObject({
      status: 'failed',
      attempts: [
        { n: 1, outcome: 'accepted', answer: expect.stringContaining('250') },
        { n: 2, outcome: 'bounced', answer: expect.stringContaining('550 5.1.1') },
      ],
    });
    expect(await alarms()).toMatchObject([
      { by: 'clock', facts: { event: 'opened', side: 'state:SVN', channel: 'mail' } },
    ]);
    expect(house.logged()).not.toContain('ana@delegation.example');
  });

  it('changes nothing the second time', async () => {
    const [mail] = await house.mails(slovenia);
    await comesBack(mail!.messageId!);
    expect((await house.deliveries(slovenia, notice))[0]!.attempts).toHaveLength(2);
    expect(await alarms()).toHaveLength(1);
  });
});
