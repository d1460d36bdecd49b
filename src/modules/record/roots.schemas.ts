import { z } from 'zod';
import { date, instant, sha256 } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const root = z
  .strictObject({
    day: date.meta({ description: 'UTC' }),
    root: sha256,
    tree: sha256.meta({ description: 'The root of the tree of the heads that grew' }),
    previous: sha256.meta({ description: 'The root before; zeros before the first' }),
    sealedAt: instant,
  })
  .meta({ id: 'DailyRoot' });

export const listRoots = operation({
  id: 'listRoots',
  method: 'GET',
  path: '/v1/record/roots',
  tag: 'record',
  summary: 'The daily roots over all chains of the journal, the latest first',
  description:
    'Keep them: a chain that somebody rewrites no longer leads to the root that you kept. ' +
    '`root` is SHA-256 over the byte 2, `previous`, `tree` and the day.',
  open: true,
  cached: true,
  query: z.strictObject(pageQuery),
  returns: pageOf(root).meta({ id: 'DailyRoots' }),
});
export const getRoot = operation({
  id: 'getRoot',
  method: 'GET',
  path: '/v1/record/roots/{day}',
  tag: 'record',
  summary: 'The daily root of a day',
  description: 'A day is sealed once it is over.',
  open: true,
  cached: true,
  params: z.strictObject({ day: date }),
  returns: root,
});
