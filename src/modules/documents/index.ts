export {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Publication,
} from './documents.entity.js';
export { assertFiler, beginningRefused, chooseSeat, filingSide, isMine } from './find-filing.js';
