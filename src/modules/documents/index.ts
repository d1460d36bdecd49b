export {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Publication,
} from './documents.entity.js';
export {
  assertFiler,
  beginningRefused,
  chooseSeat,
  filingSide,
  isMine,
  namedIn,
  rolesOfSide,
  sideInRole,
} from './find-filing.js';
export { keptTexts, type KeptText } from './documents.repository.js';
export { document as documentSchema } from './documents.schemas.js';
export { UploadContent } from './upload-content.js';
