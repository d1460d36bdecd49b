import { describe, expect, it } from '@jest/globals';
import { describeFailure } from './describe-failure.js';

describe('what is kept of an error', () => {
  it('is its class, its code, and where it was thrown', () => {
    const failure = describeFailure(Object.assign(new TypeError('of a'), { code: 'ECONNRESET' }));
    expect(failure).toMatchObject({ error: 'TypeError', code: 'ECONNRESET' });
    expect(failure.place).toMatch(/^src\/platform\/queue\/describe-failure\.spec\.[jt]s:\d+$/);
  });

  it('is the state of a statement, not what the driver says of it', () => {
    const driverError = { code: '23505', detail: 'Key (name)=(Ana Novak) already exists.' };
    const thrown = Object.assign(new Error('duplicate key: Ana Novak'), { driverError });
    expect(describeFailure(thrown)).toMatchObject({ error: 'Error', code: '23505' });
    expect(JSON.stringify(describeFailure(thrown))).not.toContain('Novak');
  });

  it('is nothing of a message, whatever that looks like', () => {
    const sly = 'said\n    at secret (src/secret.ts:1:1)\n    at src/novak.js:2:2';
    const thrown = Object.assign(new Error(sly), { code: 'a sentence, of words' });
    expect(describeFailure(thrown).code).toBeNull();
    expect(JSON.stringify(describeFailure(thrown))).not.toMatch(/secret|novak/);
    expect(describeFailure('a text that was thrown')).toEqual({
      error: 'unknown',
      code: null,
      place: null,
    });
  });
});
