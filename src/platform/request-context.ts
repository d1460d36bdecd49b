import { AsyncLocalStorage } from 'node:async_hooks';

/** What the transport knows of one request and the unit of work needs. */
export interface RequestContext {
  /** `operationId` of what was asked; a cursor is good for that list alone. */
  readonly operation: string;
  /** Wall-clock milliseconds at which the request arrived; decides about lateness. */
  readonly arrival: number;
  /** Set on operations that take an `Idempotency-Key`; of the key and the body only hashes. */
  readonly idempotency?: {
    readonly key: string;
    readonly target: string;
    readonly bodyHash: string;
  };
  readonly dryRun: boolean;
  /** The first answer of a repeated request was returned. */
  replayed: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const requestContext = {
  run: <T>(context: RequestContext, work: () => T): T => storage.run(context, work),
  current: (): RequestContext | undefined => storage.getStore(),
};
