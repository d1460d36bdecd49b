import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CouncilSeat, State } from '../../src/modules/directory/state-names.rules.js';
import { replay } from '../../src/replay/replay.js';
import type { Counts } from '../../src/replay/table.js';
import { ADMIN, startApi, type TestApi } from '../setup/api.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A small review that the project wrote itself: 12 recommendations, 8 + 4. */
export const PALAU = path.join(root, 'test/replay/fixtures/palau');

const data = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(root, 'data', file), 'utf8'));
const states = data('states.json') as State[];
const seats = data('council-seats.json') as CouncilSeat[];

/** What a replay left behind. */
interface Rehearsed {
  readonly code: number;
  /** Standard output, whole. */
  readonly printed: string;
  readonly faults: string;
  readonly told: string;
}

/** A house that listens; its clock starts here (ISO 8601), or now where this is empty. */
export async function openHouse(
  start: string,
  settings: Record<string, string> = {},
): Promise<TestApi & { url: string }> {
  const api = await startApi({ COMITY_CLOCK_START: start, LOG_LEVEL: 'warn', ...settings });
  await api.app.listen(0, '127.0.0.1');
  return Object.assign(api, { url: await api.app.getUrl() });
}

/**
 * Runs the command against a house, as its administrator unless somebody else is named; whoever
 * watches is told each line of its progress, before what the line announces is done.
 */
export async function rehearse(
  line: readonly string[],
  {
    admin = ADMIN,
    watch = () => undefined,
  }: { admin?: { email?: string; password?: string }; watch?: (line: string) => void } = {},
): Promise<Rehearsed> {
  const [printed, faults, told]: [string[], string[], string[]] = [[], [], []];
  const code = await replay(line, {
    cwd: root,
    admin,
    states,
    seats,
    signal: new AbortController().signal,
    startHouse: () => Promise.reject(new Error('a rehearsal is given its house')),
    print: (text) => printed.push(text),
    say: (text) => {
      told.push(text);
      watch(text);
    },
    complain: (text) => faults.push(text),
  });
  const text = (lines: string[]): string => lines.join('\n');
  return { code, printed: text(printed), faults: text(faults), told: text(told) };
}

/** The object that `--json` prints when all came out exact. */
export const exactly = (counts: Counts) => ({ expected: counts, published: counts });
