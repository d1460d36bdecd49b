import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { inProject } from '../../src/config/project-root.js';

const text = (file: string): string => readFileSync(inProject(file), 'utf8');

describe('the bounds of the heap', () => {
  it('are the same in the image, under `npm start`, and as operators are told', () => {
    const [, heap] = /^const HEAP = '(.+)';$/m.exec(text('scripts/house.mjs')) ?? [];
    expect(heap).toContain('--max-old-space-size=');
    for (const file of ['Dockerfile', 'docs/operating.md']) {
      expect(text(file)).toContain(`NODE_OPTIONS="${heap}"`);
    }
  });
});
