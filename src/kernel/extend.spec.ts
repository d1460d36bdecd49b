import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { replyDeadline as rule } from '../../test/mechanisms/sample-definition.js';
import { extend } from './extend.js';

const zone = 'Europe/Zurich';
const firstDue = '2026-01-31T16:00:00Z';
const running = { due: firstDue, firstDue, zone };
const request = {
  by: ['chair'],
  until: '2026-02-20T16:00:00Z',
  now: '2026-01-15T09:00:00Z',
  extensionsUsed: 0,
};

describe('extend', () => {
  it('gives the new instant, also as it is read in the zone', () => {
    expect(extend(running, rule, request)).toEqual({
      ok: true,
      due: '2026-02-20T16:00:00Z',
      local: '2026-02-20T17:00',
      zone,
    });
  });

  it.each([
    ['extension-not-offered', { ...rule, extension: undefined }, {}],
    ['wrong-role', rule, { by: ['party'] }],
    ['extension-used-up', rule, { extensionsUsed: 2 }],
    ['extension-after-expiry', rule, { now: '2026-01-31T16:00:01Z' }],
    ['extension-too-short', rule, { until: firstDue }],
    ['extension-too-long', rule, { until: '2026-02-28T16:00:01Z' }],
  ])('refuses: %s', (because, under, change) => {
    expect(extend(running, under, { ...request, ...change })).toMatchObject({ ok: false, because });
  });

  it('is still had in the second of due, and may reach the limit', () => {
    const last = { ...request, now: firstDue, until: '2026-02-28T16:00:00Z' };
    expect(extend(running, rule, last)).toMatchObject({ ok: true, local: '2026-02-28T17:00' });
  });

  it('never passes the limit, in however many steps', () => {
    const limit = Temporal.Instant.from('2026-02-28T16:00:00Z');
    const steps = fc.array(fc.integer({ min: -100_000, max: 5_000_000 }), { maxLength: 6 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 10 }), (wishes, times) => {
        const generous = { ...rule, extension: { by: 'chair', most: 'P1M', times } };
        let due = firstDue;
        let extensionsUsed = 0;
        for (const seconds of wishes) {
          const until = Temporal.Instant.from(due).add({ seconds }).toString();
          const answer = extend({ due, firstDue, zone }, generous, {
            ...request,
            until,
            extensionsUsed,
          });
          if (!answer.ok) continue;
          expect(Temporal.Instant.compare(answer.due, due)).toBe(1);
          due = answer.due;
          extensionsUsed += 1;
        }
        expect(extensionsUsed).toBeLessThanOrEqual(times);
        expect(Temporal.Instant.compare(due, limit)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
