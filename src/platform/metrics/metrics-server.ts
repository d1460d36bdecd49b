import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { LOG } from '../log/log.js';
import { Health } from './health.js';
import { Metrics } from './metrics.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  text: JSON.stringify(body),
});

/** Metrics and health on a listener of their own, which the public never reaches. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  #server: http.Server | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly metrics: Metrics,
    private readonly health: Health,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  get port(): number | undefined {
    return (this.#server?.address() as AddressInfo | null | undefined)?.port;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { metricsPort, metricsHost } = this.environment;
    if (metricsPort === undefined) return;
    const limits = { requestTimeout: 10_000, headersTimeout: 5000, maxHeaderSize: 4096 };
    const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
      const { status, type, text } = await this.#answer(request);
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
    };
    this.#server = http.createServer(limits, (request, response) => void answer(request, response));
    this.#server.listen(metricsPort, metricsHost);
    await once(this.#server, 'listening');
    this.log.info({ port: this.port, host: metricsHost }, 'metrics and health');
  }

  onApplicationShutdown(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  async #answer({ method, url }: http.IncomingMessage): Promise<Answer> {
    try {
      if (method === 'GET' && url === '/metrics') {
        const { registry } = this.metrics;
        return { status: 200, type: registry.contentType, text: await registry.metrics() };
      }
      if (method === 'GET' && url === '/health/live') return json(200, { status: 'ok' });
      if (method === 'GET' && url === '/health/ready') {
        const faults = await this.health.faults();
        return faults.length === 0
          ? json(200, { status: 'ok' })
          : json(503, { status: 'unavailable', faults });
      }
      return json(404, { status: 'not-found' });
    } catch (error) {
      this.log.error({ err: error }, 'metrics failed');
      return json(500, { status: 'internal' });
    }
  }
}
