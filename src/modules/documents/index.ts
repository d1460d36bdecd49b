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
