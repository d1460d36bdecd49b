import { execFile } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';

interface Ran {
  readonly code: unknown;
  readonly out: string;
  readonly error: string;
}

/** Runs a compiled command for operators, which knows the settings that are given and no others. */
export const runBuilt = (
  name: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran> =>
  new Promise((resolve) => {
    const command = path.join(projectRoot, 'dist', 'src', `${name}.js`);
    const options = { env: { PATH: process.env.PATH, ...env } };
    execFile(process.execPath, [command, ...args], options, (failed, out, error) =>
      resolve({ code: failed?.code ?? 0, out, error }),
    );
  });
