import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';

const onRedis = process.env.TEST_REDIS_MISSING === undefined;

/** `npm run faults`, in small. */
async function counted(...args: string[]): Promise<Record<string, number>> {
  const script = path.join(projectRoot, 'scripts', 'faults.mjs');
  const child = spawn(process.execPath, [script, '--json', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [told, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  if (told === '') throw new Error(said);
  return JSON.parse(told) as Record<string, number>;
}

describe('letters on their way while everything breaks', () => {
  it('all arrive, and what arrives twice is marked', async () => {
    const deliveries = 200;
    const queue = onRedis ? [] : ['--postgres'];
    const counts = await counted('--deliveries', `${deliveries}`, '--kills', '4', ...queue);
    expect(counts).toMatchObject({
      planned: deliveries,
      accepted: deliveries,
      arrived: deliveries,
      lost: 0,
      unexplained: 0,
      unmarked: 0,
      invalid: 0,
      kills: 4,
    });
  }, 400_000);
});
