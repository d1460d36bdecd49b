import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const client = fileURLToPath(new URL('../../client', import.meta.url));

describe('the types of the client', () => {
  it('are those of openapi.yaml (npm run client makes them anew)', async () => {
    // In its own process, for the generator needs the TypeScript of its own folder.
    const line = ['run', '--silent', 'generate', '--', '--check'];
    const made = promisify(execFile)('npm', line, { cwd: client });
    await expect(made).resolves.toMatchObject({ stderr: expect.not.stringContaining('✘') });
  }, 60_000);
});
