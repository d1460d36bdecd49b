export {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Partner,
  PARTNER_STATUSES,
  Publication,
  Registration,
} from './documents.entity.js';
export { keptTexts, type KeptText } from './documents.repository.js';
export { document as documentSchema } from './documents.schemas.js';
export { putContent } from './documents.schemas.js';
export { documentOperations } from './proceeding-documents.schemas.js';
export { DocumentsService } from './documents.service.js';
export { contentQuery } from './texts.schemas.js';
export { SubmitDocument } from './submit-document.js';
export { UploadContent } from './upload-content.js';
export { documentStanding, namedIn, type DocumentFound } from './find-filing.js';
export { isJoint } from './documents.rules.js';
export { copiesOf, forgetNamed } from './partners.repository.js';
export { assertDeclarable, ReceiveFile } from './receive-file.js';
export { publishDocuments } from './publish-documents.js';
