import { expect } from '@jest/globals';
import { queried } from '../database/direct.js';
import { CAST, type Stage } from './cast.js';
import { credentialIn, type Readings } from './secrets.js';

/** Everybody met, in all that they read, themselves, their side and who seated whom; no credential. */
export async function expectPeopleMet(stage: Stage, read: Readings): Promise<void> {
  const { world, cast } = stage;
  const { adminUrl } = world.api.database;
  const known = await queried<{ email: string; id: string; knows: string[] }>(
    adminUrl,
    `SELECT a.email, a.id, ARRAY(
       SELECT DISTINCT unnest(ARRAY[m.account_id, m.granted_by, o.account_id])
       FROM identity.membership m JOIN identity.membership o USING (principal_id)
       WHERE m.account_id = a.id)::text[] AS knows
     FROM identity.account a`,
  );
  for (const player of CAST) {
    const who = await cast[player].get('/v1/me');
    const { accountId, administrator } = who.body as {
      accountId?: string;
      administrator?: boolean;
    };
    const text = read[player];
    const met = known.filter(({ email }) => text.includes(email)).map(({ email }) => email);
    const may = known.filter(
      ({ id, knows }) => administrator || id === accountId || knows.includes(accountId ?? ''),
    );
    expect([player, ...met.toSorted()]).toEqual([player, ...may.map((p) => p.email).toSorted()]);
    expect(credentialIn(text)).toBeUndefined();
  }
}
