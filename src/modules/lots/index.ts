export { groundOfReview } from './find-ground.js';
export { Lot, TroikaRequest } from './lots.entity.js';
export { RecordDraw } from './record-draw.js';
export { firstDrawn, firstLetters } from './plan-session.js';
export { troikaRulesOf } from './troika.rules.js';
export { Purposes, type SpeakersList, type Start } from './register-purposes.js';
