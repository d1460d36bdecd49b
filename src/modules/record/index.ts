export {
  publishDocument,
  publishProceeding,
  publishRecommendation,
  withdrawFromRecord,
  withdrawnOf,
  type PublishedFile,
} from './publish-items.js';
export { withdrawn as withdrawnSchema, withdrawnPart } from './items.schemas.js';
export {
  coversAllFiles,
  coversFile,
  filesPart,
  isOfFiles,
  MASK,
  WITHDRAWABLE,
  type DocumentBody,
  type ProceedingBody,
  type RecommendationBody,
  type WithdrawableKind,
} from './items.rules.js';
export { publishTexts } from './publish-texts.js';
export { lastRoot, publishRoot, rootsBetween, type DailyRoot } from './publish-root.js';
