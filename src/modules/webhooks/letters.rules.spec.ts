import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Letter } from '../deliveries/index.js';
import { judge, SECRET_BYTES, writeLetter, writeSecret } from './letters.rules.js';

const notice = {
  id: 'n',
  event: 'opened',
  title: 'Überprüfung 审查',
  toldAt: '2027-05-03T09:00:00Z',
};
const letter = {
  id: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
  accountId: 'a',
  target: 't',
  attempt: 1,
  again: false,
  language: 'en',
  notices: [notice],
} as unknown as Letter;
const fresh = () => writeSecret(randomBytes(SECRET_BYTES));

describe('a letter as it is posted', () => {
  it('is verified by a library of Standard Webhooks, with each secret that is good', () => {
    const [current, previous] = [fresh(), fresh()];
    const { body, headers } = writeLetter(letter, [current, previous], new Date());
    const said = { type: 'notice.opened', timestamp: notice.toldAt, data: notice };
    for (const secret of [current, previous]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(said);
    }
    expect(() => new Webhook(fresh()).verify(body, headers)).toThrow(WebhookVerificationError);
    const changed = body.replace('opened', 'closed');
    expect(() => new Webhook(current).verify(changed, headers)).toThrow(WebhookVerificationError);
    const another = { ...headers, 'webhook-id': 'another' };
    expect(() => new Webhook(current).verify(body, another)).toThrow(WebhookVerificationError);
  });

  it('is too old for it when it was sent long ago', () => {
    const secret = fresh();
    const { body, headers } = writeLetter(letter, [secret], new Date(Date.now() - 600_000));
    expect(() => new Webhook(secret).verify(body, headers)).toThrow('too old');
  });

  it('keeps its id when it is sent again, and says so', () => {
    const sent = (more: object) =>
      writeLetter({ ...letter, ...more }, [fresh()], new Date()).headers;
    expect(sent({})).toMatchObject({ 'webhook-id': letter.id, 'comity-attempt': '1' });
    expect(sent({})).not.toHaveProperty('comity-again');
    const again = { 'webhook-id': letter.id, 'comity-attempt': '3', 'comity-again': 'true' };
    expect(sent({ attempt: 3, again: true })).toMatchObject(again);
  });

  it('carries one notice', () => {
    for (const notices of [[], [notice, notice]] as never[]) {
      expect(() => writeLetter({ ...letter, notices }, [fresh()], new Date())).toThrow(
        'one notice',
      );
    }
  });
});

describe('an answer', () => {
  const now = new Date('2027-05-03T09:00:00Z');
  const judged = (status: number, retryAfter?: string, words = 'Words') =>
    judge({ status, words, retryAfter }, now);

  it('takes the letter when it is 2xx, wants no more when it is 410', () => {
    for (const status of [200, 202, 204]) expect(judged(status).taken).toBe(true);
    for (const status of [199, 300, 301, 400, 404, 410, 500])
      expect(judged(status).taken).toBe(false);
    expect([judged(410).gone, judged(404).gone]).toEqual([true, false]);
    expect(judged(204, undefined, '').told).toBe('204');
    expect(judged(500).told).toBe('500 Words');
    expect(judged(302).told).toBe('302 redirects are not followed');
  });

  it('asks to be left alone for an hour at the most', () => {
    expect(judged(503, '120').wait).toBe(120_000);
    expect(judged(429, 'Mon, 03 May 2027 09:01:00 GMT').wait).toBe(60_000);
    expect(judged(429, '999999').wait).toBe(3_600_000);
    for (const other of ['0', '-5', 'soon', 'Mon, 03 May 2027 08:00:00 GMT', undefined]) {
      expect(judged(503, other).wait).toBeNull();
    }
    expect(judged(500, '120').wait).toBeNull();
  });
});
