import { parseArgs } from 'node:util';
import { ReplayFault } from './replay-fault.js';

export const USAGE = `Plays a real review through the REST API, and compares the public record with its files.

  npm run replay -- upr DIR --cycle N [options]

  DIR                     a folder with recommendations-cycleN.json and the official texts
  --cycle N               which of the reviews in it
  --calendar FILE         dates and hours (JSON) that override what the documents tell
  --against URL           a house in test mode; without it, a private one for the occasion
  --admin-email EMAIL     its administrator, else COMITY_ADMIN_EMAIL
  --admin-password TEXT   else COMITY_ADMIN_PASSWORD
  --differences FILE      all that differs from the files and from what was printed, a line each
  --json                  one object on standard output: {"expected": …, "published": …}
  --help

Exit code: 0 when all is equal, 1 on any difference, 2 when something is wrong.
`;

export interface ReplayArguments {
  readonly dir: string;
  readonly cycle: number;
  readonly json: boolean;
  readonly calendar?: string | undefined;
  readonly differences?: string | undefined;
  readonly against?: string | undefined;
  readonly adminEmail?: string | undefined;
  readonly adminPassword?: string | undefined;
}

/**
 * Reads a command line.
 *
 * @returns `help` when it asks for that
 * @throws ReplayFault `usage`
 */
export function readArguments(line: readonly string[]): ReplayArguments | 'help' {
  const { values, positionals } = parse(line);
  if (values.help) return 'help';
  const [mechanism, dir, ...others] = positionals;
  if (mechanism !== 'upr')
    throw wrong(`the reviews of ${mechanism ?? 'which procedure'}? Only upr`);
  if (dir === undefined) throw wrong('DIR is missing');
  if (others.length > 0) throw wrong(`unexpected: ${others.join(' ')}`);
  if (!/^[1-9]\d?$/.test(values.cycle ?? '')) throw wrong('--cycle takes a number, such as 3');
  const { against } = values;
  const administrator = values['admin-email'] ?? values['admin-password'];
  if (against === undefined && administrator !== undefined) {
    throw wrong('--admin-email and --admin-password go with --against');
  }
  return {
    dir,
    cycle: Number(values.cycle),
    json: values.json ?? false,
    calendar: values.calendar,
    differences: values.differences,
    against: against === undefined ? undefined : readUrl(against),
    adminEmail: values['admin-email'],
    adminPassword: values['admin-password'],
  };
}

function parse(line: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...line],
      allowPositionals: true,
      options: {
        cycle: text,
        calendar: text,
        differences: text,
        against: text,
        'admin-email': text,
        'admin-password': text,
        json: flag,
        help: flag,
      },
    });
  } catch (error) {
    // Its first sentence names the option; the others are a lecture on dashes.
    throw wrong(String(error instanceof Error ? error.message : error).replace(/\. .*/s, ''));
  }
}

/** The address of a house without a slash at its end; it may stand under a path. */
function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin + url.pathname.replace(/\/+$/, '');
  throw wrong(`--against takes an address such as http://127.0.0.1:3000, not ${text}`);
}

const wrong = (what: string): ReplayFault => new ReplayFault('usage', what);
