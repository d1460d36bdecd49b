export interface House {
  readonly url: string;
  stop(): Promise<void>;
}

export function startHouse(options: {
  port?: number;
  dataDir?: string;
  env?: Record<string, string>;
  demo?: boolean;
}): Promise<House>;
