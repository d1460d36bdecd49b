import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The linters' packages are CommonJS that Jest's modules can't load: they run as they do for us. */
const lint = (file: string) =>
  new Promise<{ failed: boolean; said: string }>((resolve) => {
    const line = [path.join(root, 'scripts', 'lint-contract.mjs'), file];
    execFile(process.execPath, line, { cwd: root }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, said: stdout + stderr }),
    );
  });

/** That openapi.yaml itself passes is a check of its own in `npm test`: this one can fail. */
describe('the lint of the contract', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'comity-lint-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds what OWASP warns of and what Redocly forbids, and names the place', async () => {
    const contract = readFileSync(path.join(root, 'openapi.yaml'), 'utf8');
    const bound = '      type: string\n      maxLength: 3\n';
    const id = '      operationId: listStates\n';
    expect(contract).toContain(bound);
    expect(contract).toContain(id);
    const file = path.join(folder, 'changed.yaml');
    writeFileSync(file, contract.replace(bound, '      type: string\n').replace(id, ''));
    const { failed, said } = await lint(file);
    expect(failed).toBe(true);
    expect(said).toMatch(/^owasp:api4:2023-string-limit at \/components\/schemas\/StateCode: /m);
    expect(said).toMatch(/^operation-operationId at \/paths\/\/v1\/states\/get/m);
    expect(said).toMatch(/^\d+ faults; /m);
  }, 300_000);

  it('finds a parameter that nobody described, and a text that may be anything', async () => {
    const contract = readFileSync(path.join(root, 'openapi.yaml'), 'utf8');
    const [described, pattern] = [
      '      description: Items a page\n      example: 50\n',
      '      pattern: ^[A-Z]{3}$\n',
    ];
    expect(contract).toContain(described);
    expect(contract).toContain(pattern);
    const file = path.join(folder, 'changed.yaml');
    writeFileSync(file, contract.replace(described, '      example: 50\n').replace(pattern, ''));
    const { failed, said } = await lint(file);
    expect(failed).toBe(true);
    expect(said).toMatch(/^oas3-parameter-description at \/components\/parameters\/Limit: /m);
    expect(said).toMatch(
      /^owasp:api4:2023-string-restricted at \/components\/schemas\/StateCode: /m,
    );
  }, 300_000);
});
