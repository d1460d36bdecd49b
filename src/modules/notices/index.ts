export { scheduleIn } from './load-notices.js';
export { Notice } from './notices.entity.js';
export { readAsRecipients, type NoticeRow } from './notices.repository.js';
export type { NoticeAnswer } from './notices.schemas.js';
export { NoticesService } from './notices.service.js';
export { Tellings, type Telling } from './register-tellings.js';
export { RenderNotices } from './render-notices.js';
