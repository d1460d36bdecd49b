import type { Part } from '../../platform/http/paging.js';
import { where, type Filter, type Listed } from './record.repository.js';

/** In the order of sessions, lists and places. */
export function speakerBodies(filter: Filter, { after, limit }: Part): Listed {
  const { text, values } = where(filter, 6);
  const from = after
    ? 'AND (x.session, x.list, x.place_order, x.id) > ($2::int, $3::text, $4::int, $5::uuid)'
    : 'AND $2::int IS NULL AND $3::text IS NULL AND $4::int IS NULL AND $5::uuid IS NULL';
  return {
    text: `SELECT x.id, x.session, x.list, x.place_order, x.body FROM record.speaker x
     WHERE true ${text} ${from} ORDER BY x.session, x.list, x.place_order, x.id LIMIT $1`,
    values: [limit + 1, ...(after ?? [null, null, null, null]), ...values],
    key: ['session', 'list', 'place_order', 'id'],
  };
}

/** In the order of sessions, and in that in which they were relayed. */
export function questionBodies(
  { asker, ...filter }: Filter & { asker?: string },
  { after, limit }: Part,
): Listed {
  const { text, values } = where(filter, 5);
  const asked = asker === undefined ? [] : [asker];
  const by = `AND x.id IN (SELECT a.question_id FROM record.asker a WHERE a.iso3 = $${5 + values.length})`;
  const from = after
    ? 'AND (x.session, x.n, x.id) > ($2::int, $3::int, $4::uuid)'
    : 'AND $2::int IS NULL AND $3::int IS NULL AND $4::uuid IS NULL';
  return {
    text: `SELECT x.id, x.session, x.n, x.body FROM record.question x
     WHERE true ${text} ${asked.length > 0 ? by : ''} ${from}
     ORDER BY x.session, x.n, x.id LIMIT $1`,
    values: [limit + 1, ...(after ?? [null, null, null]), ...values, ...asked],
    key: ['session', 'n', 'id'],
  };
}
