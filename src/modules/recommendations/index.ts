export { Position, Recommendation, Recommender } from './recommendations.entity.js';
export { adoptedOf, listedOf } from './recommendations.repository.js';
export { Wording, WordingAnswer } from './wordings.entity.js';
