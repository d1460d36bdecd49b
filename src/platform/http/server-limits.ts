import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Environment } from '../../config/environment.js';
import { problem } from './problem.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** Bytes of an address, and of a whole head; parameters of an address; levels of a JSON body. */
export const MOST = { address: 8000, head: 16_384, parameters: 40, depth: 32 };

/**
 * How long a connection may take, and how much it may say before it is understood. Whatever is
 * slow or too large is ended on its own connection; others wait for nobody.
 */
export const serverLimits = (environment: Environment) => ({
  bodyLimit: environment.maxBody,
  connectionTimeout: 60_000,
  keepAliveTimeout: 72_000,
  requestTimeout: environment.bodyTimeout,
  http: {
    maxHeaderSize: MOST.head,
    headersTimeout: environment.headersTimeout,
    connectionsCheckingInterval: 1000,
  },
  clientErrorHandler: refuseUnread,
});

/** What Node's parser gives up on, by its name for it. */
const CODES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** A request that never became one is answered on its socket, where there is still somebody. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const answer = problem(CODES[error.code ?? ''] ?? 'malformed-request');
  const body = JSON.stringify(answer);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-language': 'en',
    'x-correlation-id': randomUUID(),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${answer.status} Refused`, ...lines, '', body].join('\r\n'));
}
