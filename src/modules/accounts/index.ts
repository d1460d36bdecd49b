export { Account, Membership, Organization, Principal } from './accounts.entity.js';
