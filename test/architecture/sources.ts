import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Source {
  /** From the checkout's folder, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  /** Without comments, so that a law may be named where it is kept. */
  readonly code: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

function read(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8');
  return { path: file, lines: text.split('\n').length - 1, code: text.replaceAll(comments, '') };
}

/** Every TypeScript and module file of these folders, specs included. */
export function sources(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs|cjs)$/.test(name))
      .toSorted()
      .map((name) => read(`${folder}/${name.replaceAll(path.sep, '/')}`)),
  );
}
