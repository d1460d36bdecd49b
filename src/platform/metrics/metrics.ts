import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Environment } from '../../config/environment.js';
import type { PolicyName } from '../../config/rate-limits.js';

/** Seconds: from what a cached read takes to what a person gives up on. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Reading = readonly [labels: Record<string, string>, value: number];
type Observe = (seconds: number) => void;

/**
 * What the process can tell of itself, for operators alone: names of operations, jobs and
 * policies, never of what they are about. Off, nothing is counted.
 */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly enabled: boolean;
  readonly registry = new Registry();
  readonly #requests = new Map<string, Observe>();
  readonly #http = this.#histogram(
    'comity_http_request_duration_seconds',
    'Requests by operation and class of status, `none` where no operation was meant',
    ['operation', 'status'],
  );
  readonly #jobs = this.#histogram('comity_job_duration_seconds', 'Jobs by name and outcome', [
    'job',
    'outcome',
  ]);
  readonly #lateness = this.#gauge(
    'comity_job_lateness_seconds',
    'How long after its instant a scheduled job last began; for sweep-deadlines, how late lapses are',
    ['job'],
  );
  readonly #limited = new Counter({
    name: 'comity_rate_limited_total',
    help: 'Requests answered 429, by policy',
    labelNames: ['policy'],
    registers: [this.registry],
  });
  readonly #alone = new Counter({
    name: 'comity_rate_limit_store_failures_total',
    help: 'Times that the store of the rate limits was away, and the process counted alone',
    registers: [this.registry],
  });

  constructor(environment: Environment) {
    this.enabled = environment.metricsPort !== undefined;
    if (this.enabled) collectDefaultMetrics({ register: this.registry });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }

  request(operation: string, status: number, milliseconds: number): void {
    if (!this.enabled) return;
    const labels = { operation, status: `${Math.floor(status / 100)}xx` };
    const key = `${operation} ${labels.status}`;
    let observe = this.#requests.get(key);
    if (!observe) {
      const child = this.#http.labels(labels);
      observe = (seconds) => child.observe(seconds);
      this.#requests.set(key, observe);
    }
    observe(milliseconds / 1000);
  }

  job(name: string, outcome: 'done' | 'failed', milliseconds: number): void {
    this.#jobs.observe({ job: name, outcome }, milliseconds / 1000);
  }

  late(job: string, milliseconds: number): void {
    this.#lateness.set({ job }, Math.max(0, milliseconds / 1000));
  }

  limited(policy: PolicyName): void {
    this.#limited.inc({ policy });
  }

  limitsAlone(): void {
    this.#alone.inc();
  }

  /** Values that are read when somebody asks for them; what can't be read then is left out. */
  watch(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => readonly Reading[] | Promise<readonly Reading[]>,
  ): void {
    this.#gauge(name, help, labelNames, async function collect() {
      this.reset();
      const readings = await Promise.resolve(read()).catch(() => []);
      for (const [labels, value] of readings) this.set(labels, value);
    });
  }

  #histogram(name: string, help: string, labelNames: string[]): Histogram {
    return new Histogram({ name, help, labelNames, buckets: BUCKETS, registers: [this.registry] });
  }

  #gauge(
    name: string,
    help: string,
    labelNames: readonly string[],
    collect?: (this: Gauge) => Promise<void>,
  ): Gauge {
    return new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      collect,
    });
  }
}
