import { simpleParser, type ParsedMail } from 'mailparser';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** An SMTP server on loopback that keeps what it takes. */
export class MailServer {
  readonly mails: ParsedMail[] = [];
  /** Answers to recipients that it won't have, by address. */
  readonly refused = new Map<string, { code: number; text: string }>();
  /** Answers to whatever is sent, if it won't have any. */
  refusal: ((raw: string) => { code: number; text: string }) | undefined;
  /** How many connections there have been. */
  connections = 0;
  #server: SMTPServer | undefined;

  private constructor(private port: number) {}

  static async start(): Promise<MailServer> {
    const server = new MailServer(0);
    await server.up();
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens again where it listened. */
  async up(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      // Whoever keeps a connection for later does not keep a test waiting.
      closeTimeout: 200,
      onConnect: (_session, done) => {
        this.connections += 1;
        done();
      },
      onRcptTo: ({ address }, _session, done) => done(wire(this.refused.get(address))),
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => void this.take(Buffer.concat(chunks), done));
      },
    });
    await new Promise<void>((resolve) => {
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  down(): Promise<void> {
    return new Promise((resolve) => this.#server!.close(resolve));
  }

  to(address: string): ParsedMail[] {
    return this.mails.filter(({ to }) => !Array.isArray(to) && to?.text.includes(address));
  }

  private async take(raw: Buffer, done: (error: Error | null) => void): Promise<void> {
    const refusal = this.refusal?.(raw.toString());
    if (refusal) return done(wire(refusal));
    this.mails.push(await simpleParser(raw));
    done(null);
  }
}

function wire(refusal?: { code: number; text: string }): Error | null {
  if (!refusal) return null;
  return Object.assign(new Error(refusal.text), { responseCode: refusal.code });
}
