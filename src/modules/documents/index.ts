export {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Partner,
  PARTNER_STATUSES,
  Publication,
} from './documents.entity.js';
export {
  assertFiler,
  beginningRefused,
  chooseSeat,
  closingOf,
  documentStanding,
  filingSide,
  isMine,
  namedIn,
  type DocumentFound,
} from './find-filing.js';
export { isJoint } from './documents.rules.js';
export { copiesOf, forgetNamed } from './partners.repository.js';
export { publishDocuments } from './publish-documents.js';
