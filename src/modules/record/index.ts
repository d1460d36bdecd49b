export {
  publishDocument,
  publishLot,
  publishProceeding,
  publishRecommendation,
} from './publish-items.js';
export { withdrawFromRecord } from './withdraw-from-record.js';
export { withdrawnOf } from './write-items.js';
export { publishPledge } from './publish-pledge.js';
export {
  recordLot as lotSchema,
  recordProceeding as proceedingSchema,
  recordRecommendation as recommendationSchema,
  classification as classificationSchema,
  saidCode,
  withdrawn as withdrawnSchema,
  withdrawnPart,
} from './items.schemas.js';
export { publishAssessments } from './publish-assessment.js';
export {
  evidence as evidenceSchema,
  followUpKind,
  grade as gradeSchema,
  recordAssessment as assessmentSchema,
} from './follow-up.schemas.js';
export { predecessorOf } from './predecessor.repository.js';
export { maskedSide } from './masked-side.schemas.js';
export { RecordService } from './record.service.js';
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
  type AssessmentBody,
  type LotBody,
  type Classification,
  type ProceedingBody,
  type RecommendationBody,
  type WithdrawableKind,
  type Withdrawn,
} from './items.rules.js';
export { publishQuestion, publishSpeaker } from './publish-dialogue.js';
export { publishTexts } from './publish-texts.js';
export { lastRoot, publishRoot, rootsBetween } from './publish-root.js';
export { chainOf, type Related } from './record.repository.js';
export { related as relatedSchema } from './relations.schemas.js';
