import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { ThreadPool, type PoolLimits } from '../../src/platform/formats/thread-pool.js';

interface Deed {
  readonly deed: 'answer' | 'hang' | 'heap' | 'buffers' | 'crash';
  readonly value?: string;
}
const SCRIPT = new URL('strained-thread.mjs', import.meta.url);
const LIMITS: PoolLimits = {
  threads: 2,
  waiting: 2,
  deadline: 15_000,
  idle: 200,
  heap: 32,
  growth: 160,
};

describe('threads that read files', () => {
  let pool: ThreadPool<Deed, string>;
  beforeEach(() => {
    pool = new ThreadPool(SCRIPT, LIMITS);
  });
  afterEach(() => pool.close());

  const run = (deed: Deed['deed'], value = '') =>
    pool.run(() => Promise.resolve({ job: { deed, value }, transfer: [] }));
  const ended = (because: string) => ({ name: 'ThreadEnded', because });

  it('are started for work, kept for more, and end when there is none', async () => {
    expect(pool.size).toBe(0);
    expect(await run('answer', 'one')).toBe('one');
    expect(await run('answer', 'two')).toBe('two');
    expect(pool.size).toBe(1);
    for (let tries = 0; pool.size > 0 && tries < 100; tries++) await sleep(50);
    expect(pool.size).toBe(0);
    expect(await run('answer', 'three')).toBe('three');
  });

  it.each<[Deed['deed'], string]>([
    ['hang', 'time'],
    ['heap', 'memory'],
    ['crash', 'crash'],
  ])('that %s are ended with their job alone', async (deed, because) => {
    const bad = run(deed);
    const good = run('answer', 'meanwhile');
    await Promise.all([
      expect(bad).rejects.toMatchObject(ended(because)),
      expect(good).resolves.toBe('meanwhile'),
    ]);
    expect(await run('answer', 'afterwards')).toBe('afterwards');
  });

  it('that fill memory outside their heap are ended too, long before the process is', async () => {
    const patient = new ThreadPool<Deed, string>(SCRIPT, { ...LIMITS, deadline: 60_000 });
    const before = process.memoryUsage.rss();
    const filling = patient.run(() => Promise.resolve({ job: { deed: 'buffers' }, transfer: [] }));
    await expect(filling).rejects.toMatchObject(ended('memory'));
    expect(process.memoryUsage.rss() - before).toBeLessThan(1024 * 1024 * 1024);
    await patient.close();
  });

  it('have a queue with an end, and its jobs are made when their turn comes', async () => {
    let made = 0;
    const slow = () =>
      pool.run(() => {
        made++;
        return Promise.resolve({ job: { deed: 'hang' as const }, transfer: [] });
      });
    const running = [slow(), slow(), slow(), slow()].map((each) => each.catch(() => 'ended'));
    expect(made).toBe(2);
    await expect(run('answer')).rejects.toMatchObject(ended('queue'));
    await Promise.all(running);
    expect(made).toBe(4);
  });

  it('take no more work once they are closed', async () => {
    const running = run('hang');
    const closing = pool.close();
    await expect(running).rejects.toMatchObject(ended('close'));
    await closing;
    await expect(run('answer')).rejects.toMatchObject(ended('close'));
  });

  it('go on where a job could not be made', async () => {
    const unmade = pool.run(() => Promise.reject(new Error('no such file')));
    await expect(unmade).rejects.toThrow('no such file');
    expect(await run('answer', 'next')).toBe('next');
  });
});
