export {
  publishDocument,
  publishProceeding,
  publishRecommendation,
  withdrawFromRecord,
  withdrawnOf,
} from './publish-items.js';
export {
  classification as classificationSchema,
  saidCode,
  withdrawn as withdrawnSchema,
  withdrawnPart,
} from './items.schemas.js';
export { maskedSide } from './masked-side.schemas.js';
export {
  coversAllFiles,
  coversFile,
  coversWhole,
  filesPart,
  hidesAuthor,
  isOfFiles,
  MASK,
  WITHDRAWABLE,
  type Classification,
  type ProceedingBody,
  type WithdrawableKind,
  type Withdrawn,
} from './items.rules.js';
export { publishTexts } from './publish-texts.js';
export { lastRoot, publishRoot, rootsBetween } from './publish-root.js';
export { chainOf, type Related } from './record.repository.js';
export { related as relatedSchema } from './relations.schemas.js';
