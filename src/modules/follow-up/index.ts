export { Assessment } from './follow-up.entity.js';
