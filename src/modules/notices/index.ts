export { Notice } from './notices.entity.js';
export type { NoticeAnswer } from './notices.schemas.js';
export { RenderNotices } from './render-notices.js';
