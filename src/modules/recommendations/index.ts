import { putPosition } from './positions.schemas.js';
import { proposeAmendment } from './wordings.schemas.js';

export { publishAgain } from './publish-recommendations.js';
export { AmendRecommendation } from './amend-recommendation.js';
export { assertClassifies, assertMay, itemRule, itemStanding } from './find-item.js';
export { GivePositions } from './give-positions.js';
export { LabelRecommendations } from './label-recommendations.js';
export { partLabel } from './recommendations.rules.js';
export { labelsGiven as labelsGivenSchema } from './recommendations.schemas.js';
export { ReadWords, type Worded, type WordsReader } from './read-words.js';
export { Position, Recommendation, Recommender } from './recommendations.entity.js';
export {
  adoptedOf,
  listsOf,
  recommendationById,
  recommendationsIn,
  type RecommendationRow,
} from './recommendations.repository.js';
export { Wording, WordingAnswer } from './wordings.entity.js';
export const positionBody = putPosition.body;
export const amendmentBody = proposeAmendment.body;
