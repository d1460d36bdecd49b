// The demonstration that `npm start` shows: invented people and texts in the names of real States,
// marked as such, brought in through the API as people would, and only through it.
import { openComingSession, openCycle, openLastSession } from './demo/calendar.mjs';
import { openPastSession, progress } from './demo/calendar.mjs';
import { playCostaRica } from './demo/costa-rica.mjs';
import { playEstonia } from './demo/estonia.mjs';
import { playFiji } from './demo/fiji.mjs';
import { accounts, inUse, seatPeople } from './demo/people.mjs';
import { Person } from './demo/person.mjs';

/**
 * Loads the demonstration where it is missing; where an earlier run was interrupted, goes on. A
 * house in which somebody else has an account is left alone. The dates lie around the day of the
 * first loading.
 *
 * @param {{url: string, admin: {email: string, password: string}, say?: (line: string) => void}}
 *   target `url` of the API without a slash at its end; `say` is told of the progress
 * @returns {Promise<{accounts: {email: string, password: string, what: string}[]}>} who may sign
 *   in, and as what; nobody, where it was not loaded
 * @throws {SetupError} a request was refused, naming which one and why
 */
export async function loadDemo({ url, admin, say = () => {} }) {
  const shown = Object.values(accounts).map(({ email, password, what }) => ({
    email,
    password,
    what,
  }));
  const begun = await progress(new Person(url));
  if (begun === 'complete') return { accounts: shown };
  const people = { admin: new Person(url, admin) };
  if (begun === 'none' && (await inUse(people.admin))) {
    say('The house has accounts of its own: the demonstration is left out');
    return { accounts: [] };
  }
  say(begun === 'none' ? 'Loading the demonstration …' : 'Going on with the demonstration …');
  for (const [name, account] of Object.entries(accounts)) people[name] = new Person(url, account);
  await seatPeople(people);
  const calendar = await openCycle(people);
  const coming = await openComingSession(people, calendar);
  await playFiji(people, calendar, coming.fiji);
  await playEstonia(people, calendar, coming.estonia);
  await playCostaRica(people, calendar, await openPastSession(people, calendar));
  await openLastSession(people, calendar);
  return { accounts: shown };
}
