import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { operations } from '../../src/contract.js';
import type { Operation } from '../../src/platform/http/operation.js';
import { COMMUNICATION_BODIES } from '../factories/communication-bodies.js';
import { filled } from '../factories/path-holes.js';
import { NOTICE_BODIES } from '../factories/notice-bodies.js';
import { TREATY_BODIES } from '../factories/treaty-bodies.js';
import type { Client } from '../setup/api.js';

export const ALL = operations();
export const named = (id: string): Operation => ALL.find((each) => each.id === id)!;

/** The id of nothing. */
export const NOBODY = '5f1d7a2e-9c3b-4b6e-8f0a-000000000000';

const BY_HAND = { drawnOn: '2027-01-11', meeting: 'a meeting', witnesses: ['Somebody'] };

/** Of all that is asked about lots and troikas. */
export const LOT_BODIES = {
  recordTroika: {
    states: ['ALB', 'BRA', 'NOR'],
    ...BY_HAND,
  },
  announceReviewLot: {
    purpose: 'troika',
    publicValue: { source: 'A value', knownFrom: '2027-06-01T09:00:00Z' },
  },
  announceSessionLot: {
    purpose: 'first-speaker',
    publicValue: { source: 'A value', knownFrom: '2027-06-01T09:00:00Z' },
  },
  recordReviewLot: {
    purpose: 'troika',
    result: [{ for: 'SVN', drawn: ['ALB', 'BRA', 'NOR'] }],
    ...BY_HAND,
  },
  recordSessionLot: {
    purpose: 'first-speaker',
    result: [{ for: null, drawn: ['K'] }],
    ...BY_HAND,
  },
  drawLot: { publicValue: '4711' },
  cancelLot: { reason: 'a seat changed' },
  askOfTroika: { kind: 'own-region' },
  answerTroikaRequest: { grant: true },
};

/** Of all that is asked about lists of speakers, statements and advance questions. */
export const DIALOGUE_BODIES = {
  registerSpeaker: { list: 'dialogue' },
  recordSpeakersDraw: {
    drawn: ['K'],
    ...BY_HAND,
    drawnOn: '2027-04-30',
  },
  confirmSpeaker: {},
  accreditSpeaker: { confirmed: true },
  proposeSwap: { with: NOBODY },
  answerSwap: { accept: true },
  beginPart: { part: 'opening' },
  beginStatement: {},
  endStatement: {},
  correctStatement: { seconds: 180 },
  putStatementText: { text: 'We thank you' },
  fileQuestions: { questions: ['Why not?'] },
  confirmQuestion: {},
  answerQuestion: { in: 'report' },
  putClusters: { clusters: [{ title: 'Courts', questions: [NOBODY] }] },
};

