export { BodyMember, BodyMemberEnd, Conflict, Recusal } from './committees.entity.js';
