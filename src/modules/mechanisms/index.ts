export { loadMechanisms } from './load-mechanisms.js';
export { pinFaults, pinOf } from './mechanisms.rules.js';
export { procedurePage } from './procedure-page.rules.js';
export { labelsIn } from './vocabulary.rules.js';
export { MechanismsService, UnsoundMechanisms } from './mechanisms.service.js';
