export { Notice } from './notices.entity.js';
