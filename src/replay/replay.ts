import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ComityProblem } from '../../client/index.js';
import {
  stateNames,
  type CouncilSeat,
  type State,
} from '../modules/directory/state-names.rules.js';
import { readArguments, USAGE, type ReplayArguments } from './arguments.js';
import { checkRecord, countPublished } from './check-record.js';
import { enterSeats } from './draw-lots.js';
import { enterHouse, type Credentials } from './enter-house.js';
import { InputFault } from './input-fault.js';
import { People } from './people.js';
import { playReview, type Composed } from './play-review.js';
import { readRecord, type PublishedReview } from './read-record.js';
import type { DocumentKind, RealReview } from './real-review.js';
import { ReplayFault } from './replay-fault.js';
import { readReview } from './review.js';
import { asJson, compare, table } from './table.js';
import { findSession, takePlace } from './take-place.js';
import { isDifference } from './tally.js';
import { outcomeLines } from './tell-outcome.js';
import { TestClock } from './test-clock.js';
import { firstAct, opening } from './timetable.js';
import { Wire } from './wire.js';

/** Operations whose times are told at the end. */
const SLOWEST = 6;

/** A house to play in, and how to leave it. */
interface House {
  readonly url: string;
  readonly admin: Credentials;
  /** Resolves, with what happened, when it ends by itself. */
  readonly died?: Promise<string>;
  stop?(): Promise<void>;
}

/** What a replay needs of the process that runs it. */
interface Surroundings {
  /** Paths on the command line start from here. */
  readonly cwd: string;
  /** The administrator of the house that is played against, where the environment tells. */
  readonly admin: Partial<Credentials>;
  /** The directory's States, by which printed names are understood. */
  readonly states: readonly State[];
  /** Terms on the Council, for a house that has none on record. */
  readonly seats: readonly CouncilSeat[];
  readonly signal: AbortSignal;
  /** Starts a private house in test mode whose clock begins at this instant (ISO 8601). */
  readonly startHouse: (clockStart: string) => Promise<House>;
  /** The outcome, for standard output. */
  readonly print: (text: string) => void;
  /** Progress, in short lines, and faults: for standard error. */
  readonly say: (line: string) => void;
  readonly complain: (fault: string) => void;
}

/**
 * The command: reads a review's files, plays it through the API of a house, reads the public
 * record back and compares.
 *
 * @param line what stands behind `npm run replay --`
 * @returns the exit code: 0 all equal, 1 something differs, 2 a named fault, told in a line
 */
export async function replay(line: readonly string[], here: Surroundings): Promise<0 | 1 | 2> {
  try {
    const asked = readArguments(line);
    if (asked !== 'help') return await run(asked, here);
    here.print(USAGE.trimEnd());
    return 0;
  } catch (error) {
    if (!isNamed(error)) throw error;
    const usage = error instanceof ReplayFault && error.code === 'usage';
    here.complain(usage ? `${error.message}\n\n${USAGE.trimEnd()}` : error.message);
    return 2;
  }
}

const isNamed = (error: unknown): error is Error =>
  [InputFault, ReplayFault, ComityProblem].some((kind) => error instanceof kind);

async function run(asked: ReplayArguments, here: Surroundings): Promise<0 | 1> {
  const dir = resolve(here.cwd, asked.dir);
  const calendar = asked.calendar && resolve(here.cwd, asked.calendar);
  const names = stateNames(here.states);
  const review = readReview(dir, { cycle: asked.cycle, names, calendar });
  for (const warning of review.warnings) here.say(`Note: ${warning}`);
  if (review.troikaCodes.length !== 3) {
    const named = review.troika.join(', ') || 'nobody';
    throw new ReplayFault('troika-unknown', `the report names ${named}, not three known States`);
  }
  const bytesOf = (file: string): Buffer => readFileSync(join(dir, file));
  const kept = asked.differences && resolve(here.cwd, asked.differences);
  if (kept) keep(kept, []);
  const textOf = (kind: DocumentKind): string | undefined => {
    const document = review.documents.find((each) => each.kind === kind);
    return document && bytesOf(document.file).toString('utf8');
  };
  const played = await playInHouse(review, asked, bytesOf, here);
  const lines = outcomeLines(review, played, { names, textOf });
  const counts = countPublished(played.published);
  const differences = checkRecord(review, played.published, bytesOf);
  if (kept) keep(kept, [...differences.map((each) => `Record differs: ${each}`), ...lines]);
  for (const line of lines) if (!kept || !isDifference(line)) here.say(line);
  here.print((asked.json ? asJson : table)(review.expected, counts));
  for (const difference of differences) here.complain(`Differs: ${difference}`);
  return differences.length + compare(review.expected, counts).length > 0 ? 1 : 0;
}

