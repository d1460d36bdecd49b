import { Reference1700000001000 } from './1700000001000-reference.js';
import { Identity1700000002000 } from './1700000002000-identity.js';
import { Casework1700000003000 } from './1700000003000-casework.js';
import { Journal1700000004000 } from './1700000004000-journal.js';
import { Record1700000005000 } from './1700000005000-record.js';
import { Access1700000006000 } from './1700000006000-access.js';
import { Formats1700000007000 } from './1700000007000-formats.js';
import { Withdrawal1700000008000 } from './1700000008000-withdrawal.js';
import { Embargo1700000008500 } from './1700000008500-embargo.js';
import { Keys1700000009000 } from './1700000009000-keys.js';
import { Mail1700000009100 } from './1700000009100-mail.js';
import { Requests1700000009200 } from './1700000009200-requests.js';
import { Allowances1700000010000 } from './1700000010000-allowances.js';
import { Privacy1700000011000 } from './1700000011000-privacy.js';
import { Resets1700000012000 } from './1700000012000-resets.js';
import { Endings1700000012100 } from './1700000012100-endings.js';
import { Person1700000013000 } from './1700000013000-person.js';
import { ReviewIndex1700000013100 } from './1700000013100-review-index.js';
import { Classification1700000014000 } from './1700000014000-classification.js';
import { Lots1700000015000 } from './1700000015000-lots.js';
import { StillProven1700000021000 } from './1700000021000-still-proven.js';
import { Desk1700000022000 } from './1700000022000-desk.js';
import { Cooperation1700000022100 } from './1700000022100-cooperation.js';
import { Receipts1700000023000 } from './1700000023000-receipts.js';
import { Dialogue1700000024000 } from './1700000024000-dialogue.js';
import { Questions1700000024100 } from './1700000024100-questions.js';
import { Wordings1700000025000 } from './1700000025000-wordings.js';
import { Summaries1700000026000 } from './1700000026000-summaries.js';
import { Partners1700000027000 } from './1700000027000-partners.js';
import { FollowUp1700000028000 } from './1700000028000-follow-up.js';
import { ReportDrafts1700000029000 } from './1700000029000-report-drafts.js';
import { Registration1700000030000 } from './1700000030000-registration.js';
import { Uploads1700000032000 } from './1700000032000-uploads.js';
import { Acceptance1700000032100 } from './1700000032100-acceptance.js';
import { Recovery1700000033000 } from './1700000033000-recovery.js';
import { RecoveryActs1700000033100 } from './1700000033100-recovery-acts.js';
import { Signatures1700000033200 } from './1700000033200-signatures.js';
import { Succession1700000033300 } from './1700000033300-succession.js';
import { WithdrawnReservations1700000034000 } from './1700000034000-withdrawn-reservations.js';
import { WithheldClusters1700000036000 } from './1700000036000-withheld-clusters.js';
import { SignaturesOfLists1700000036100 } from './1700000036100-signatures-of-lists.js';
import { Assistants1700000036200 } from './1700000036200-assistants.js';
import { CountedExtensions1700000036300 } from './1700000036300-counted-extensions.js';
import { CalendarFeeds1700000037000 } from './1700000037000-calendar-feeds.js';
import { Notices1700000038000 } from './1700000038000-notices.js';
import { Reminders1700000039100 } from './1700000039100-reminders.js';
import { Webhooks1700000039200 } from './1700000039200-webhooks.js';
import { Manners1700000039300 } from './1700000039300-manners.js';
import { Deliveries1700000039400 } from './1700000039400-deliveries.js';
import { SettledDeliveries1700000039450 } from './1700000039450-settled-deliveries.js';
import { Proofs1700000039500 } from './1700000039500-proofs.js';
import { FailedJobs1700000039600 } from './1700000039600-failed-jobs.js';
import { LiveNotices1700000039700 } from './1700000039700-live-notices.js';
import { LettersTogether1700000039900 } from './1700000039900-letters-together.js';
import { Fronts1700000041100 } from './1700000041100-fronts.js';
import { FrontsTold1700000041110 } from './1700000041110-fronts-told.js';
import { CaseKeys1700000041120 } from './1700000041120-case-keys.js';
import { Committees1700000041300 } from './1700000041300-committees.js';
import { Communications1700000041200 } from './1700000041200-communications.js';
import { MovedSessions1700000040100 } from './1700000040100-moved-sessions.js';
import { Asked1700000040000 } from './1700000040000-asked.js';
import { Parties1700000041000 } from './1700000041000-parties.js';

/** Every step, in order. A step that has landed is never edited. */
export const MIGRATIONS = [
  Reference1700000001000,
  Identity1700000002000,
  Casework1700000003000,
  Journal1700000004000,
  Record1700000005000,
  Access1700000006000,
  Formats1700000007000,
  Withdrawal1700000008000,
  Embargo1700000008500,
  Keys1700000009000,
  Mail1700000009100,
  Requests1700000009200,
  Allowances1700000010000,
  Privacy1700000011000,
  Resets1700000012000,
  Endings1700000012100,
  Person1700000013000,
  ReviewIndex1700000013100,
  Classification1700000014000,
  Lots1700000015000,
  StillProven1700000021000,
  Desk1700000022000,
  Cooperation1700000022100,
  Receipts1700000023000,
  Dialogue1700000024000,
  Questions1700000024100,
  Wordings1700000025000,
  Summaries1700000026000,
  Partners1700000027000,
  FollowUp1700000028000,
  ReportDrafts1700000029000,
  Registration1700000030000,
  Uploads1700000032000,
  Acceptance1700000032100,
  Recovery1700000033000,
  RecoveryActs1700000033100,
  Signatures1700000033200,
  Succession1700000033300,
  WithdrawnReservations1700000034000,
  WithheldClusters1700000036000,
  SignaturesOfLists1700000036100,
  Assistants1700000036200,
  CountedExtensions1700000036300,
  CalendarFeeds1700000037000,
  Notices1700000038000,
  Reminders1700000039100,
  Webhooks1700000039200,
  Manners1700000039300,
  Deliveries1700000039400,
  SettledDeliveries1700000039450,
  Proofs1700000039500,
  FailedJobs1700000039600,
  LiveNotices1700000039700,
  LettersTogether1700000039900,
  Asked1700000040000,
  MovedSessions1700000040100,
  Parties1700000041000,
  Fronts1700000041100,
  FrontsTold1700000041110,
  CaseKeys1700000041120,
  Communications1700000041200,
  Committees1700000041300,
];
