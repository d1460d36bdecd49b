export { Document, DocumentText, DocumentVersion } from './documents.entity.js';
export { assertFiler, filingSide } from './find-filing.js';
