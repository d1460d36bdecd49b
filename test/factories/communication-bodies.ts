import { COMMITTEE_BODIES } from './committee-bodies.js';

/** A body of the right shape for each operation on communications that takes one. */
export const COMMUNICATION_BODIES = {
  ...COMMITTEE_BODIES,
  openCommunication: {
    mechanism: 'aarhus',
    trigger: 'communication',
    party: 'KAZ',
    naming: 'sealed',
    test: true,
  },
  moveCommunication: { move: 'submit' },
  putIntakeField: { paragraphs: [{ text: 'Words' }] },
  putCommunicants: { naming: 'sealed', communicants: [{ kind: 'person', name: 'Somebody' }] },
  answerTest: { answer: 'pass', reasons: 'A reason' },
  createCommunicationDocument: { kind: 'annex', title: 'A title' },
};