/** @throws ReplayFault `not-written` */
function keep(file: string, lines: readonly string[]): void {
  try {
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  } catch (error) {
    throw new ReplayFault('not-written', error instanceof Error ? error.message : String(error));
  }
}

interface Played {
  readonly published: PublishedReview;
  readonly composed: Composed;
}

/** In the house that is given, or in a private one that ends with the play. */
async function playInHouse(
  review: RealReview,
  asked: ReplayArguments,
  bytesOf: (file: string) => Buffer,
  here: Surroundings,
): Promise<Played> {
  const house = asked.against
    ? { url: asked.against, admin: credentials(asked, here) }
    : await here.startHouse(new Date(opening(review)).toISOString());
  const wire = new Wire(house.url);
  const stopped = (): void => void wire.close(new Error('stopped'));
  here.signal.addEventListener('abort', stopped);
  void house.died?.then((how) => wire.close(new ReplayFault('house-ended', how)));
  try {
    here.signal.throwIfAborted();
    return await play(review, wire, house.admin, bytesOf, here);
  } finally {
    here.signal.removeEventListener('abort', stopped);
    await wire.close(new Error('the replay is over'));
    await house.stop?.();
  }
}

/** Nothing is changed in the house before it is certain that the review can be played there. */
async function play(
  review: RealReview,
  { anyone, times }: Wire,
  admin: Credentials,
  bytesOf: (file: string) => Buffer,
  { states, seats, say }: Surroundings,
): Promise<Played> {
  const administrator = await enterHouse(anyone, admin);
  const clock = await TestClock.find(administrator);
  const session = await findSession(anyone, review);
  await clock.begin(opening(review), firstAct(review));
  const people = new People(administrator);
  await Promise.all([
    people.president(),
    people.drafter(review.iso3),
    ...delegations(review).map((state) => people.head(state)),
  ]);
  say(`${people.count} people have an account, a seat and a session`);
  const secretariat = await people.secretariat();
  const terms = await enterSeats(secretariat, review, seats);
  say(terms > 0 ? `${terms} States sit on the Council` : 'No term on the Council was entered');
  const slotId = await takePlace(secretariat, review, session);
  const composed = await playReview({ review, people, clock, states, bytesOf, say }, slotId);
  const published = await readRecord(anyone, review);
  for (const line of times.lines(SLOWEST)) say(line);
  return { published, composed };
}

/** Codes of all States that act in a review, but the one under review. */
const delegations = (review: RealReview): string[] => [
  ...review.troikaCodes,
  ...review.questions.map(({ state }) => state),
  ...review.speakers,
  ...review.recommendations.flatMap(({ recommendingCodes }) => recommendingCodes),
];

/** @throws ReplayFault `credentials-missing` */
function credentials(
  { adminEmail, adminPassword }: ReplayArguments,
  { admin }: Surroundings,
): Credentials {
  const email = adminEmail ?? admin.email;
  const password = adminPassword ?? admin.password;
  if (email && password) return { email, password };
  const how = 'COMITY_ADMIN_EMAIL and COMITY_ADMIN_PASSWORD, or --admin-email and --admin-password';
  throw new ReplayFault('credentials-missing', `--against needs an administrator: ${how}`);
}
