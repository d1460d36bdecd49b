export { loadMechanisms } from './load-mechanisms.js';
export { pinFaults, pinOf } from './mechanisms.rules.js';
export { MechanismsService, UnsoundMechanisms } from './mechanisms.service.js';
