import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readBounce } from './bounces.rules.js';

const ID = '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10';

interface Parts {
  action?: string;
  type?: string;
  returned?: string;
  messageId?: string;
  reportType?: string;
}

/** As a mail server writes it that could not deliver. */
const report = ({
  action = 'failed',
  type = 'message/delivery-status',
  returned = 'text/rfc822-headers',
  messageId = `<${ID}@comity.test>`,
  reportType = 'delivery-status',
}: Parts = {}) =>
  `Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: comity@comity.test
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=${reportType};
	boundary="B1.1/mx.example"
Message-ID: <11111111-2222-3333-4444-555555555555@mx.example>

--B1.1/mx.example
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.
Message-ID: <99999999-2222-3333-4444-555555555555@comity.test>

--B1.1/mx.example
Content-Description: Delivery report
Content-Type: ${type}

Reporting-MTA: dns; mx.example
Arrival-Date: Fri,  1 Jan 2027 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; ana@delegation.example
Action: ${action}
Status: 5.1.1
Remote-MTA: dns; mx.delegation.example
Diagnostic-Code: smtp; 550 5.1.1 <ana@delegation.example>: Recipient address
    rejected: User unknown

--B1.1/mx.example
Content-Description: Undelivered Message
Content-Type: ${returned}

Received: from comity.test
Message-ID:
 ${messageId}
Subject: Slovenia
To: ana@delegation.example

--B1.1/mx.example--
`.replaceAll('\n', '\r\n');
const read = (text: string) => readBounce(Buffer.from(text));

describe('a mail that came back', () => {
  const failed = {
    letterId: ID,
    answer:
      '5.1.1 smtp; 550 5.1.1 <ana@delegation.example>: Recipient address rejected: User unknown',
  };

  it('names its letter and what was answered, whichever part of it was returned', async () => {
    for (const returned of ['text/rfc822-headers', 'message/rfc822', 'message/global']) {
      expect([returned, await read(report({ returned }))]).toEqual([returned, failed]);
    }
    expect(await read(report({ type: 'message/global-delivery-status' }))).toEqual(failed);
    expect(await read(report({ action: 'Failed (for good)' }))).toEqual(failed);
    expect(await read(report({ reportType: '"delivery-status"' }))).toEqual(failed);
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
      expect([parts, await read(report(parts))]).toEqual([parts, null]);
    }
    expect(await read('Subject: Out of office\r\n\r\nUntil Monday.')).toBeNull();
    expect(await read('')).toBeNull();
  });

  it('is read or is none, whatever comes', async () => {
    const whole = report();
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
