export { Notice } from './notices.entity.js';
export type { NoticeAnswer } from './notices.schemas.js';
