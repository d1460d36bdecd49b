import { describe, expect, it } from '@jest/globals';
import { roleOf } from './roles.js';
import { sources } from './sources.js';

const everything = sources('src', 'migrations', 'test', 'scripts');
const inModules = sources('src/modules').map(({ path }) => path);

describe('the layout', () => {
  it('knows roles by their names', () => {
    expect(roleOf('reviews.controller.ts')).toBe('controller');
    expect(roleOf('plain-text.rules.spec.ts')).toBe('rules');
    expect(roleOf('open-review.ts')).toBe('use case');
    expect(roleOf('index.ts')).toBe('index');
    expect(roleOf('reviews.helper.ts')).toBeNull();
    expect(roleOf('review-things.ts')).toBeNull();
    expect(roleOf('reviews.ts')).toBeNull();
  });

  it('gives every file of a module a role', () => {
    const unknown = inModules.filter((path) => roleOf(path.split('/').at(-1) ?? '') === null);
    expect(unknown).toEqual([]);
  });

  it('keeps modules flat', () => {
    expect(inModules.filter((path) => path.split('/').length !== 4)).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    const vague = /^(utils?|helpers?|commons?|shared|bases?|managers?|misc)$/;
    const words = (path: string) => path.split(/[/.-]/);
    const drawers = everything.filter(({ path }) => words(path).some((word) => vague.test(word)));
    expect(drawers.map(({ path }) => path)).toEqual([]);
  });

  it('has no file of more than 250 lines', () => {
    const lines = everything.map((source) => source.lines).toSorted((a, b) => a - b);
    const median = lines[Math.floor(lines.length / 2)];
    process.stdout.write(`${lines.length} source files, median ${median} lines\n`);
    const long = everything.filter((source) => source.lines > 250);
    expect(long.map(({ path, lines: count }) => `${path}: ${count}`)).toEqual([]);
  });
});
