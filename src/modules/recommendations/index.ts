export { publishAgain } from './publish-recommendations.js';
export { assertClassifies, itemStanding } from './find-item.js';
export { ReadWords, type Worded, type WordsReader } from './read-words.js';
export { Position, Recommendation, Recommender } from './recommendations.entity.js';
export {
  adoptedOf,
  listedOf,
  recommendationById,
  type RecommendationRow,
} from './recommendations.repository.js';
export { Wording, WordingAnswer } from './wordings.entity.js';
