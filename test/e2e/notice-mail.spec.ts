import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Undelivered } from '../../src/modules/deliveries/index.js';
import { LETTER_WORDS } from '../../src/modules/notice-mail/letter-words.rules.js';
import { LANGUAGES } from '../../src/platform/labels/languages.js';
import { handedTo, LetterPost, letterTo, noticeOf } from '../factories/letters.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';

/** Notices as they arrive: read from the wire. */
describe('notices by mail', () => {
  let world: World;
  let ledger: Ledger;
  let post: LetterPost;
  const review = randomUUID();
  const other = randomUUID();
  let slovenia: Me;
  let france: Me;
  interface Me {
    accountId: string;
    email: string;
  }
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    post = await LetterPost.open(world.api);
    const me = async (who: Client) => (await who.get('/v1/me').expect(200)).body as Me;
    slovenia = await me(await world.delegation('SVN'));
    france = await me(await world.delegation('FRA'));
  });
  afterAll(async () => {
    await post?.stop();
    await ledger?.close();
    await world?.stop();
  });

  const failing = async (letter: Parameters<LetterPost['sent']>[0]) => {
    const error = await handedTo(post.channel, letter).catch((thrown: unknown) => thrown);
    if (!(error instanceof Undelivered)) throw new Error('it was taken');
    return { answer: error.answer, forGood: error.forGood, unreached: error.unreached };
  };
  const headerLines = (mail: Awaited<ReturnType<LetterPost['sent']>>) =>
    new Map(mail.headerLines.map(({ key, line }) => [key, line.replaceAll(/\r?\n\s+/g, ' ')]));

  it('are one mail of one notice, plain and HTML, with all that a list’s mail owes', async () => {
    const letter = letterTo(slovenia.accountId, [noticeOf(review)]);
    const mail = await post.sent(letter);
    expect(mail.to).toMatchObject({ value: [{ address: slovenia.email, name: '' }] });
    expect(mail.from!.value).toEqual([{ address: 'notices@comity.test', name: 'Comity' }]);
    expect(mail.subject).toBe('Slovenia: Document published');
    expect(mail.messageId).toBe(`<${letter.id}@comity.test>`);
    expect(mail.text).toContain('A document was published.');
    expect(mail.text).toMatch(new RegExp(`/v1/reviews/${review}\n`));
    expect(mail.html).toContain('<p>A document was published.<br>');
    const lines = headerLines(mail);
    expect(lines.get('list-unsubscribe')).toMatch(
      /^List-Unsubscribe: <https?:\S+\/v1\/unsubscriptions\/cu_[\w-]{43}>$/,
    );
    expect(lines.get('list-unsubscribe-post')).toBe(
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    );
    expect(lines.get('list-id')).toBe('List-ID: Comity <upr.notices.comity.test>');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('content-language')).toBe('en');
    expect(lines.has('comity-again')).toBe(false);
  });

  it('offer no end to what is urgent', async () => {
    const urgent = noticeOf(review, { urgency: 'urgent' });
    const mail = await post.sent(letterTo(slovenia.accountId, [urgent]));
    expect([...headerLines(mail).keys()].filter((key) => key.includes('unsub'))).toEqual([]);
    expect(mail.text).not.toContain('unsubscriptions');
    expect(mail.text).toContain(LETTER_WORDS.en.urgent);
  });

  it('go together by review, for their reader alone', async () => {
    const root = async (accountId: string, reviews: string[]) => {
      const notices = reviews.map((each) => noticeOf(each));
      const { inReplyTo, references } = await post.sent(letterTo(accountId, notices));
      expect(references).toBe(inReplyTo);
      expect(inReplyTo).toMatch(/^<thread-[0-9a-f]{32}@comity\.test>$/);
      return inReplyTo;
    };
    const first = await root(slovenia.accountId, [review]);
    expect(await root(slovenia.accountId, [review, review])).toBe(first);
    const others = [
      await root(slovenia.accountId, [other]),
      await root(france.accountId, [review]),
      await root(slovenia.accountId, [review, other]),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('say so when they may have arrived before, under the same name', async () => {
    const letter = letterTo(slovenia.accountId, [noticeOf(review)]);
    const first = await post.sent(letter);
    const mail = await post.sent({ ...letter, attempt: 2, again: true });
    expect(mail.messageId).toBe(first.messageId);
    expect(mail.headers.get('comity-again')).toBe('true');
    expect(mail.text).toContain(LETTER_WORDS.en.again);
  });

  it('are a digest of several, each with where to look, in their reader’s language', async () => {
    for (const language of LANGUAGES) {
      const test = noticeOf(other, {
        proceeding: { id: other, mechanism: 'upr', state: 'FRA', test: true },
      });
      const letter = letterTo(slovenia.accountId, [noticeOf(review), test], { language });
      const mail = await post.sent(letter);
      const words = LETTER_WORDS[language];
      expect(mail.subject).toBe(words.several(2));
      expect(mail.headers.get('content-language')).toBe(language);
      expect(mail.html).toContain(language === 'ar' ? 'dir="rtl"' : 'dir="ltr"');
      for (const part of [words.intro, `[${words.rehearsal}] `, review, other])
        expect([language, mail.text]).toEqual([language, expect.stringContaining(part)]);
      expect(mail.text).not.toMatch(/undefined|\[object/);
    }
    for (const name of Object.keys(LETTER_WORDS.en) as (keyof typeof LETTER_WORDS.en)[]) {
      const said = LANGUAGES.map((language) => {
        const words = LETTER_WORDS[language][name];
        return typeof words === 'string' ? words : words(3 as never, 3);
      });
      expect([name, new Set(said).size]).toEqual([name, LANGUAGES.length]);
    }
  });

  it('are named after the first where they came of one act, and say once where to look', async () => {
    const notices = ['One', 'Two', 'Three'].map((subject) =>
      noticeOf(review, { text: { subject, sentence: `${subject} happened.` } }),
    );
    const mail = await post.sent(letterTo(slovenia.accountId, notices));
    expect(mail.subject).toBe('One, and 2 more');
    expect(mail.text).toMatch(
      new RegExp(
        String.raw`One happened\.\n\nTwo happened\.\n\nThree happened\.\n\S+/v1/reviews/${review}\n`,
      ),
    );
    expect(mail.html).toContain('<p>Two happened.</p>\n<p>Three happened.<br><a href=');
    const later = noticeOf(review, { at: '2027-01-11T09:00:00Z' });
    const digest = await post.sent(letterTo(slovenia.accountId, [...notices, later]));
    expect(digest.subject).toBe(LETTER_WORDS.en.several(4));
  });

  it('keep what ends them as a hash alone', async () => {
    const mail = await post.sent(letterTo(france.accountId, [noticeOf(review)]));
    const [token] = /cu_[\w-]{43}/.exec(mail.text!)!;
    const rows = await ledger.rows<{ token_hash: string }>(
      'SELECT token_hash FROM identity.unsubscription WHERE account_id = $1',
      [france.accountId],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ token_hash: hash }) => hash)).not.toContain(token);
  });

  it('are refused as the other server says, or could not be brought there', async () => {
    const letter = letterTo(slovenia.accountId, [noticeOf(review)]);
    post.server.refused.set(slovenia.email, { code: 550, text: '5.1.1 No such mailbox' });
    expect(await failing(letter)).toMatchObject({
      answer: expect.stringContaining('5.1.1 No such mailbox'),
      forGood: true,
      unreached: false,
    });
    post.server.refused.set(slovenia.email, { code: 451, text: '4.7.1 Come again' });
    expect(await failing(letter)).toMatchObject({ forGood: false, unreached: false });
    post.server.refused.clear();
    await post.server.down();
    expect(await failing(letter)).toMatchObject({ forGood: false, unreached: true });
    await post.server.up();
    await post.sent(letter);
  });

  it('quote no token that a server quoted', async () => {
    const letter = letterTo(slovenia.accountId, [noticeOf(review)]);
    post.server.refusal = (raw) => ({
      code: 554,
      text: `5.7.1 Spam: ${/cu_[\w-]{20}/.exec(raw.replaceAll(/=\r\n/g, ''))![0]}`,
    });
    const whole = await failing(letter);
    expect(whole).toMatchObject({ forGood: true, unreached: false });
    post.server.refusal = (raw) => ({
      code: 554,
      text: `5.7.1 ${/cu_[\w-]{43}/.exec(raw.replaceAll(/=\r\n/g, ''))![0]}`,
    });
    expect((await failing(letter)).answer).not.toContain('cu_');
    post.server.refusal = undefined;
  });

  it('are not brought to a malformed address, nor to a closed account', async () => {
    const { email, accountId } = france;
    const set = (sql: string, value: unknown) =>
      ledger.rows(`UPDATE identity.account SET ${sql} WHERE id = $2`, [value, accountId]);
    const letter = letterTo(accountId, [noticeOf(review)]);
    await set('email = $1', 'no address');
    expect(await failing(letter)).toMatchObject({ forGood: true, unreached: false });
    await set('email = $1', email);
    await set('disabled_at = $1', new Date());
    expect(await failing(letter)).toMatchObject({ forGood: true, unreached: false });
    await set('disabled_at = $1', null);
    await post.sent(letter);
  });

  it('go through few connections, however many there are', async () => {
    const before = post.server.connections;
    const letters = Array.from({ length: 60 }, () =>
      letterTo(slovenia.accountId, [noticeOf(review)]),
    );
    const count = post.server.mails.length;
    await Promise.all(letters.map((letter) => handedTo(post.channel, letter)));
    expect(post.server.mails.length - count).toBe(60);
    const ids = new Set(post.server.mails.slice(count).map(({ messageId }) => messageId));
    expect(ids.size).toBe(60);
    expect(post.server.connections - before).toBeLessThanOrEqual(5);
  });
});
