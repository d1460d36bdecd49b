export { Cycle, Session, SessionChange, Slot, SlotChange } from './calendar.entity.js';
export { presentSession } from './calendar.presenter.js';
export { slotRefused, unknownDeadlines, type SlotTimes } from './calendar.rules.js';
export { session as sessionSchema } from './calendar.schemas.js';
export { assertKeeper } from './calendar.service.js';
