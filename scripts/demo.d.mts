export function loadDemo(target: {
  url: string;
  admin: { email: string; password: string };
  say?: (line: string) => void;
}): Promise<{ accounts: { email: string; password: string; what: string }[] }>;
