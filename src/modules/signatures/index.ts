export { Signature } from './signatures.entity.js';
