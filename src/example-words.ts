import { FORMATS } from './platform/formats/format.js';
import type { Words } from './platform/contract/examples.js';

const SHA_256 = '9f2c1e5b7a4d8360b1c7e2f94a6d0358c9e1b7f2064d8a3e5c70f1b29d4e6a83';

/**
 * What the contract shows in fields of these names, and as contents of these media types, where a
 * schema has no example of its own: one review of Slovenia, told alike everywhere.
 */
export const EXAMPLE_WORDS: Words = {
  // People and sides
  name: 'Ana Novak',
  token: 'cs_Zk3vQ0mR7yT1uN5w',
  secret: 'ck_Zk3vQ0mR7yT1uN5w',
  grantedBy: 'Ana Novak',
  invitedBy: 'Ana Novak',
  answer: '250 2.0.0 queued',
  outcome: 'accepted',
  channel: 'mail',
  acronym: 'FOR',
  administrator: false,
  basis: 'drawn by lot',
  principal: 'secretariat:upr',

  // What is filed by the public
  treaty: 'aarhus',
  trigger: 'communication',
  about: 'partyConcerned',
  pattern: 'ACCC/C/{year}/{n}',
  field: 'facts',
  help: 'What happened, when and where, in the order of time.',
  missing: 'domestic-remedies',
  explanation: 'She would lose her post',
  contact: 'By the case key alone',
  weighedDuring: 'examination',
  unregistered: 'received',
  test: 'domestic-remedies',
  question: 'Were available remedies at home used?',
  reasons: 'An appeal was lodged, and is pending for three years.',

  // States
  m49: '705',
  names: { en: 'Slovenia', fr: 'Slovénie', es: 'Eslovenia' },
  formalName: 'the Republic of Slovenia',
  note: 'Observer in another group',
  verified: true,
  source: 'A/70/PV.45',

  // Procedures
  mechanism: 'upr',
  mechanismVersion: 1,
  key: 'upr',
  citation: 'Human Rights Council resolution 5/1, annex',
  zone: 'Europe/Zurich',
  holidays: 'un-geneva',
  role: 'stateUnderReview',
  roles: ['stateUnderReview'],
  as: 'stateUnderReview',
  owedBy: 'stateUnderReview',
  by: 'secretariat',
  onBehalfOf: 'state:SVN',
  except: 'troika',
  seat: 'president',
  stage: 'preparation',
  start: 'opened',
  status: 'documented',
  meaning: 'The three documents of the review have been issued',
  move: 'issue-documents',
  from: 'preparation',
  to: 'documented',
  during: 'preparation',
  labelledBy: 'secretariat',
  labelledDuring: 'reviewed',
  answeredBy: 'stateUnderReview',
  answeredDuring: 'wg-adopted',
  answeredInRoom: 'reviewed',
  correctedBy: 'secretariat',
  deliveredBy: 'secretariat',
  deliveredDuring: 'reviewed',
  corrigendaUntil: 'editorial-changes',
  withdrawnDuring: 'reviewed',
  askedBy: 'stateUnderReview',
  decidedBy: 'secretariat',
  circulatedBy: 'secretariat',
  signedBy: 'rapporteur',
  document: 'working-group-report',
  compartment: 'parties',
  action: 'issue-documents',
  because: 'documents-missing',
  deemed: 'noted',
  values: 'supported',
  labels: { en: 'Documents issued', fr: 'Documents publiés' },
  code: 'too-early',
  facts: { missing: ['compilation'] },

  // The calendar
  number: 50,
  session: 50,
  cycle: 4,
  title: 'National report of Slovenia',
  deadline: 'national-report',
  dueLocal: '2027-02-01T17:00',
  dates: { 'stakeholder-submissions': '2026-10-08' },
  hours: { 'national-report': '17:00' },
  was: { starts: '2027-05-03T09:00:00+02:00' },
  isNow: { starts: '2027-05-10T09:00:00+02:00' },
  reason: 'The building is closed on that day',

  // Documents
  kind: 'national-report',
  symbol: 'A/HRC/WG.6/50/SVN/1',
  language: 'en',
  mediaType: 'text/plain',
  fileName: 'A_HRC_WG.6_50_SVN_1.txt',
  bytes: 61_204,
  words: 9412,
  limit: 10_700,
  sha256: SHA_256,
  digest: SHA_256,
  part: 'notes',

  // Recommendations
  label: '6.12',
  text: 'Ratify the Optional Protocol to the Convention against Torture',
  sent: 'Ratify the Optional Protocol to the Convention against Torture',
  position: 'supported',
  positions: { supported: 182, noted: 33 },
  recommendations: 215,
  statedPosition: 'Enjoys the support of Slovenia',
  comment: 'A bill is before the National Assembly',
  givenIn: 'room',
  given: 182,
  unanswered: 0,

  // Questions
  cluster: 'Independence of the judiciary',
  proposedBy: 'rapporteur',
  unverified: 'dialogue.rounding',

  // The journal, and the record
  what: 'moved',
  body: '{"move":"issue-documents","to":"documented"}',
  previous: SHA_256.replaceAll('9', '4'),
  hash: SHA_256,
  head: SHA_256,
  entries: 48,
  sequence: 1204,
  after: 1204,
  href: '/v1/record/documents/8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
  next: 'WyJsaXN0U3RhdGVzIiwiU1ZOIl0',
  cursor: 'WyJsaXN0U3RhdGVzIiwiU1ZOIl0',
  'If-None-Match': '"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"',
  'If-Range': '"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"',

  // Lots
  purpose: 'troika',
  group: 'grulac',
  excluded: 'SVN',
  groupsTaken: 'weog',
  groupForced: 'eastern-european',
  for: 'SVN',
  drawn: 'BRA',
  inputDigest: SHA_256,
  commitment: SHA_256.replaceAll('9', '5'),
  seed: SHA_256.replaceAll('9', '7'),
  meeting: 'Organizational meeting of the Council',
  witnesses: 'Secretary of the Council',

  // Follow-up
  grades: 'partially-implemented',

  // Files
  // The first bytes of any.
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'PK',
  'application/x-www-form-urlencoded': 'List-Unsubscribe=One-Click',
  'text/calendar':
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Comity//Comity//EN\r\nBEGIN:VEVENT\r\n' +
    'UID:8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10@comity\r\nSEQUENCE:1\r\nDTSTAMP:20270110T090000Z\r\n' +
    'DTSTART:20270208T154500Z\r\nDTEND:20270208T160000Z\r\n' +
    'SUMMARY:Slovenia: Submission of the national report\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  'text/html': '<!doctype html>\n<title>Receipt of a filing</title>\n',
  'text/plain': 'The national report of Slovenia, in plain text.\n',
  [FORMATS.docx]: '(the bytes of a Word document)',
  [FORMATS.odt]: '(the bytes of an OpenDocument text)',
  [FORMATS.pdf]: '%PDF-1.7 (and the other bytes of a PDF)',
  'application/offset+octet-stream': '(the next bytes of a file)',
  'application/yaml': 'openapi: 3.1.0\n',

  // Withdrawals, and the daily root
  parts: 'files/2',
  why: 'It names my sister, who is still there',
  root: SHA_256,
  tree: SHA_256,
  salt: SHA_256,
  path: SHA_256,
};
