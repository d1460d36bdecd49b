import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Leaving } from '../factories/deliveries.js';
import type { Client } from '../setup/api.js';
import { expectProblem } from './ledger.js';

const UUID = /^[0-9a-f-]{36}$/;

/** A notice leaves by mail once, and it is known how it went: as far as each may know. */
describe('deliveries', () => {
  let house: Leaving;
  let review: string;
  let slovenia: Client;
  let france: Client;
  beforeAll(async () => {
    house = await Leaving.build('2026-09-01T09:00:00Z');
    slovenia = await house.world.delegation('SVN');
    france = await house.world.delegation('FRA');
    review = await house.world.review('SVN');
    await house.settled();
  }, 60_000);
  afterAll(() => house?.stop());

  const proofs = async (who: Client, query: Record<string, string | number> = {}) => {
    const { body } = await who.get(`/v1/reviews/${review}/deliveries`, query).expect(200);
    return (body as { items: Record<string, unknown>[] }).items;
  };
  const opened = async () => (await house.notices(slovenia, 'opened'))[0]!.id;

  it('go by mail once, and are proved to whom they were for', async () => {
    const [mail, ...more] = await house.mails(slovenia);
    expect(more).toEqual([]);
    expect(mail!.subject).toContain('Slovenia');
    expect(mail!.text).toContain(`/v1/reviews/${review}`);
    const [delivery, ...others] = await house.deliveries(slovenia, await opened());
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      id: expect.stringMatching(UUID),
      channel: 'mail',
      status: 'accepted',
      nth: 1,
      again: false,
      attempts: [{ n: 1, outcome: 'accepted', answer: expect.stringContaining('250') }],
    });
    expect(mail!.messageId).toBe(`<${delivery!.id}@comity.test>`);
    await expectProblem(france.get(`/v1/notices/${await opened()}/deliveries`), 404, 'not-found');
  });

  it('are proved to the secretariat without addresses, and to nobody whom they do not concern', async () => {
    const [proof] = await proofs(house.world.secretariat, { compartment: 'case', n: 1 });
    expect(proof).toMatchObject({
      event: 'opened',
      side: 'state:SVN',
      entry: { compartment: 'case', n: 1 },
      deliveries: [{ channel: 'mail', status: 'accepted', attempts: 1 }],
    });
    expect(JSON.stringify(proof)).not.toContain('@');
    expect(await proofs(france)).toEqual([]);
    expect(await proofs(slovenia)).toEqual([]);
  });

  it('are proved to the side that acted', async () => {
    await house.world.reach(review, 'SVN', 'preparation');
    await house.world.file(slovenia, review, { kind: 'national-report' });
    await house.settled();
    const own = await proofs(slovenia);
    expect(own).toMatchObject([
      { event: 'document-submitted', side: 'secretariat:upr', deliveries: [{ answer: null }] },
    ]);
    expect(await proofs(france)).toEqual([]);
  });

  it('are tried again after what may pass, and have failed after what does not', async () => {
    const address = await house.address(slovenia);
    house.server.refused.set(address, { code: 451, text: '4.3.0 later, please' });
    await tell('moved');
    const late = (await house.notices(slovenia, 'moved'))[0]!.id;
    await house.until(
      async () => (await house.deliveries(slovenia, late))[0]?.status === 'deferred',
    );
    const [deferred] = await house.deliveries(slovenia, late);
    expect(new Date(deferred!.dueAt).getTime()).toBeGreaterThan(Date.now());
    expect(deferred!.settledAt).toBeNull();
    house.server.refused.delete(address);
    await house.hurry();
    const [accepted] = await house.deliveries(slovenia, late);
    expect(accepted).toMatchObject({ status: 'accepted', again: false });
    expect(accepted!.attempts.map(({ outcome }) => outcome)).toEqual(['deferred', 'accepted']);
    expect(accepted!.attempts[0]!.answer).toContain('451');
  });

  /** Has the delegation told again of the last thing of this kind, as if it had not been. */
  async function tell(event: string): Promise<void> {
    await house.ledger.rows(
      `WITH n AS (SELECT n.id, n.entry_id FROM identity.notice n JOIN journal.entry e ON e.id = n.entry_id
          JOIN identity.membership m ON m.account_id = n.account_id
          JOIN identity.principal p ON p.id = m.principal_id AND p.key = 'state:SVN'
          WHERE e.body::jsonb ->> 'what' = $1 ORDER BY n.told_at DESC LIMIT 1),
        a AS (DELETE FROM identity.delivery_attempt t USING identity.delivery d, n
          WHERE d.id = t.delivery_id AND d.notice_id = n.id),
        d AS (DELETE FROM identity.delivery d USING n WHERE d.notice_id = n.id RETURNING d.id)
      INSERT INTO journal.pending (entry_id, since) SELECT entry_id, now() FROM n`,
      [event],
    );
    await house.told();
  }

  it('alarm the secretariat where they fail for good, which sends them again, marked', async () => {
    const address = await house.address(slovenia);
    house.server.refused.set(address, { code: 550, text: '5.1.1 no such mailbox' });
    await house.ledger.rows(`UPDATE identity.notice SET urgency = 'urgent'`);
    await tell('moved');
    await house.settled();
    const notice = (await house.notices(slovenia, 'moved'))[0]!.id;
    const [failed] = await house.deliveries(slovenia, notice);
    expect(failed).toMatchObject({ status: 'failed', attempts: [{ outcome: 'failed' }] });
    const desk = await house.ledger.journal(review, 'desk:secretariat:upr');
    expect(desk.at(-1)).toMatchObject({
      what: 'notice-failed',
      by: 'clock',
      facts: { event: 'moved', deadline: null, side: 'state:SVN', channel: 'mail' },
    });
    expect(await house.notices(house.world.secretariat, 'notice-failed')).toHaveLength(1);
    const shown = await proofs(house.world.secretariat, { status: 'failed' });
    expect(shown).toMatchObject([{ side: 'state:SVN', deliveries: [{ status: 'failed' }] }]);
    expect(JSON.stringify(shown)).not.toContain(address);

    house.server.refused.delete(address);
    const before = (await house.mails(slovenia)).length;
    const { secretariat } = house.world;
    const asked = { of: failed!.id, reason: 'The mailbox is there now' };
    await expectProblem(france.post('/v1/deliveries', asked), 404, 'not-found');
    await secretariat.post('/v1/deliveries', asked).expect(201);
    await house.settled();
    const again = (await house.deliveries(slovenia, notice)).at(-1);
    expect(again).toMatchObject({ status: 'accepted', nth: 2, again: true, reason: asked.reason });
    const mails = await house.mails(slovenia);
    expect(mails).toHaveLength(before + 1);
    expect(mails.at(-1)!.headers.get('comity-again')).toBe('true');
    const told = await house.ledger.journal(review, 'desk:secretariat:upr');
    expect(told.at(-1)).toMatchObject({ what: 'notice-sent-again', reason: asked.reason });
  });

  it('are sent again to oneself, not while they are on their way', async () => {
    const [delivery] = await house.deliveries(slovenia, await opened());
    const asked = { of: delivery!.id, reason: 'I lost it' };
    await house.rest();
    await slovenia.post('/v1/deliveries', asked).expect(201);
    await expectProblem(slovenia.post('/v1/deliveries', asked), 409, 'delivery-under-way');
    expect(await house.deliveries(slovenia, await opened())).toMatchObject([
      { nth: 1, status: 'accepted' },
      { nth: 2, status: 'queued', again: true },
    ]);
  });
});
