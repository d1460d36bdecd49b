export { groundOfReview } from './find-ground.js';
export { Lot, TroikaRequest } from './lots.entity.js';
export { latestDraw } from './lots.repository.js';
export { keepingRefused } from './lots.rules.js';
export { RecordDraw } from './record-draw.js';
export { Purposes, type SpeakersList } from './register-purposes.js';
