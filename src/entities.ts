import { Account, Membership, Organization, Principal } from './modules/accounts/index.js';
import { Cycle, Session, SessionChange, Slot, SlotChange } from './modules/calendar/index.js';
import { ClassificationAct, RepeatDecision } from './modules/classification/index.js';
import { CooperationDecision } from './modules/cooperation/index.js';
import { ApiKey } from './modules/credentials/index.js';
import { BodySeat } from './modules/directory/index.js';
import {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Publication,
} from './modules/documents/index.js';
import { Assessment } from './modules/follow-up/index.js';
import { Invitation } from './modules/invitations/index.js';
import { Lot, TroikaRequest } from './modules/lots/index.js';
import {
  Authorship,
  Deadline,
  DeadlineChange,
  Participant,
  Proceeding,
  Side,
  StageEntry,
  Withdrawal,
  WithdrawalRequest,
} from './modules/proceedings/index.js';
import { Receipt, ReceiptOpening } from './modules/receipts/index.js';
import { Position, Recommendation, Recommender } from './modules/recommendations/index.js';

/** Every row that is written through the query builder. */
export const ENTITIES = [
  Account,
  ApiKey,
  Assessment,
  Authorship,
  BodySeat,
  ClassificationAct,
  CooperationDecision,
  Cycle,
  Deadline,
  DeadlineChange,
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Invitation,
  Lot,
  Membership,
  Organization,
  Participant,
  Position,
  Principal,
  Proceeding,
  Publication,
  Receipt,
  ReceiptOpening,
  Recommendation,
  Recommender,
  RepeatDecision,
  Session,
  SessionChange,
  Side,
  Slot,
  SlotChange,
  StageEntry,
  TroikaRequest,
  Withdrawal,
  WithdrawalRequest,
];
