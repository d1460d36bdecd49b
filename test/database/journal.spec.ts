import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { sayEverything } from './say-everything.js';
import { answerAndSpeak, askInAdvance } from './ask-and-speak.js';
import { DENIED, queried, refusal, rehearsed } from './direct.js';
import { FACTS } from './journal-facts.js';

interface Entry {
  id: string;
  compartment: string;
  n: number;
  body: string;
}
interface Body {
  what: string;
  by: string;
  at: string;
  onBehalfOf?: string;
  reason?: string;
  facts: Record<string, unknown>;
}

const ID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Ids, instants, digests, codes of States, sides, one word: nothing that somebody composed. */
const FACT = new RegExp(
  `^(${ID}( [\\d.]+)?|\\d{4}-\\d\\d-\\d\\d(T[\\d:.]+Z)?|[0-9a-f]{64}|[A-Z]{3}|[a-z]{2,3}|state:[A-Z]{3}` +
    `|organization:${ID}|(secretariat|body):[a-z0-9-]+|[a-z]+(-[a-z]+)*)$`,
);

/** Stands in everything that anybody writes here. */
const TOKEN = 'canary-in-the-journal';

describe('the journal', () => {
  let world: World;
  let review: string;
  let slovenia: Client;
  let france: Client;
  beforeAll(async () => {
    // Early enough for stakeholders to file.
    world = await World.build('2026-09-01T09:00:00Z');
    review = await world.review('SVN');
    [slovenia, france] = [await world.delegation('SVN'), await world.delegation('FRA')];
    const brazil = await world.delegation('BRA');
    const ngo = await world.organization(TOKEN);
    await world.reach(review, 'SVN', 'preparation');
    await askInAdvance(world, review, TOKEN);
    const filing = { title: TOKEN, text: `${TOKEN} and some more words`, symbol: TOKEN };
    await world.file(ngo.head, review, { kind: 'joint-submission', ...filing });
    await world.reach(review, 'SVN', 'ready');
    await answerAndSpeak(world, review, TOKEN);
    const made = await world.recommend(france, review, TOKEN, ['BRA', 'KEN']);
    await brazil.post(`/v1/recommendations/${made}/confirm`, {}).expect(200);
    await world.recommend(brazil, review, TOKEN);
    const draft = { text: TOKEN };
    await france.post(`/v1/reviews/${review}/recommendations`, draft).expect(201);
    await world.reach(review, 'SVN', 'reviewed');
    await sayEverything(world, review, TOKEN);
    const words = { comment: TOKEN, statedPosition: TOKEN };
    await world.position(slovenia, made, 'noted', words);
    await slovenia.post(`/v1/reviews/${review}/positions`, {}).expect(200);
    await world.reach(review, 'SVN', 'adopted');
  });
  afterAll(() => world.stop());

  const asAdmin = <T extends object>(sql: string, values: readonly unknown[] = []) =>
    queried<T & Record<string, unknown>>(world.api.database.adminUrl, sql, values);
  const everything = () =>
    asAdmin<Entry & { proceedingId: string }>(
      `SELECT id, proceeding_id AS "proceedingId", compartment, n, body FROM journal.entry
       ORDER BY proceeding_id, compartment, n`,
    );
  const told = async () => (await everything()).map((row) => JSON.parse(row.body) as Body);
  const readable = async (who: Client): Promise<Entry[]> => {
    const answer = await who.get(`/v1/reviews/${review}/journal`, { limit: 200 }).expect(200);
    return (answer.body as { items: Entry[] }).items;
  };

  it('numbers each chain by itself, without gaps, and whoever reads part of it sees none', async () => {
    const numbers = (rows: readonly Entry[]) => {
      const chains = new Map<string, number[]>();
      for (const { compartment, n } of rows) {
        chains.set(compartment, [...(chains.get(compartment) ?? []), n]);
      }
      for (const [compartment, chain] of chains) {
        const expected = chain.map((_, index) => index + 1);
        expect([compartment, ...chain]).toEqual([compartment, ...expected]);
      }
      return [...chains.keys()];
    };
    const all = numbers((await everything()).filter((row) => row.proceedingId === review));
    expect(all.length).toBeGreaterThan(8);
    const sees = async (who: Client) => numbers(await readable(who));
    expect(await sees(france)).toEqual(['case', 'desk:state:FRA', 'filed:state:FRA', 'parties']);
    expect(await sees(slovenia)).toEqual(['case', 'desk:state:SVN', 'filed:state:SVN', 'parties']);
    expect(await sees(await world.delegation('NOR'))).toEqual(['case', 'committee', 'parties']);
    expect(await sees(world.secretariat)).not.toContain('desk:state:SVN');
  });

  it('keeps its numbers when many write at once', async () => {
    const other = await world.review('AUT', { number: 60 });
    await world.reach(other, 'AUT', 'preparation');
    const austria = await world.delegation('AUT');
    const url = `/v1/reviews/${other}/documents`;
    const begun = await Promise.all(
      Array.from({ length: 8 }, () => austria.post(url, { kind: 'national-report', title: 'x' })),
    );
    expect(begun.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const rows = await asAdmin<{ n: number }>(
      `SELECT n FROM journal.entry WHERE proceeding_id = $1 AND compartment = 'desk:state:AUT'
       ORDER BY n`,
      [other],
    );
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('tells facts of a closed list, and no words of anybody', async () => {
    const bodies = await told();
    for (const { what, facts, reason, ...rest } of bodies) {
      expect([what, Object.keys(facts).toSorted()]).toEqual([what, [...FACTS[what]!].toSorted()]);
      const values = Object.values(facts)
        .flat()
        .filter((value) => typeof value === 'string');
      expect([what, ...values.filter((value) => !FACT.test(value))]).toEqual([what]);
      expect(reason).toBeUndefined();
      expect(JSON.stringify([facts, rest])).not.toContain(TOKEN);
    }
    // Nearly everything that can happen has happened here.
    expect(new Set(bodies.map(({ what }) => what)).size).toBeGreaterThan(15);
  });

  it('names who acted by role or side; the person stands apart, for nobody to read', async () => {
    const role =
      /^(secretariat|president|clock|procedure|stateUnderReview|recommendingState)$|^[a-z]+:[\w-]+$/;
    const people = await asAdmin<{ id: string; email: string; name: string }>(
      'SELECT id, email, name FROM identity.account',
    );
    const bodies = (await everything()).map(({ body }) => body);
    for (const body of bodies) {
      expect((JSON.parse(body) as Body).by).toMatch(role);
      for (const { id, email } of people)
        expect(body.includes(id) || body.includes(email)).toBe(false);
    }
    const [signed] = await asAdmin<{ authors: number; people: number }>(
      'SELECT count(*)::int AS authors, count(DISTINCT account_id)::int AS people FROM journal.author',
    );
    expect(signed!.authors).toBeGreaterThan(20);
    expect(signed!.people).toBeGreaterThan(4);
    for (const { id } of people) {
      const authors = await rehearsed(world.api.database.appUrl, id, async (client) => {
        const mine = await client.query('SELECT FROM journal.author');
        const may = await refusal(client, 'SELECT casework.act($1)', [review]);
        if (may === null) await client.query('SELECT casework.act($1)', [review]);
        return mine.rowCount! + (await client.query('SELECT FROM journal.author')).rowCount!;
      });
      expect(authors).toBe(0);
    }
  });

  it('lets nobody sign for another afterwards', async () => {
    const [{ id: entry }] = (await asAdmin<{ id: string }>(
      `SELECT e.id FROM journal.entry e LEFT JOIN journal.author a ON a.entry_id = e.id
       WHERE a.entry_id IS NULL AND e.proceeding_id = $1 LIMIT 1`,
      [review],
    )) as [{ id: string }];
    const { body } = await slovenia.get('/v1/me').expect(200);
    const { accountId } = body as { accountId: string };
    await rehearsed(world.api.database.appUrl, accountId, async (client) => {
      const sign = 'SELECT journal.sign($1, $2, $3)';
      expect(await refusal(client, sign, [entry, review, accountId])).toBe(DENIED);
    });
  });

  it('puts each entry into the outbox with the change, and neither when it does not happen', async () => {
    const counts = async () => {
      const [row] = await asAdmin<{ entries: number; pending: number; apart: number }>(
        `SELECT (SELECT count(*)::int FROM journal.entry) AS entries,
           (SELECT count(*)::int FROM journal.pending) AS pending,
           (SELECT count(*)::int FROM journal.entry e FULL JOIN journal.pending p ON p.entry_id = e.id
             WHERE e.id IS NULL OR p.entry_id IS NULL) AS apart`,
      );
      return row!;
    };
    const before = await counts();
    expect(before).toMatchObject({ pending: before.entries, apart: 0 });
    const other = await world.review('EST', { number: 61 });
    const opened = await counts();
    expect(opened.entries).toBe(before.entries + 1);
    const { body } = await world.secretariat.get(`/v1/reviews/${other}`).expect(200);
    const { version } = body as { version: number };
    const url = `/v1/reviews/${other}/moves`;
    const move = { move: 'issue-documents' };
    await world.secretariat.post(url, move, { version }).expect(409);
    const troika = {
      states: ['ALB', 'BRA', 'NOR'],
      drawnOn: '2027-01-11',
      meeting: 'A meeting',
      witnesses: ['Somebody'],
    };
    const rehearsal = { version, query: { dryRun: true } };
    const dry = await world.secretariat
      .post(`/v1/reviews/${other}/troika`, troika, rehearsal)
      .expect(200);
    expect(dry.body).toMatchObject({ ok: true });
    expect(await counts()).toEqual(opened);
    await world.secretariat.post(`/v1/reviews/${other}/troika`, troika, { version }).expect(200);
    expect(await counts()).toMatchObject({ entries: opened.entries + 1, apart: 0 });
  });
});
