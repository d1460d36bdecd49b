import { describe, expect, it } from '@jest/globals';
import { replyDeadline, sample } from '../../../test/mechanisms/sample-definition.js';
import type { DeadlineRule } from '../../kernel/definition.js';
import { dueIn } from './desk.rules.js';

const now = new Date('2027-06-01T10:00:00Z');
const passed = {
  proceedingId: 'p',
  key: replyDeadline.deadline,
  owedBy: 'party',
  due: new Date('2027-05-01T10:00:00Z'),
  dueLocal: '2027-05-01T12:00',
  zone: 'Europe/Zurich',
  status: 'lapsed' as const,
  metAt: null,
};

const overdue = (rule: Partial<DeadlineRule>, status = 'forwarded', row: object = {}) =>
  dueIn({
    definition: { ...sample, deadlines: [{ ...replyDeadline, ...rule }] },
    status,
    facts: {},
    deadlines: [{ ...passed, ...row }],
    now,
    roles: [],
  }).overdue.length === 1;

describe('a deadline that has passed', () => {
  it('is overdue until it is met, be it by a document or an act', () => {
    for (const metBy of [{ document: 'reply' }, { act: 'sign-off-report' }]) {
      expect(overdue({ metBy })).toBe(true);
      expect(overdue({ metBy }, 'answered')).toBe(true);
      expect(overdue({ metBy }, 'forwarded', { metAt: now })).toBe(false);
      expect(overdue({ metBy }, 'decided')).toBe(false);
    }
  });

  it('is overdue by a move for as long as that can be made', () => {
    expect(overdue({ metBy: { move: 'answer' } })).toBe(true);
    expect(overdue({ metBy: { move: 'answer' } }, 'answered')).toBe(false);
  });

  it('is owed by nobody where it is optional', () => {
    expect(overdue({ optional: true })).toBe(false);
    expect(overdue({ optional: true, metBy: {} })).toBe(false);
  });
});
