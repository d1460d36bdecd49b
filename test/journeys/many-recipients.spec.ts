import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Leaving } from '../factories/deliveries.js';

const MANY = 100;
/** Colleagues of whoever holds the first seat of a delegation, who never sign in. */
const SEATED = `WITH seat AS (SELECT m.* FROM identity.membership m
    JOIN identity.principal p ON p.id = m.principal_id AND p.key = 'state:SVN' AND m.role = 'drafter'),
  a AS (INSERT INTO identity.account
    SELECT gen_random_uuid(), 'colleague-' || i || '@comity.test', 'Colleague ' || i, '-', false, now(), NULL, NULL
    FROM generate_series(2, $1::int) i RETURNING id)
  INSERT INTO identity.membership SELECT gen_random_uuid(), a.id, s.principal_id, s.role, s.permissions,
    s.until, s.granted_by, s.granted_at, NULL, NULL FROM a, seat s`;

/** A large delegation, and one event. */
describe('a hundred people who are told of one event', () => {
  let house: Leaving;
  beforeAll(async () => {
    house = await Leaving.build('2026-09-01T09:00:00Z');
    await house.world.delegation('SVN', 'drafter');
    await house.ledger.rows(SEATED, [MANY - 1]);
    await house.world.review('SVN');
    await house.settled();
  }, 60_000);
  afterAll(() => house?.stop());

  it('get exactly one mail each, and nobody sees who else does', async () => {
    const told = await house.ledger.rows<{ email: string; id: string }>(
      `SELECT a.email, d.letter AS id FROM identity.delivery d
       JOIN identity.notice n ON n.id = d.notice_id JOIN identity.account a ON a.id = n.account_id
       WHERE d.status = 'accepted'`,
    );
    // The head of the delegation is one of them.
    expect(told).toHaveLength(MANY);
    const mails = house.server.mails.filter(({ headers }) => headers.has('list'));
    const came = mails.map(({ to, messageId }) => {
      const { value } = to as { value: { address: string }[] };
      return [value.map(({ address }) => address).join(), messageId] as const;
    });
    expect(new Map(came)).toEqual(
      new Map(told.map(({ email, id }) => [email, `<${id}@comity.test>`])),
    );
    expect(came).toHaveLength(MANY);
    expect(new Set(mails.map(({ subject }) => subject))).toEqual(
      new Set(['Slovenia: Proceeding opened']),
    );
  });

  it('are proved to have been told, one by one', async () => {
    const attempts = await house.ledger.rows(
      `SELECT outcome, n FROM identity.delivery_attempt WHERE (outcome, n) <> ('accepted', 1)`,
    );
    expect(attempts).toEqual([]);
  });
});
