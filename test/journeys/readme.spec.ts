import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startHouse, type House } from '../../scripts/house.mjs';
import { makeScratch } from '../../scripts/scratch.mjs';
import { root } from '../replay/rehearse.js';

interface Step {
  readonly title: string;
  readonly script: string;
  readonly says: string;
}

const WALKS = ['A whole review, by curl', 'A communication, by curl'];

/** The blocks of a walk, each with what README says that it prints. */
function walk(called: string): Step[] {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const [, rest = ''] = readme.split(`\n## ${called}\n`);
  const [section = ''] = rest.split('\n## ');
  const step = /\*\*([^*]+)\*\*(?:(?!```)[\s\S])*```sh\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g;
  const steps = [...section.matchAll(step)].map(([, title = '', script = '', says = '']) => ({
    title,
    script,
    says,
  }));
  expect(steps).toHaveLength(section.split('```sh\n').length - 1);
  return steps;
}

/** Runs the blocks in one bash, as somebody who pastes them; answers what each printed. */
function run(steps: readonly Step[], cwd: string): Promise<{ code: number | null; said: string }> {
  const script = steps.map((step) => `${step.script}\necho "── ${step.title}"\n`).join('');
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on('data', (text: Buffer) => (said += text.toString()));
  }
  return new Promise((resolve) => {
    shell.once('close', (code) => resolve({ code, said }));
  });
}

describe('the walk of README', () => {
  let folder: string;
  let house: House | undefined;
  beforeAll(async () => {
    folder = makeScratch('readme');
    const env = { COMITY_TEST_MODE: 'on' };
    const dataDir = path.join(folder, '.data');
    house = await startHouse({ port: 0, dataDir, env, demo: true });
  }, 300_000);
  afterAll(async () => {
    await house?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('comes out as it says, line by line', async () => {
    const { url } = house!;
    const steps = WALKS.flatMap(walk).map(({ script, ...step }) => ({
      ...step,
      script: script.replace('http://127.0.0.1:3000', url),
    }));
    expect(steps[0]?.script).toContain(url);
    const { code, said } = await run(steps, folder);
    expect(said).toBe(steps.map(({ says, title }) => `${says}── ${title}\n`).join(''));
    expect(code).toBe(0);
  }, 600_000);
});
