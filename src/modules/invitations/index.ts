export { Invitation } from './invitations.entity.js';
