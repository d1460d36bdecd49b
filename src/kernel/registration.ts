import { Temporal } from 'temporal-polyfill';
import { isLate } from './deadlines.js';

/** A file that was announced by its digest. */
interface Registered {
  /** Of the file as it will be sent: SHA-256, in hexadecimal digits. */
  readonly sha256: string;
  readonly at: string;
}

/**
 * Until when a file is taken that was registered before its deadline: so long after that, however
 * early it was registered. `lasts`: an exact ISO 8601 duration.
 */
export const registrationEnds = (due: string, lasts: string): string =>
  Temporal.Instant.from(due).add(Temporal.Duration.from(lasts)).toString();

interface Sent {
  readonly sha256: string;
  readonly original: boolean;
  readonly at: string;
}

interface Handing {
  readonly now: string;
  readonly due: string;
  readonly registered: Registered;
  readonly lasts: string;
  readonly texts: readonly Sent[];
}

/**
 * Whether a filing that comes after its deadline counts as having come when its file was
 * registered: within the time, the original is that very file, and nothing else was sent since.
 */
export function countsAsRegistered({ now, due, registered, lasts, texts }: Handing): boolean {
  if (isLate(registered.at, due)) return false;
  if (Temporal.Instant.compare(now, registrationEnds(due, lasts)) > 0) return false;
  return texts.every(({ sha256, original, at }) =>
    original ? sha256 === registered.sha256 : !isLate(at, due),
  );
}
