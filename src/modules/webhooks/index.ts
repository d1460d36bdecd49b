export { Webhook } from './webhooks.entity.js';
export { noticePosted } from './posted.schemas.js';
