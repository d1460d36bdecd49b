interface Parts {
  action?: string;
  type?: string;
  returned?: string;
  /** Of the mail that came back, in angle brackets. */
  messageId: string;
  reportType?: string;
}

/** As a mail server writes it that could not deliver (RFC 3464). */
export const bouncedMail = ({
  action = 'failed',
  type = 'message/delivery-status',
  returned = 'text/rfc822-headers',
  messageId,
  reportType = 'delivery-status',
}: Parts): string =>
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
