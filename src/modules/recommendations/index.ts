export { Position, Recommendation, Recommender } from './recommendations.entity.js';
export { adoptedOf } from './recommendations.repository.js';
