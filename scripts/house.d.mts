/** See house.mjs. */
export interface House {
  readonly url: string;
  readonly metrics: [number, number];
  readonly admin: { email: string; password: string };
  readonly accounts: { email: string; password: string; what: string }[];
  readonly logs: string;
  readonly mail: string;
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

export function startHouse(options: {
  port?: number;
  host?: string;
  dataDir?: string;
  env?: Record<string, string>;
  demo?: boolean;
  say?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<House>;
