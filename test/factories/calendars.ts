import ICAL from 'ical.js';
import { hashToken } from '../../src/platform/identity/tokens.js';
import { queried } from '../database/direct.js';
import type { Client } from '../setup/api.js';
import { PASSWORD, type World } from './world.js';

/** The end of a secret address that the tests know. */
export const PLANTED = 'cf_planted-by-the-tests';

/** Gives somebody a feed, and an end of their mail, at that address, by the administrator of the database. */
export async function plantFeed(world: World, owner: Client): Promise<void> {
  const { body } = await owner.get('/v1/me').expect(200);
  const whose = [(body as { accountId: string }).accountId, hashToken(PLANTED)];
  for (const insert of [
    `INSERT INTO identity.calendar_feed VALUES (gen_random_uuid(), $1, 'Planted', $2, now(), NULL)`,
    'INSERT INTO identity.unsubscription VALUES ($2, $1, now())',
  ]) {
    await queried(world.api.database.adminUrl, insert, whose);
  }
}

interface Feed {
  readonly id: string;
  /** Without the house. */
  readonly path: string;
}

/** Makes a feed, as its owner would. */
export async function feedOf(owner: Client, name = 'A calendar'): Promise<Feed> {
  const asked = { password: PASSWORD, name };
  const { body } = await owner.send('post', '/v1/me/calendar-feeds').send(asked).expect(201);
  const { id, url } = body as { id: string; url: string };
  return { id, path: new URL(url).pathname };
}

export interface Shown {
  readonly uid: string;
  readonly summary: string;
  readonly description: string | null;
  readonly starts: string;
  readonly ends: string;
  readonly sequence: number;
  readonly stamp: string;
  readonly status: string;
  readonly url: string;
}

/** The events of a calendar, as a program reads them, by what they are called. */
export function eventsOf(text: string): Map<string, Shown> {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const shown = calendar.getAllSubcomponents('vevent').map((event) => {
    const of = (name: string): string => String(event.getFirstPropertyValue(name) ?? '');
    return {
      uid: of('uid'),
      summary: of('summary'),
      description: of('description') || null,
      starts: of('dtstart'),
      ends: of('dtend'),
      sequence: Number(of('sequence')),
      stamp: of('dtstamp'),
      status: of('status'),
      url: of('url'),
    };
  });
  return new Map(shown.map((each) => [each.summary, each]));
}

/** What stands at an address now, which needs nothing else. */
export async function readCalendar(world: World, path: string): Promise<Map<string, Shown>> {
  const answer = await world.api
    .as()
    .get(path)
    .expect(200)
    .expect('content-type', 'text/calendar; charset=utf-8');
  return eventsOf(answer.text);
}
