export { noticesOf, scheduleIn } from './load-notices.js';
export { Notice } from './notices.entity.js';
export type { NoticeAnswer } from './notices.schemas.js';
