import { describe, expect, it } from '@jest/globals';
import type { Deadline } from '../proceedings/index.js';
import {
  answered,
  answerRefused,
  isNamed,
  isStanding,
  namingRefused,
  type Answer,
} from './partners.rules.js';

const NOW = new Date('2026-09-01T09:00:00Z');
const closing = (due: string) =>
  ({ due: new Date(due), dueLocal: '2026-10-03T12:00', zone: 'Europe/Zurich' }) as Deadline;
const OPEN = closing('2026-10-03T10:00:00Z');
const PAST = closing('2026-08-01T10:00:00Z');

const STATUSES = ['asked', 'accepted', 'declined', 'lapsed', 'left', 'removed'] as const;

describe('naming a partner', () => {
  const naming = { side: 'organization:b', lead: 'organization:a', partners: [], most: 2 };

  it('is for others than oneself, and each once', () => {
    expect(namingRefused(naming)).toBeNull();
    expect(namingRefused({ ...naming, side: naming.lead })?.code).toBe('not-your-own');
    const codes = STATUSES.map((status) => {
      const partners = [{ side: naming.side, status }];
      return [status, namingRefused({ ...naming, partners })?.code ?? null];
    });
    expect(Object.fromEntries(codes)).toEqual({
      asked: 'already-exists',
      accepted: 'already-exists',
      declined: null,
      lapsed: null,
      left: 'already-exists',
      removed: null,
    });
  });

  it('has a bound, of those who stand', () => {
    const others = STATUSES.map((status, n) => ({ side: `organization:${n}`, status }));
    expect(namingRefused({ ...naming, partners: others })?.code).toBe('too-many-partners');
    expect(namingRefused({ ...naming, partners: others.slice(1) })).toBeNull();
  });
});

describe('an answer', () => {
  const refused = (answer: Answer, status: (typeof STATUSES)[number], more: object = {}) =>
    answerRefused(answer, {
      state: { status, sealed: false },
      closing: OPEN,
      now: NOW,
      hasText: true,
      ...more,
    })?.code ?? null;

  it('is possible to who is asked, or stands', () => {
    expect(STATUSES.filter((status) => refused('accept', status) === null)).toEqual(['asked']);
    expect(STATUSES.filter((status) => refused('decline', status) === null)).toEqual(['asked']);
    expect(STATUSES.filter((status) => refused('seal', status) === null)).toEqual(['accepted']);
    expect(STATUSES.filter((status) => refused('leave', status) === null)).toEqual(['accepted']);
  });

  it('accepts a text, before the deadline; to go is never too late', () => {
    expect(refused('accept', 'asked', { closing: PAST })).toBe('too-late');
    expect(refused('accept', 'asked', { hasText: false })).toBe('content-missing');
    expect(refused('accept', 'asked', { closing: undefined })).toBeNull();
    expect(refused('decline', 'asked', { closing: PAST })).toBeNull();
    expect(refused('leave', 'accepted', { closing: PAST })).toBeNull();
  });

  it('never takes a seal off', () => {
    expect(answered('accept', { sealed: false, text: 'a', now: NOW })).not.toHaveProperty('sealed');
    expect(answered('accept', { sealed: true, text: 'a', now: NOW })).toMatchObject({
      sealed: true,
      acceptedSha256: 'a',
    });
    const state = { status: 'accepted' as const, sealed: true };
    expect(refused('seal', 'accepted', { state })).toBe('already-given');
  });

  it('has who accepted without a seal named, and nobody else', () => {
    const all = STATUSES.flatMap((status) => [true, false].map((sealed) => ({ status, sealed })));
    expect(all.filter(isNamed)).toEqual([{ status: 'accepted', sealed: false }]);
    expect(STATUSES.filter((status) => isStanding({ status }))).toEqual(['asked', 'accepted']);
  });
});
