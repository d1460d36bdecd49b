export { Assistant } from './assistants.entity.js';
