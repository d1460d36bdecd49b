export { Document, DocumentText, DocumentVersion } from './documents.entity.js';
export { assertFiler, chooseSeat, filingSide, isMine } from './find-filing.js';
