export { ApplyLedger, type LedgerApplied } from './apply-ledger.js';
export { addParticipant } from './add-participant.js';
export { Engine } from './engine.service.js';
export { MoveProceeding } from './move-proceeding.js';
export { OpenProceeding } from './open-proceeding.js';
export { assertSessionFilter, assertStateFilter } from './check-filters.js';
export { assertStates } from './describe-states.js';
export {
  actingRefused,
  actingRole,
  assertFiler,
  assertIndependent,
  beginningRefused,
  chooseSeat,
  filingSide,
  isMine,
  rolesOfSide,
  seatedSide,
  sideInRole,
} from './choose-side.js';
export { receiptOf } from './check-receipt.js';
export { receiptFacts, type ReceivedHow } from './received.rules.js';
export { handedOver, received, receivedHow } from './received.schemas.js';
export { lateRefused, latestDeadline } from './find-deadline.js';
export { currentEntries } from './find-entries.js';
export { chosen, type Prepared } from './choose-prepared.js';
export { compareAccess } from './grant-access.js';
export { meetDeadlines } from './keep-deadlines.js';
export { lockStandings } from './lock-standings.js';
export type { ReadingNote } from './note-readings.js';
export { MOVING } from './moves.schemas.js';
export { partsOf, type Family } from './parts.schemas.js';
export * from './proceedings.entity.js';
export {
  assistedBy,
  calendarOf,
  principalIds,
  proceedingPage,
  removeParticipant,
  type DueRow,
} from './proceedings.repository.js';
export * as proceedingSchemas from './proceedings.schemas.js';
export { publishPage, type Published } from './publish-proceeding.js';
export { ProceedingsService } from './proceedings.service.js';
export {
  Parts,
  type Consequence,
  type DueSource,
  type DutySource,
  type FactSource,
  type ItemKnown,
  type Offer,
  type Progress,
  type Resumption,
  type Standing,
  type UnnamingFollower,
  type Withdrawable,
  type WithdrawalFollower,
} from './register-parts.js';
export { LEDGER_FILE, WithdrawalLedger, type Departure } from './keep-ledger.js';
export { RescheduleSession } from './reschedule-session.js';
export { SealRoot } from './seal-root.js';
export { showDeadlines, type DeadlineShown } from './show-deadlines.js';
export { askSides, tellSides } from './tell-sides.js';
export { Authorship, Withdrawal, WithdrawalRequest } from './withdrawals.entity.js';
export { withAuthors } from './withdrawals.repository.js';
export { proceedingsTaken, type DutyRow } from './duties.repository.js';
