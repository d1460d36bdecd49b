export {
  publishDocument,
  publishProceeding,
  publishRecommendation,
  withdrawFromRecord,
  withdrawnOf,
  type PublishedFile,
} from './publish-items.js';
export { withdrawn as withdrawnSchema } from './items.schemas.js';
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
  WITHDRAWABLE_KINDS,
  type DocumentBody,
  type ProceedingBody,
  type RecommendationBody,
  type WithdrawableKind,
  type Withdrawn,
} from './items.rules.js';
export { publishQuestion, publishSpeaker } from './publish-dialogue.js';
export { publishTexts } from './publish-texts.js';
export { lastRoot, publishRoot, rootsBetween, type DailyRoot } from './publish-root.js';
