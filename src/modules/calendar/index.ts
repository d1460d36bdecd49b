export { Cycle, Session, SessionChange, Slot, SlotChange } from './calendar.entity.js';
export {
  lockSession,
  sessionById,
  slotsById,
  slotsOfSession,
  type SessionRow,
  type SlotRow,
} from './calendar.repository.js';
export { presentSession } from './calendar.presenter.js';
export { pastRefused, slotRefused, unknownDeadlines, type SlotTimes } from './calendar.rules.js';
export { session as sessionSchema } from './calendar.schemas.js';
export { assertKeeper } from './calendar.service.js';
