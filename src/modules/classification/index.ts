export { ClassificationAct, RepeatDecision } from './classification.entity.js';
export { loadMethods, loadVocabularies } from './load-methods.js';
export { proposing, type Facet, type Method } from './proposals.rules.js';
export { logistic, weighWords, type Weights } from './weights.rules.js';
export { stemOf, wordsOf } from './words.rules.js';
