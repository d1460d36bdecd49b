export {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Publication,
} from './documents.entity.js';
export { keptTexts, type KeptText } from './documents.repository.js';
export { document as documentSchema } from './documents.schemas.js';
export { UploadContent } from './upload-content.js';
export { namedIn } from './find-filing.js';
