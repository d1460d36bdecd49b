import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { State } from '../modules/directory/state-names.rules.js';
import { firstDrawn } from './draw-lots.js';

const file = fileURLToPath(new URL('../../data/states.json', import.meta.url));
const states = JSON.parse(readFileSync(file, 'utf8')) as State[];

describe('where a list of speakers was drawn to begin', () => {
  it.each([
    ['a letter', ['NGA', 'PRT', 'ALB'], 'N'],
    ['a letter, whoever changed places later', ['NGA', 'ALB', 'PRT'], 'N'],
    ['a State, where others of its letter come before it', ['NGA', 'PRT', 'ALB', 'NER'], 'NGA'],
    ['a letter without its accent', ['ISL', 'CIV'], 'I'],
    ['nowhere, where nobody spoke', [], undefined],
  ])('is %s', (_, speakers, drawn) => {
    expect(firstDrawn(speakers, states)).toBe(drawn);
  });
});
