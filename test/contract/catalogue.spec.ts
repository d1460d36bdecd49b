import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { operations } from '../../src/contract.js';
import { CODES } from '../../src/kernel/codes.js';
import { codesOf } from '../../src/platform/contract/codes-of.js';
import { STATUS } from '../../src/platform/http/problem.js';
import { sources } from '../architecture/sources.js';

const mechanisms = new URL('../../mechanisms/', import.meta.url);
/** The replay is a client, with refusals of its own. */
const src = sources('src').filter(({ path }) => !/\.spec\.ts$|^src\/replay\//.test(path));

/** The codes by which some files refuse, where they are written out. */
const refusedIn = (folder: string): string[] =>
  src
    .filter(({ path }) => path.startsWith(folder))
    .flatMap(({ code }) => [...code.matchAll(/\b(?:refuse|refusal|Refused)\(\s*'([^']+)'/g)])
    .map(([, code]) => code!);

interface Move {
  readonly requires?: readonly { readonly else: string }[];
}

describe('the catalogue of codes', () => {
  const documented = new Set(operations().flatMap(codesOf));

  it('has every code that is documented, and every one by which the source refuses', () => {
    const used = [...documented, ...refusedIn('src/')];
    expect(used.length).toBeGreaterThan(CODES.size);
    expect(used.filter((code) => !CODES.has(code))).toEqual([]);
  });

  it('has no code that nobody uses', () => {
    const kernel = new Set(refusedIn('src/kernel/'));
    const idle = [...CODES.keys()].filter((code) => !documented.has(code) && !kernel.has(code));
    expect(idle).toEqual([]);
  });

  it('has a status of its own for each kind', () => {
    expect(new Set(Object.values(STATUS)).size).toBe(Object.keys(STATUS).length);
  });

  it('has the codes of every procedure, which its moves document', () => {
    const moved = (id: string) => operations().find((each) => each.id === id)!;
    const makes = { review: moved('moveReview'), communication: moved('moveCommunication') };
    const files = readdirSync(mechanisms).filter((name) => name.endsWith('.yaml'));
    expect(files).not.toEqual([]);
    for (const file of files) {
      const { moves, family } = parse(readFileSync(new URL(file, mechanisms), 'utf8')) as {
        moves: Move[];
        family: keyof typeof makes;
      };
      const move = makes[family];
      const codes = moves.flatMap(({ requires = [] }) => requires.map((atom) => atom.else));
      expect(codes.filter((code) => !codesOf(move).includes(code))).toEqual([]);
    }
  });
});
