export { groundOfReview } from './find-ground.js';
export { Lot, TroikaRequest } from './lots.entity.js';
export { RecordDraw } from './record-draw.js';
export { Purposes } from './register-purposes.js';
