import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
type Answering = (answer: ServerResponse, received: Received) => void;

/** A server on loopback that webhooks lead to, and that keeps what was posted to it. */
export class Receiver {
  readonly received: Received[] = [];
  /** Connections that were made to it. */
  connections = 0;
  /** How it answers; 204 unless a test says otherwise. */
  answers: Answering = (answer) => answer.writeHead(204).end();
  #server: Server | undefined;
  #port = 0;

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await receiver.up();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens again where it listened. */
  async up(): Promise<void> {
    const server = createServer((request, answer) => void this.take(request, answer));
    server.on('connection', () => (this.connections += 1));
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async down(): Promise<void> {
    this.#server!.closeAllConnections();
    await new Promise((done) => this.#server!.close(done));
  }

  private async take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = request.headers as Record<string, string>;
    const received = { path: request.url!, headers, body: Buffer.concat(chunks).toString() };
    this.received.push(received);
    this.answers(answer, received);
  }
}
