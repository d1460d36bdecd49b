export { Asker, Clustering, Question } from './questions.entity.js';
