import { describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { composeMail, type Letter } from './compose-mail.js';

const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
const letter: Letter = {
  id: 'a.1',
  from: 'Comity <comity@comity.test>',
  to: 'ana@comity.test',
  language: 'en',
  text: { subject: 'An invitation', before: ['Come in.'], token: 'cm_secret', after: ['Soon.'] },
};
const written = async (change: Partial<Letter>) => {
  const { message } = await writer.sendMail(composeMail({ ...letter, ...change }));
  return (message as Buffer).toString();
};
const headersOf = (raw: string): string[] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .map((line) => line.replace(/:.*/, '').toLowerCase());

describe('a mail', () => {
  it('has the token on a line of its own, in both bodies', async () => {
    const { text, html } = await simpleParser(await written({}));
    expect(text).toBe('Come in.\n\ncm_secret\n\nSoon.\n');
    expect(html).toContain('<p dir="ltr"><code>cm_secret</code></p>');
    expect(html).toContain('<html lang="en" dir="ltr">');
  });

  it('has no header that somebody slipped into a name', async () => {
    const plain = headersOf(await written({}));
    expect(plain).toContain('auto-submitted');
    for (const end of ['\r\n', '\n', '\r', '\u2028', '\u0085', '\0\r\n']) {
      const subject = `Hello${end}Bcc: spy@comity.test${end}${end}<b>body</b>`;
      const raw = await written({ text: { subject, before: [subject] } });
      expect(headersOf(raw)).toEqual(plain);
      const { bcc, to, text } = await simpleParser(raw);
      expect([bcc, Array.isArray(to) ? to : to!.text]).toEqual([undefined, 'ana@comity.test']);
      expect(text!.trim().split('\n')).toHaveLength(1);
    }
  });

  it('goes to one address, whatever stands in it', async () => {
    const to = 'ana@comity.test, spy@comity.test\r\nBcc: spy@comity.test';
    const options = composeMail({ ...letter, to });
    const { envelope } = await writer.sendMail(options);
    expect(envelope.to.length).toBeLessThanOrEqual(1);
  });

  it('shows names as they are, never as HTML', async () => {
    const name = '<script>alert("1 & 2")</script>';
    const { html } = await simpleParser(await written({ text: { subject: name, before: [name] } }));
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;');
  });
});
