import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { loadEnvironment } from '../../src/config/environment.js';
import { LOG } from '../../src/platform/log/log.js';
import { MetricsServer } from '../../src/platform/metrics/metrics-server.js';
import { createWorker } from '../../src/worker.js';
import { operations } from '../../src/contract.js';
import { World } from '../factories/world.js';

interface Sample {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
}

const LINE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const LABEL = /([a-z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/giy;

/** The text format of Prometheus, every line of it. */
function parse(text: string): Sample[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a sample: ${line}`);
    const pairs = Array.from(labels.matchAll(LABEL), ([, key, content]) => [key!, content!]);
    return { name, labels: Object.fromEntries(pairs), value: Number(value) };
  });
}

describe('metrics and health, on a listener of their own', () => {
  let world: World;
  let worker: INestApplicationContext;
  let review: string;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z', { COMITY_METRICS_PORT: '0' });
    worker = await createWorker(
      loadEnvironment({
        WORKER_DATABASE_URL: world.api.database.workerUrl,
        COMITY_TEST_MODE: 'on',
        COMITY_POOL: '4',
        COMITY_METRICS_PORT: '0',
      }),
      world.api.app.get(LOG),
    );
    review = await world.review('SVN');
  });
  afterAll(async () => {
    await worker?.close();
    await world?.stop();
  });

  const at = (app: INestApplicationContext, path: string) =>
    fetch(`http://127.0.0.1:${app.get(MetricsServer).port}${path}`);
  const scrape = async (app: INestApplicationContext): Promise<Sample[]> => {
    const answer = await at(app, '/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    return parse(await answer.text());
  };

  it('counts requests by operation and class of status, and never by what they are about', async () => {
    await world.secretariat.get(`/v1/reviews/${review}`).expect(200);
    await world.secretariat.get('/v1/reviews/no-such-review').expect(404);
    await world.api.as().get('/v1/record/recommendations').expect(200);
    await world.api.as().get(`/nowhere/${review}`).expect(404);
    const samples = await scrape(world.api.app);
    const counts = samples.filter(
      ({ name }) => name === 'comity_http_request_duration_seconds_count',
    );
    const counted = (operation: string, status: string) =>
      counts.find(({ labels }) => labels.operation === operation && labels.status === status)
        ?.value ?? 0;
    expect(counted('getReview', '2xx')).toBeGreaterThan(0);
    expect(counted('getReview', '4xx')).toBeGreaterThan(0);
    expect(counted('listRecordRecommendations', '2xx')).toBe(1);
    expect(counted('none', '4xx')).toBe(1);
    const known = new Set(['none', ...operations().map(({ id }) => id)]);
    expect(counts.filter(({ labels }) => !known.has(labels.operation!))).toEqual([]);
    const text = JSON.stringify(samples);
    for (const secret of [review, 'SVN', world.secretariat.token!, '/v1/']) {
      expect(text).not.toContain(secret);
    }
  });

  it('tells of the process, its event loop and its connections', async () => {
    for (const app of [world.api.app, worker]) {
      const samples = await scrape(app);
      const names = new Set(samples.map(({ name }) => name));
      for (const name of [
        'process_resident_memory_bytes',
        'nodejs_eventloop_lag_p99_seconds',
        'comity_database_connections',
        'comity_record_statements',
      ]) {
        expect([...names]).toContain(name);
      }
      const states = samples.filter(({ name }) => name === 'comity_database_connections');
      expect(states.map(({ labels }) => labels.state)).toEqual(['busy', 'idle', 'waiting']);
    }
  });

  it('tells of the queue, of jobs by name, and how late the sweep begins', async () => {
    const found = async (name: string, labels: Record<string, string>) =>
      (await scrape(worker)).find(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
      )?.value;
    const done = { job: 'sweep-deadlines', outcome: 'done' };
    for (let tries = 0; tries < 100; tries += 1) {
      if (await found('comity_job_duration_seconds_count', done)) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await found('comity_job_duration_seconds_count', done)).toBeGreaterThan(0);
    const late = await found('comity_job_lateness_seconds', { job: 'sweep-deadlines' });
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(30);
    for (const state of ['waiting', 'active', 'delayed', 'failed']) {
      for (const lane of ['work', 'letters']) {
        expect(await found('comity_queue_jobs', { lane, state })).toBeGreaterThanOrEqual(0);
      }
      expect(await found('comity_journal_waiting_seconds', {})).toBeGreaterThanOrEqual(0);
    }
  });

  it('answers to nobody else, and nothing else', async () => {
    expect((await at(worker, '/')).status).toBe(404);
    expect((await at(worker, '/v1/reviews')).status).toBe(404);
    await world.api.as().get('/metrics').expect(404);
  });

  it('says whether the worker lives and can work', async () => {
    expect((await at(worker, '/health/live')).status).toBe(200);
    const ready = await at(worker, '/health/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('is off when no port is set', async () => {
    const silent = await createWorker(
      loadEnvironment({
        WORKER_DATABASE_URL: world.api.database.workerUrl,
        COMITY_TEST_MODE: 'on',
        COMITY_POOL: '4',
      }),
      world.api.app.get(LOG),
    );
    try {
      expect(silent.get(MetricsServer).port).toBeUndefined();
    } finally {
      await silent.close();
    }
  });
});
