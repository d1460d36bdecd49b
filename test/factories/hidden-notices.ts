import type { Stage } from '../confidentiality/cast.js';
import { plantConflicts } from './committee-case.js';
import { plantFailedJob } from './failed-job.js';
import { plantNotice } from './planted-notice.js';
import { makeWebhook } from './webhooks.js';

/** What one delegation is told, and how; and somebody of another, who may not know. */
export async function hiddenNotices({ world, review, cast: { svn, fra } }: Stage) {
  const hidden = (id: string) => ({ id, from: fra });
  const { conflict } = await plantConflicts(world, svn);
  return {
    webhooks: hidden((await makeWebhook(svn)).id),
    'failed-jobs': hidden(await plantFailedJob(world)),
    // Before the committee, and before whoever said it; who sits there is public.
    conflicts: { id: conflict, from: svn },
    'me/recusals': { id: conflict, from: svn },
    members: { id: review, from: svn },
    notices: hidden(await plantNotice(world, svn, review)),
  };
}
