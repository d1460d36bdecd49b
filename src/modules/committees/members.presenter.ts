import { memberSide } from '../../kernel/sides.js';
import type { MemberRow } from './members.repository.js';

export const presentMember = (row: MemberRow) => ({
  id: row.id,
  side: memberSide(row.id),
  name: row.name,
  nationalities: [...row.nationalities],
  seat: row.seat,
  basis: row.basis,
  from: row.from,
  until: row.until,
  ended: row.endedOn === null ? null : { on: row.endedOn, reason: row.endReason! },
});
