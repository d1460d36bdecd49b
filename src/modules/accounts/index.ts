export { Account, Membership, Organization, Principal } from './accounts.entity.js';
export { accountByEmail, bodyOf } from './accounts.repository.js';
export { holds } from './accounts.rules.js';
export { assertSideFilter } from './check-filters.js';
export { openFront } from './open-front.js';
export { permission, role, ROLES } from './accounts.schemas.js';
export { assertMaySeat, seatMember, type Seat } from './seat-member.js';
