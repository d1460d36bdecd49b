export type Fetch = (request: Request) => Promise<Response>;

export interface Patience {
  /** How often one request is sent at most; 4 unless said. */
  readonly attempts?: number;
  /** Seconds that a server may ask to wait; where it asks for more, its refusal stands. 60 unless said. */
  readonly longestWait?: number;
}

/**
 * Sends again what a server could not take for the moment (429, 503), when `Retry-After` says that
 * it may: nothing has happened then.
 */
export function patient(
  fetch: Fetch,
  { attempts = 4, longestWait = 60 }: Patience,
  wait: (milliseconds: number) => Promise<void> = sleep,
): Fetch {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(attempt < attempts ? request.clone() : request);
      if (attempt === attempts || ![429, 503].includes(response.status)) return response;
      const seconds = secondsOf(response.headers.get('retry-after'));
      if (seconds === undefined || seconds > longestWait) return response;
      await response.body?.cancel();
      await wait(seconds * 1000);
    }
  };
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Seconds, or a date (RFC 9110). */
function secondsOf(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}
