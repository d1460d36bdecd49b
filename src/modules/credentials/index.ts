export { ApiKey } from './keys.entity.js';
