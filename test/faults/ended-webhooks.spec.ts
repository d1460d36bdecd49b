import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Post } from '../factories/post.js';
import { Posting } from '../factories/posting.js';
import { letterTo } from '../factories/webhooks.js';
import type { Receiver } from '../setup/receiver.js';
import { handedTo } from '../factories/letters.js';

describe('a webhook', () => {
  let posting: Posting;
  let receiver: Receiver;
  beforeAll(async () => {
    posting = await Posting.open();
    receiver = await posting.receiver();
  });
  afterEach(async () => {
    receiver.answers = (answer) => answer.writeHead(204).end();
    receiver.received.length = 0;
    await posting.ledger.rows('DELETE FROM identity.webhook');
  });
  afterAll(() => posting?.stop());

  it('ends at once where the other side wants no more, and the owner is told', async () => {
    const mail = await Post.open(posting.world.api);
    await mail.deliver();
    const made = await posting.webhook(`${receiver.url}/?token=unheard-of`);
    receiver.answers = (answer) => answer.writeHead(410).end();
    expect(await posting.refused(made)).toEqual({ answer: '410', forGood: true, unreached: false });
    expect(await posting.seen(made)).toMatchObject({ status: 'off', offWhy: 'gone', version: 2 });
    const off = { answer: 'the webhook is switched off', forGood: true, unreached: false };
    expect(await posting.refused(made)).toEqual(off);
    expect(receiver.received).toHaveLength(1);
    const [letter, ...more] = await mail.deliver();
    expect(more).toEqual([]);
    expect(letter!.subject).toBe('A webhook of your account on Comity was switched off');
    expect(letter!.text).toContain(`/v1/webhooks/${made.id}`);
    expect(letter!.text).not.toContain('unheard-of');
    await mail.stop();
  });

  it('ends after three days of nothing but failures, and begins anew when it is switched on', async () => {
    const mail = await Post.open(posting.world.api);
    await mail.deliver();
    const made = await posting.webhook(receiver.url);
    receiver.answers = (answer) => answer.writeHead(500).end();
    for (const hours of [80, 80, 80, 71]) {
      // Few failures end nothing, nor do many of less than three days.
      await posting.refused(made);
      await posting.later(made, hours);
    }
    await posting.refused(made);
    expect(await posting.seen(made)).toMatchObject({ status: 'active' });
    await posting.later(made, 73);
    expect(await posting.refused(made)).toMatchObject({ answer: '500', forGood: false });
    expect(await posting.seen(made)).toMatchObject({
      status: 'off',
      offWhy: 'failing',
      version: 2,
    });
    expect((await mail.deliver()).map(({ text }) => text)).toEqual([
      expect.stringContaining('nothing that was posted there has been taken'),
    ]);
    const { url } = made;
    const on = { url, description: 'On again', events: null, status: 'active' };
    await posting.owner.put(`/v1/webhooks/${made.id}`, on, { version: 2 }).expect(200);
    receiver.answers = (answer) => answer.writeHead(200).end();
    expect(await posting.send(made)).toBe('200');
    await mail.stop();
  });

  it('is nothing to whoever is not its owner, and ends with what the vault lacks', async () => {
    const made = await posting.webhook(receiver.url);
    const stranger = letterTo(made.id, '5f1d7a2e-9c3b-4b6e-8f0a-000000000000');
    await expect(handedTo(posting.sender, stranger)).rejects.toMatchObject({ forGood: true });
    await posting.ledger.rows(`UPDATE identity.webhook_secret SET content = 'forged'`);
    await expect(posting.send(made)).rejects.toThrow('seal is broken');
    expect(receiver.received).toEqual([]);
  });
});
