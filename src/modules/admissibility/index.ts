export { AnsweredTest } from './admissibility.entity.js';
