import { queried } from '../database/direct.js';
import type { Client } from '../setup/api.js';
import type { World } from './world.js';

/** As if the worker had told somebody how a review began, twice, of one of which mail went out, twice; answers its id. */
export async function plantNotice(world: World, who: Client, review: string): Promise<string> {
  const { body } = await who.get('/v1/me').expect(200);
  const [notice] = await queried<{ id: string }>(
    world.api.database.adminUrl,
    `INSERT INTO identity.notice
       SELECT gen_random_uuid(), $1, e.id, 'normal', date_trunc('milliseconds', now()), NULL, NULL FROM journal.entry e
       WHERE e.proceeding_id = $2 AND e.compartment = 'case' AND e.n <= 2 RETURNING id`,
    [(body as { accountId: string }).accountId, review],
  );
  await queried(
    world.api.database.adminUrl,
    `INSERT INTO identity.delivery SELECT gen_random_uuid(), $1, 'mail', NULL, k, NULL, gen_random_uuid(),
       'accepted', false, 1, now(), now(), NULL, NULL, now() FROM generate_series(1, 2) k`,
    [notice!.id],
  );
  return notice!.id;
}
