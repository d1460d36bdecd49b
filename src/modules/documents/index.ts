export { Document, DocumentOriginal, DocumentText, DocumentVersion } from './documents.entity.js';
export { assertFiler, beginningRefused, chooseSeat, filingSide, isMine } from './find-filing.js';
