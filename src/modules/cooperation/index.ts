export { CooperationDecision } from './cooperation.entity.js';