/** For each operation that takes a body, one of the right shape. */
const BODIES: Record<string, object> = {
  login: { email: 'nobody@comity.test', password: 'nothing' },
  changePassword: { current: 'nothing', next: 'something long enough' },
  createAccount: { email: 'somebody@comity.test', name: 'Somebody', password: 'long enough, this' },
  succeedMembership: { email: 'nobody@comity.test' },
  invite: { email: 'nobody@comity.test', side: 'state:SVN', role: 'drafter' },
  acceptInvitation: { token: 'cm_nothing', name: 'Somebody', password: 'long enough, this' },
  createCalendarFeed: { password: 'nothing', name: 'A calendar' },
  ...NOTICE_BODIES,
  createKey: { password: 'nothing', name: 'A program', scopes: ['reviews:read'] },
  askPasswordReset: { email: 'nobody@comity.test' },
  delegateSignature: {
    side: 'state:SVN',
    email: 'nobody@comity.test',
    until: '2027-05-15T00:00:00Z',
  },
  askRecovery: { email: 'nobody@comity.test' },
  redeemRecovery: { half: 'cr_nothing', code: 'nothing', password: 'long enough, this' },
  approveRecovery: { password: 'nothing' },
  refuseRecovery: { password: 'nothing' },
  redeemPasswordReset: { token: 'cm_nothing', password: 'long enough, this' },
  grantMembership: { email: 'nobody@comity.test', side: 'state:SVN', role: 'drafter' },
  createOrganization: { name: 'Somebody', kind: 'ngo' },
  createCycle: { mechanism: 'upr', number: 900, starts: '2027-01-01' },
  createSession: {
    cycleId: NOBODY,
    number: 900,
    title: 'A session',
    starts: '2027-05-03',
    ends: '2027-05-14',
  },
  addSlot: { state: 'SVN', starts: '2027-05-03T09:00:00Z', ends: '2027-05-03T12:30:00Z' },
  addSeats: { seats: [{ state: 'SVN', from: '2027-01-01' }] },
  ...TREATY_BODIES,
  rescheduleSession: { reason: 'snow' },
  advanceClock: { to: '2001-01-01T00:00:00Z' },
  openReview: { slotId: NOBODY },
  moveReview: { move: 'relay-questions' },
  ...LOT_BODIES,
  moveReviews: { move: 'relay-questions', items: [{ reviewId: NOBODY, version: 1 }] },
  fileDocuments: { items: [{ documentId: NOBODY, version: 1 }] },
  registerFile: { sha256: 'a'.repeat(64) },
  declareLanguages: { languages: ['en', 'fr'] },
  nameAssistant: { organization: NOBODY },
  nameSignatory: { organization: NOBODY },
  removeSignatory: { organization: NOBODY },
  answerSignatory: { answer: 'accept' },
  decideCooperation: {
    finding: 'persistent',
    reasons: 'Nobody came',
    citation: 'OM/7/1',
    decidedOn: '2026-08-01',
  },
  createDocument: { kind: 'national-report', title: 'A report' },
  reviseDocument: { reason: 'an error' },
  createRecommendation: { text: 'Ratify the convention' },
  editRecommendation: { text: 'Ratify the protocol' },
  confirmRecommendation: {},
  labelRecommendations: { labels: [{ id: NOBODY, label: '1' }] },
  proposeAmendment: { text: 'Ratify the convention now', reason: 'a word was missing' },
  answerAmendment: { accept: true },
  recordDelivered: { text: 'Ratify the convention soon' },
  answerDelivered: { confirm: true },
  withdrawRecommendation: {},
  askSplit: { parts: ['Ratify it', 'Abolish it'], reason: 'two things' },
  decideSplit: { grant: true, reason: 'the parts are clear' },
  signReport: { documentId: NOBODY, version: 1 },
  createPledge: { text: 'Ratify the convention ourselves' },
  editPledge: { text: 'Ratify the protocol ourselves' },
  putClassification: { accept: ['category'] },
  confirmClassifications: { items: [{ id: NOBODY, version: 1, accept: ['themes'] }] },
  putRelation: { of: NOBODY, repeats: true },
  prepareFollowUp: {
    items: [
      {
        recommendation: NOBODY,
        version: 0,
        grade: 'B',
        text: 'A few words',
        asOf: '2027-01-01',
      },
    ],
  },
  giveFollowUp: {},
  givePositions: {},
  putPosition: { position: 'noted' },
  ...DIALOGUE_BODIES,
  putEmbargo: { until: '2027-06-01T10:00:00Z', reason: 'not yet' },
  putAudience: { audience: 'parties', reason: 'it names somebody' },
  withdraw: {
    item: { kind: 'document', id: NOBODY },
    whole: true,
    ground: 'error',
    reason: 'it names somebody',
  },
  requestWithdrawal: { item: { kind: 'document', id: NOBODY }, why: 'it names somebody' },
  answerWithdrawalRequest: { reason: 'it names nobody' },
  addSource: { symbol: 'A/1', title: 'A document' },
  putSource: { mark: 'AI', name: 'A name', standsWith: 'civil-society' },
  markPassage: { source: NOBODY, paragraph: '1', theme: 'health' },
  putPassage: { pinpoint: 'para. 1', theme: 'health' },
  putReport: { particulars: { meeting: '13th' } },
  addReportParagraph: { section: 'presentation', text: 'Words' },
  putReportParagraph: { text: 'Words' },
  recordReservation: { state: 'FRA', kind: 'reservation', text: 'Words', madeOn: '2027-05-05' },
  ...COMMUNICATION_BODIES,
  putSummary: { order: [] },
  addParagraph: { passages: [NOBODY] },
  putParagraph: { text: 'Words', notes: [{ passages: [NOBODY] }], theme: 'health' },
};
/** What an operation needs to be told in headers of its own. */
export const HEADERS: Record<string, string> = { 'Upload-Length': '9', 'Upload-Offset': '0' };
export const bodyOf = ({ id }: Operation): object => BODIES[id]!;

const urlOf = ({ path }: Operation, id = NOBODY): string => filled(path, id);

function start(client: Client, operation: Operation, id: string) {
  const method = operation.method.toLowerCase() as Lowercase<Operation['method']>;
  const call = client.send(method, urlOf(operation, id));
  if (operation.ifMatch) void call.set('if-match', '"1"');
  if (operation.tus) void call.set('tus-resumable', '1.0.0');
  for (const name of Object.keys(operation.headers?.shape ?? {})) {
    if (HEADERS[name]) void call.set(name, HEADERS[name]);
  }
  return operation.idempotent ? call.set('idempotency-key', randomUUID()) : call;
}

/** A request that the operation's shape allows; `id` stands in its path. Not sent yet. */
export function ask(client: Client, operation: Operation, id = NOBODY) {
  const call = start(client, operation, id);
  if (operation.body === 'file') return call.set('content-type', 'text/plain').send('words');
  if (operation.body === 'chunk') return call;
  return operation.body ? call.send(bodyOf(operation)) : call;
}

/** A request with these very bytes as its body. */
export const askRaw = (
  client: Client,
  operation: Operation,
  { id = NOBODY, bytes, type = 'application/json' }: Bytes,
) =>
  start(client, operation, id)
    .set('content-type', type)
    .serialize((body: unknown) => body as string)
    .send(bytes as string);

interface Bytes {
  readonly id?: string;
  readonly bytes: string | Buffer;
  readonly type?: string;
}

/** The statuses of requests that were on their way together, in ascending order. */
export const statusesOf = async (calls: readonly PromiseLike<Response>[]): Promise<number[]> =>
  (await Promise.all(calls)).map(({ status }) => status).toSorted((a, b) => a - b);

/** All pages of a list, by its links, which its bodies bear out. */
export async function everyPage<T>(client: Client, first: string): Promise<T[][]> {
  const pages: T[][] = [];
  for (let url: string | undefined = first; url !== undefined;) {
    const { body, headers }: Response = await client.get(url).expect(200);
    pages.push((body as { items: T[] }).items);
    url = /^<([^>]+)>; rel="next"$/.exec(headers['link'] ?? '')?.[1];
    expect(url === undefined).toBe((body as { next: string | null }).next === null);
  }
  return pages;
}
