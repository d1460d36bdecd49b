import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../identity/viewer.js';

/** Stands for a body that is not JSON in UTF-8, until the guard refuses it in its turn. */
export const UNREADABLE = Symbol('unreadable');
/** Stands for a body that nests deeper than anything that is asked for, likewise. */
export const TOO_DEEP = Symbol('too deep');

/** A request with what the platform hangs on it. */
export interface ArrivedRequest extends FastifyRequest {
  /** Wall-clock milliseconds, taken before anything else. */
  arrival: number;
  /** Set by the bearer guard. */
  user?: Viewer;
  /** Set by the input guard of the operation. */
  input?: { readonly headers?: object };
}
