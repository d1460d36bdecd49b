import { expect, it } from '@jest/globals';
import { MOST_FAULTS, problem } from './problem.js';

it('names so many faults and no more, whatever was sent', () => {
  const faults = Array.from({ length: 3_000 }, (_, n) => ({
    pointer: `/k${n}`,
    detail: 'unknown',
  }));
  const { errors } = problem('unknown-field', {}, faults);
  expect(errors).toEqual(faults.slice(0, MOST_FAULTS));
  expect(problem('unknown-field', {}, faults.slice(0, 2)).errors).toHaveLength(2);
});
