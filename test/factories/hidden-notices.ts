import type { Stage } from '../confidentiality/cast.js';
import { plantFailedJob } from './failed-job.js';
import { plantNotice } from './planted-notice.js';
import { makeWebhook } from './webhooks.js';

/** What one delegation is told, and how; and somebody of another, who may not know. */
export async function hiddenNotices({ world, review, cast: { svn, fra } }: Stage) {
  const hidden = (id: string) => ({ id, from: fra });
  return {
    webhooks: hidden((await makeWebhook(svn)).id),
    'failed-jobs': hidden(await plantFailedJob(world)),
    notices: hidden(await plantNotice(world, svn, review)),
  };
}
