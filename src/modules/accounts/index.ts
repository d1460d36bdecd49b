export { Account, Membership, Organization, Principal } from './accounts.entity.js';
export { holds, inSecretariat } from './accounts.rules.js';
