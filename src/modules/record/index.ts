export {
  publishDocument,
  publishLot,
  publishProceeding,
  publishRecommendation,
  withdrawFromRecord,
  withdrawnOf,
  type PublishedFile,
} from './publish-items.js';
export { recordLot as lotSchema, withdrawn as withdrawnSchema } from './items.schemas.js';
export { RecordService } from './record.service.js';
export {
  coversAllFiles,
  coversFile,
  filesPart,
  isOfFiles,
  MASK,
  WITHDRAWABLE,
  WITHDRAWABLE_KINDS,
  type DocumentBody,
  type LotBody,
  type ProceedingBody,
  type RecommendationBody,
  type WithdrawableKind,
} from './items.rules.js';
export { publishTexts } from './publish-texts.js';
export { lastRoot, publishRoot, rootsBetween, type DailyRoot } from './publish-root.js';
