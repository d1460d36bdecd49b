import { describe, expect, it } from '@jest/globals';
import { idleExports } from './exports.js';
import { sources } from './sources.js';

describe('exports', () => {
  const file = (path: string, ...lines: string[]) => ({ path, code: lines.join('\n') });

  it('are found where nobody imports them', () => {
    const files = [
      file(
        'a/x.ts',
        'export const used = 1;',
        'export function idle() {}',
        'export interface Shape { used: string }',
        'export const { left, right } = used;',
        'const own = 2;',
        'export { own as named, left as again };',
      ),
      file(
        'a/space.ts',
        'export const here = 1;',
        'export const there = 2;',
        'export class Idle {}',
      ),
      file('a/whole.ts', 'export const one = 1;', 'export const two = 2;'),
      file(
        'a/lazy.mjs',
        'export async function later() {}',
        'export const never = 1;',
        'export const placed = 2;',
      ),
      file('a/index.ts', "export * as space from './space.js';", "export { used } from './x.js';"),
      file(
        'b/y.ts',
        "import { type Shape, named as mine } from '../a/x.js';",
        "import { space as its, used } from '../a/index.js';",
        "import * as whole from '../a/whole.js';",
        'const { there } = its;',
        'its.here(there, Object.keys(whole));',
        "const { later } = await import('../a/lazy.mjs');",
        "const { placed } = await import(\n  path.join(root, 'a', 'lazy.mjs'));",
      ),
    ];
    expect(idleExports(files)).toEqual([
      'a/x.ts idle',
      'a/x.ts left',
      'a/x.ts right',
      'a/x.ts again',
      'a/space.ts Idle',
      'a/lazy.mjs never',
    ]);
  });

  it('are all imported by somebody: what only its own file uses is not exported', () => {
    const files = sources(
      'src',
      'migrations',
      'client',
      'test',
      'scripts',
      'bench',
      'faults',
    ).filter(({ path }) => !path.includes('node_modules/'));
    expect(files.length).toBeGreaterThan(500);
    expect(idleExports(files, isPublic)).toEqual(PROOFS);
  });
});

/** What compiles or does not: nobody could use it, and the compiler asks who does. */
const PROOFS = ['src/modules/mechanisms/definition.schemas.ts SchemaSpellsDefinition'];

/** The client is for programs outside; the rest is read file by file: by migrating, by a test. */
const isPublic = (path: string): boolean =>
  /^client\/(index|schema)\.ts$|^migrations\/|\.controller\.ts$/.test(path);
