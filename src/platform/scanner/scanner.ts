import type { Readable } from 'node:stream';

/** Looks at what was uploaded before anybody opens it; injected by this class. */
export abstract class Scanner {
  /**
   * Reads the source to its end, or destroys it.
   *
   * @throws Refused malware-found; unavailable where it can't be told, for what was not looked
   *   at is not taken
   */
  abstract scan(source: Readable): Promise<void>;
}

/** Where no scanner has been set up. */
export class NoScanner extends Scanner {
  scan(source: Readable): Promise<void> {
    source.destroy();
    return Promise.resolve();
  }
}
