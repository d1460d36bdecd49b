export { loadMechanisms, type MechanismFault } from './load-mechanisms.js';
export { digestOf, type Pin, type PinFault, pinFaults, pinOf } from './mechanisms.rules.js';
export { definitionSchema } from './definition.schemas.js';
export { MechanismsService, UnsoundMechanisms } from './mechanisms.service.js';
