import { AnsweredTest } from './modules/admissibility/index.js';
import { Account, Membership, Organization, Principal } from './modules/accounts/index.js';
import { CalendarFeed } from './modules/calendar-feeds/index.js';
import { Cycle, Session, SessionChange, Slot, SlotChange } from './modules/calendar/index.js';
import { ClassificationAct, RepeatDecision } from './modules/classification/index.js';
import { BodyMember, BodyMemberEnd, Conflict, Recusal } from './modules/committees/index.js';
import { CooperationDecision } from './modules/cooperation/index.js';
import { ApiKey } from './modules/credentials/index.js';
import { CoSpeaker, Speaker, SpeakersList, SpeakerSwap } from './modules/dialogue/index.js';
import { BodySeat, OptOut, Party, PartyChange } from './modules/directory/index.js';
import {
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Partner,
  Publication,
  Registration,
} from './modules/documents/index.js';
import { FailedJob } from './modules/failed-jobs/index.js';
import { Assessment } from './modules/follow-up/index.js';
import { Delivery, DeliveryAttempt } from './modules/deliveries/index.js';
import { Manner } from './modules/notice-preferences/index.js';
import { Notice } from './modules/notices/index.js';
import { Assistant } from './modules/assistants/index.js';
import { Signature } from './modules/signatures/index.js';
import { Communicant, Intake, IntakeParagraph } from './modules/intake/index.js';
import { Invitation } from './modules/invitations/index.js';
import { Lot, TroikaRequest } from './modules/lots/index.js';
import { Upload, UploadPart } from './modules/uploads/index.js';
import {
  Authorship,
  Circle,
  Deadline,
  DeadlineChange,
  Participant,
  Proceeding,
  Side,
  StageEntry,
  Withdrawal,
  WithdrawalRequest,
} from './modules/proceedings/index.js';
import { Pledge } from './modules/pledges/index.js';
import { Asker, Clustering, Question } from './modules/questions/index.js';
import { Receipt, ReceiptOpening } from './modules/receipts/index.js';
import {
  Position,
  Recommendation,
  Recommender,
  Wording,
  WordingAnswer,
} from './modules/recommendations/index.js';
import {
  ReportDraft,
  ReportParagraph,
  ReportParagraphVersion,
} from './modules/report-drafts/index.js';
import { Reminder } from './modules/reminders/index.js';
import { Circulation, Reservation, SignOff } from './modules/reports/index.js';
import { Webhook } from './modules/webhooks/index.js';
import { Passage, Source, Summary, SummaryParagraph } from './modules/summaries/index.js';

/** Every row that is written through the query builder. */
export const ENTITIES = [
  AnsweredTest,
  Communicant,
  Intake,
  IntakeParagraph,
  Assistant,
  Notice,
  Delivery,
  DeliveryAttempt,
  Manner,
  Reminder,
  FailedJob,
  Account,
  ApiKey,
  Asker,
  Assessment,
  Authorship,
  BodyMember,
  BodyMemberEnd,
  BodySeat,
  OptOut,
  Party,
  PartyChange,
  CalendarFeed,
  Circle,
  Circulation,
  Reservation,
  ClassificationAct,
  Conflict,
  Clustering,
  CooperationDecision,
  CoSpeaker,
  Cycle,
  Deadline,
  DeadlineChange,
  Document,
  DocumentOriginal,
  DocumentText,
  DocumentVersion,
  Invitation,
  Signature,
  Lot,
  Membership,
  Organization,
  Participant,
  Partner,
  Passage,
  Pledge,
  Position,
  Principal,
  Proceeding,
  Publication,
  Registration,
  Question,
  Receipt,
  ReceiptOpening,
  Recommendation,
  Recommender,
  Recusal,
  RepeatDecision,
  Session,
  SessionChange,
  Side,
  SignOff,
  Slot,
  SlotChange,
  Source,
  Speaker,
  SpeakerSwap,
  SpeakersList,
  StageEntry,
  Summary,
  SummaryParagraph,
  ReportDraft,
  ReportParagraph,
  ReportParagraphVersion,
  TroikaRequest,
  Withdrawal,
  WithdrawalRequest,
  Upload,
  UploadPart,
  Webhook,
  Wording,
  WordingAnswer,
];
