import { randomUUID } from 'node:crypto';
import { queried } from '../database/direct.js';
import type { World } from './world.js';

const ABOUT_NOTHING = { name: 'entry-appended', data: { entryId: randomUUID() } };

/** As if the worker had given up on a job, about nothing that there is; answers its id. */
export async function plantFailedJob(
  world: World,
  { name, data }: { name: string; data: object } = ABOUT_NOTHING,
): Promise<string> {
  const id = randomUUID();
  await queried(
    world.api.database.adminUrl,
    `SELECT identity.keep_failed_job($1, 'work', $2, $3, $4, 'QueryFailedError', '57014',
       'src/modules/notices/tell-readers.js:58')`,
    [id, name, JSON.stringify(data), randomUUID()],
  );
  return id;
}
