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
} from './find-filing.js';
