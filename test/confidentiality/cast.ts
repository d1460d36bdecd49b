import { plantFeed } from '../factories/calendars.js';
import { World } from '../factories/world.js';
import { queried } from '../database/direct.js';
import type { Client } from '../setup/api.js';

/** Everybody who may look at a review of Slovenia, and some who may not. */
export const CAST = [
  'anonymous',
  'stranger',
  'administrator',
  'secretariat',
  'president',
  'svn',
  'svn drafter',
  'fra',
  'fra drafter',
  'bra',
  'recused in bra',
  'ken',
  'ngo',
  'other ngo',
] as const;
export type Player = (typeof CAST)[number];

export const SVN: readonly Player[] = ['svn', 'svn drafter'];
export const FRA: readonly Player[] = ['fra', 'fra drafter'];
export const TROIKA: readonly Player[] = ['bra'];
export const OFFICE: readonly Player[] = ['secretariat'];
const STATES: readonly Player[] = [...SVN, ...FRA, ...TROIKA, 'ken'];
/** Who reads what the parties have before them. */
export const PARTIES: readonly Player[] = [...STATES, ...OFFICE, 'president'];
/** Who knows that the review exists, and its course. */
export const CASE: readonly Player[] = [...PARTIES, 'ngo', 'other ngo'];

export interface Stage {
  readonly world: World;
  readonly review: string;
  readonly cast: Readonly<Record<Player, Client>>;
  /** Excluded from the review, by the administrator of the database. */
  exclude(who: Client): Promise<void>;
}

/** @param names of the two organizations */
export async function assemble(names: readonly [string, string]): Promise<Stage> {
  // Early enough for stakeholders to file.
  const world = await World.build('2026-09-01T09:00:00Z');
  await world.api.app.listen(0, '127.0.0.1');
  const review = await world.review('SVN');
  const [ngo, other] = [await world.organization(names[0]), await world.organization(names[1])];
  const recused = await world.delegation('BRA', 'officer');
  const cast = {
    anonymous: world.api.as(),
    stranger: await world.stranger(),
    administrator: world.admin,
    secretariat: world.secretariat,
    president: await world.president(),
    svn: await world.delegation('SVN'),
    'svn drafter': await world.delegation('SVN', 'drafter'),
    fra: await world.delegation('FRA'),
    'fra drafter': await world.delegation('FRA', 'drafter'),
    bra: await world.delegation('BRA'),
    'recused in bra': recused,
    ken: await world.delegation('KEN'),
    ngo: ngo.head,
    'other ngo': other.head,
  } satisfies Record<Player, Client>;
  // Of somebody who sits nowhere: an address is a right, and this one is asked by everybody.
  await plantFeed(world, cast.stranger);
  return { world, review, cast, exclude: (who) => exclude(world, review, who) };
}

/** The route comes later; the database knows it already. */
async function exclude(world: World, review: string, who: Client): Promise<void> {
  const { body } = await who.get('/v1/me').expect(200);
  await queried(world.api.database.adminUrl, EXCLUDE, [
    (body as { accountId: string }).accountId,
    review,
  ]);
}
const EXCLUDE = `INSERT INTO casework.exclusion VALUES ($1, $2, now(), 'a conflict of interest')`;
