import type { DeadlineRule, Definition, DocumentKind, Move } from '../../src/kernel/definition.js';
import type { Catalogue } from '../../src/kernel/soundness.js';

export const forward: Move = {
  move: 'forward',
  from: ['received'],
  to: 'forwarded',
  by: ['secretariat'],
  requires: [{ fact: 'form.complete', is: true, else: 'documents-missing' }],
  then: ['tell-party'],
};

export const replyDeadline: DeadlineRule = {
  deadline: 'reply',
  anchor: 'forwarded.enteredAt',
  offset: 'P5M',
  unit: 'months',
  hour: '17:00',
  owedBy: 'party',
  compartment: 'case',
  setAt: 'forwarded',
  metBy: { document: 'reply' },
  extension: { by: 'chair', most: 'P1M', times: 2 },
  onExpiry: { flag: 'no-reply', move: 'go-on' },
};

export const replyKind: DocumentKind = {
  kind: 'reply',
  by: ['party'],
  during: ['forwarded'],
  filedIn: 'filed',
  publishedAt: 'decided',
  deadline: 'reply',
  late: 'flag',
  count: 'one',
};

/** A small sound procedure for the kernel's specs: a request, an answer, a decision. */
export const sample: Definition = {
  key: 'sample',
  version: 1,
  draft: false,
  title: 'A sample',
  family: 'communication',
  legalBasis: [{ citation: 'none' }],
  zone: 'Europe/Zurich',
  holidays: 'none',
  roles: [
    { role: 'party', holder: 'state' },
    { role: 'author', holder: 'organization' },
    { role: 'observer', holder: 'state', principal: 'states', except: ['party'] },
    { role: 'chair', holder: 'body', principal: 'body:committee', seat: 'chair' },
    { role: 'secretariat', holder: 'secretariat', principal: 'secretariat:sample' },
    { role: 'clock', holder: 'clock', principal: 'clock' },
  ],
  stages: [
    { stage: 'received', meaning: 'It has arrived.' },
    { stage: 'forwarded', meaning: 'The Party may answer.' },
    { stage: 'answered', meaning: 'The Party has answered, or its time is over.' },
    { stage: 'decided', final: true, meaning: 'It is over.' },
  ],
  start: 'received',
  moves: [
    forward,
    { move: 'answer', from: ['forwarded'], to: 'answered', by: ['party'], requires: [], then: [] },
    { move: 'go-on', from: ['forwarded'], to: 'answered', by: ['clock'], requires: [], then: [] },
    {
      move: 'reopen',
      from: ['answered'],
      to: 'forwarded',
      by: ['chair', 'secretariat'],
      requires: [],
      then: [],
    },
    {
      move: 'decide',
      from: ['answered'],
      to: 'decided',
      by: ['chair'],
      requires: [
        { fact: 'hearing.endedAt', ago: 'PT48H', else: 'too-early' },
        {
          any: [
            { fact: 'members.present', atLeast: 5 },
            { fact: 'members.waiver', is: 'granted' },
          ],
          else: 'wrong-stage',
        },
      ],
      then: [],
    },
  ],
  deadlines: [replyDeadline],
  documents: [replyKind],
  visibility: [
    { compartment: 'case', readers: ['party', 'author', 'observer', 'chair', 'secretariat'] },
    { compartment: 'parties', readers: ['party', 'author'], during: ['forwarded', 'answered'] },
    { compartment: 'committee', readers: ['chair', 'secretariat'] },
    { compartment: 'filed:*', readers: ['side', 'secretariat'] },
    { compartment: 'desk:*', readers: ['side'] },
    { compartment: 'identity', readers: [] },
  ],
  responses: { values: ['agreed', 'refused'], deemed: 'refused' },
  parameters: { 'lot.seats': 3 },
};

/** Names under which `sample` is sound. */
export const sampleNames: Catalogue = {
  facts: new Set([
    'form.complete',
    'hearing.endedAt',
    'members.present',
    'members.waiver',
    'documents.<kind>.submitted',
  ]),
  consequences: new Set(['tell-party']),
  calendars: new Set(['none']),
  anchors: new Set(),
  refusalCodes: new Set(['documents-missing', 'too-early', 'wrong-stage']),
  parameters: new Set(['lot.seats']),
  acts: new Set(['hand-over']),
};
