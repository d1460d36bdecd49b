export {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Publication,
} from './documents.entity.js';
export { namedIn } from './find-filing.js';
