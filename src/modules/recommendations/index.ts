export { publishAgain } from './adopt-recommendations.js';
export { assertClassifies, itemStanding } from './find-item.js';
export { ReadWords, type Worded, type WordsReader } from './read-words.js';
export { Position, Recommendation, Recommender } from './recommendations.entity.js';
export {
  adoptedOf,
  recommendationById,
  type RecommendationRow,
} from './recommendations.repository.js';
