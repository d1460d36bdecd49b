export {
  publishDocument,
  publishProceeding,
  publishRecommendation,
  type DocumentBody,
  type ProceedingBody,
  type PublishedFile,
  type RecommendationBody,
} from './publish-items.js';
export { publishTexts } from './publish-texts.js';
