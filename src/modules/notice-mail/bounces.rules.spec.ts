import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bouncedMail } from '../../../test/factories/bounced-mail.js';
import { readBounce } from './bounces.rules.js';

const ID = '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10';
const OURS = `<${ID}@comity.test>`;

const read = (text: string) => readBounce(Buffer.from(text));

describe('a mail that came back', () => {
  const failed = {
    letterId: ID,
    answer:
      '5.1.1 smtp; 550 5.1.1 <ana@delegation.example>: Recipient address rejected: User unknown',
  };

  it('names its letter and what was answered, whichever part of it was returned', async () => {
    for (const returned of ['text/rfc822-headers', 'message/rfc822', 'message/global']) {
      expect([returned, await read(bouncedMail({ messageId: OURS, returned }))]).toEqual([
        returned,
        failed,
      ]);
    }
    expect(
      await read(bouncedMail({ messageId: OURS, type: 'message/global-delivery-status' })),
    ).toEqual(failed);
    expect(await read(bouncedMail({ messageId: OURS, action: 'Failed (for good)' }))).toEqual(
      failed,
    );
    expect(await read(bouncedMail({ messageId: OURS, reportType: '"delivery-status"' }))).toEqual(
      failed,
    );
  });

  it('is none where it is late, arrived, was read, or is of somebody else', async () => {
    for (const parts of [
      { action: 'delayed' },
      { action: 'delivered' },
      { reportType: 'disposition-notification' },
      { type: 'text/plain' },
      { returned: 'text/plain' },
      { messageId: '<somebody@else.example>' },
    ]) {
      expect([parts, await read(bouncedMail({ messageId: OURS, ...parts }))]).toEqual([
        parts,
        null,
      ]);
    }
    expect(await read('Subject: Out of office\r\n\r\nUntil Monday.')).toBeNull();
    expect(await read('')).toBeNull();
  });

  it('is read or is none, whatever comes', async () => {
    const whole = bouncedMail({ messageId: OURS });
    const cut = fc
      .tuple(fc.nat(whole.length), fc.nat(400), fc.string())
      .map(([at, length, put]) => {
        return whole.slice(0, at) + put + whole.slice(at + length);
      });
    await fc.assert(
      fc.asyncProperty(cut, async (text) => {
        const bounce = await read(text);
        expect(bounce === null || bounce.answer.length <= 300).toBe(true);
        expect(bounce === null || /^[0-9a-f-]{36}$/.test(bounce.letterId)).toBe(true);
      }),
    );
  });
});
