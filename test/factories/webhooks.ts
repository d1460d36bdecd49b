import { randomUUID } from 'node:crypto';
import type { Letter } from '../../src/modules/deliveries/index.js';
import type { Client } from '../setup/api.js';
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
        text: { subject: 'Slovenia: Review opened', sentence: 'The review was opened.' },
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
