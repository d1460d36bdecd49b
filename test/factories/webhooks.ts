import { randomUUID } from 'node:crypto';
import type { Letter } from '../../src/modules/deliveries/index.js';
import { PostLetter } from '../../src/modules/webhooks/post-letter.js';
import { SealSecret } from '../../src/modules/webhooks/seal-secret.js';
import { SendWebhook } from '../../src/modules/webhooks/send-webhook.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Vault } from '../../src/platform/vault/vault.js';
import type { Client, TestApi } from '../setup/api.js';
import { PASSWORD } from './world.js';

export interface MadeWebhook {
  readonly id: string;
  readonly url: string;
  readonly version: number;
  readonly secret: string;
}

export const newWebhook = (url = 'https://delegation.example/hook', more: object = {}) => ({
  password: PASSWORD,
  url,
  description: 'Our registry',
  ...more,
});

export async function makeWebhook(who: Client, url?: string): Promise<MadeWebhook> {
  const { body } = await who.send('post', '/v1/webhooks').send(newWebhook(url)).expect(201);
  return body as MadeWebhook;
}

/** The worker's way of posting, as the worker's role, run when a test says so. */
export async function openSender({ database, keysFile }: TestApi, poster: PostLetter) {
  const source = await dataSource(database.workerUrl, [], 4).initialize();
  const work = new UnitOfWork(source, () => undefined);
  const sender = new SendWebhook(work, new SealSecret(new Vault(keysFile)), poster);
  const stop = async (): Promise<void> => {
    poster.close();
    await source.destroy();
  };
  return { sender, work, stop };
}

/** A letter that holds one notice of an opening. */
export const letterTo = (target: string, accountId: string, more: Partial<Letter> = {}): Letter => {
  const at = '2027-05-03T09:00:00.000Z';
  return {
    id: randomUUID(),
    accountId,
    target,
    attempt: 1,
    again: false,
    language: 'en',
    notices: [
      {
        id: randomUUID(),
        event: 'opened',
        title: 'Review opened',
        detail: null,
        urgency: 'normal',
        state: 'unread',
        proceeding: { id: randomUUID(), mechanism: 'upr', state: 'SVN', test: false },
        at,
        entry: { compartment: 'case', n: 1 },
        link: '/v1/reviews/x',
        toldAt: at,
        readAt: null,
        archivedAt: null,
      },
    ],
    ...more,
  };
};
