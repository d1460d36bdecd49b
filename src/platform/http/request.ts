import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../identity/viewer.js';
import type { AnyInput } from './operation.js';

/** A request with what the platform hangs on it. */
export interface ArrivedRequest extends FastifyRequest {
  /** Wall-clock milliseconds, taken before anything else. */
  arrival: number;
  /** Set by the bearer guard. */
  user?: Viewer;
  /** Set by the input guard of the operation. */
  input?: AnyInput;
}
