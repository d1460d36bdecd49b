/** See house.mjs. */
export function startHouse(options: {
  port?: number;
  host?: string;
  dataDir?: string;
  env?: Record<string, string>;
  demo?: boolean;
  say?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<{
  url: string;
  metrics: [number, number];
  admin: { email: string; password: string };
  accounts: { email: string; password: string; what: string }[];
  logs: string;
  died: Promise<string>;
  stop: () => Promise<void>;
}>;
