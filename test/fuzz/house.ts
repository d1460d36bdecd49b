import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contract } from '../../src/contract.js';
import { queried } from '../database/direct.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Known } from './known.js';
import { Contract } from './schema.js';
import { Target } from './target.js';
import { Watch } from './watch.js';

export const VIEWERS = [
  'secretariat',
  'delegation',
  'administrator',
  'stranger',
  'nobody',
  'expired',
] as const;
export type Viewer = (typeof VIEWERS)[number];

/** The side whose drafts nobody of the viewers may see; its name is never put in a request. */
const SECRET = { state: 'KEN', pattern: /KEN\b|Kenya/, canary: 'zq-a-draft-that-is-nobodys' };

/** What is attacked: a world with a review in every part, an API process on it, and eyes. */
export interface House {
  readonly contract: Contract;
  readonly known: Known;
  readonly target: Target;
  readonly watch: Watch;
  readonly tokens: Readonly<Record<Viewer, string | undefined>>;
  /** Texts that stand in no answer to a viewer and in no log. */
  readonly canaries: readonly string[];
  stop(): Promise<void>;
}

const TABLES = `SELECT format('%I.%I', c.table_schema, c.table_name) AS name
  FROM information_schema.columns c JOIN pg_tables t
    ON t.schemaname = c.table_schema AND t.tablename = c.table_name
  WHERE c.table_schema IN ('casework', 'record', 'reference', 'identity')
    AND c.column_name = 'id' AND c.data_type = 'uuid' ORDER BY 1`;
/** Ids of a table that are tried, and that are kept. */
const MOST_IDS = 40;

export async function openHouse(): Promise<House> {
  const folder = await mkdtemp(path.join(tmpdir(), 'comity-fuzz-'));
  const world = await World.build('2027-01-10T09:00:00Z', { COMITY_FILES: folder });
  const stops = [() => rm(folder, { recursive: true, force: true }), () => world.stop()];
  const stop = async (): Promise<void> => {
    while (stops.length > 0) await stops.pop()!();
  };
  try {
    const clients = await furnish(world);
    const database = world.api.database;
    const target = await Target.start(database, folder);
    stops.push(() => target.stop());
    const known = new Known(SECRET.pattern);
    const read = new Contract(contract());
    await learnIds(known, read, world, clients);
    await learnValues(known, read, clients);
    const watch = await Watch.open(database.adminUrl);
    stops.push(() => watch.close());
    const tokens = { ...tokensOf(clients), nobody: undefined };
    return { contract: read, known, target, watch, tokens, canaries: [SECRET.canary], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Clients = Readonly<Record<Exclude<Viewer, 'nobody'>, Client>>;

const tokensOf = (clients: Clients): Record<keyof Clients, string> =>
  Object.fromEntries(Object.entries(clients).map(([name, { token }]) => [name, token])) as Record<
    keyof Clients,
    string
  >;

/** Reviews at several stages, with drafts and filings, and the people who knock. */
async function furnish(world: World): Promise<Clients> {
  const [review, young] = [await world.review('SVN'), await world.review('FJI', { number: 51 })];
  const [slovenia, france, kenya] = [
    await world.delegation('SVN'),
    await world.delegation('FRA'),
    await world.delegation(SECRET.state),
  ];
  await world.reach(young, 'FJI', 'preparation');
  await world.reach(review, 'SVN', 'ready');
  await world.organization('A union of the fuzzer');
  const draft = { kind: 'national-report', title: 'A report' };
  await (await world.delegation('FJI')).post(`/v1/reviews/${young}/documents`, draft).expect(201);
  await world.recommend(france, review, 'Ratify the convention', ['ALB']);
  await france.post(`/v1/reviews/${review}/recommendations`, { text: 'Draft it' }).expect(201);
  await kenya.post(`/v1/reviews/${review}/recommendations`, { text: SECRET.canary }).expect(201);
  const past = await world.review('EST', { number: 52 });
  await world.reach(past, 'EST', 'ready');
  await world.recommend(france, past, 'Ratify the protocol');
  await world.reach(past, 'EST', 'wg-adopted');
  const expired = await world.stranger();
  await expired.send('post', '/v1/auth/logout').expect(204);
  return {
    secretariat: world.secretariat,
    delegation: slovenia,
    administrator: world.admin,
    stranger: await world.stranger(),
    expired,
  };
}

/** Which ids stand under which address is found by asking: what is new needs no entry here. */
async function learnIds(
  known: Known,
  { operations }: Contract,
  world: World,
  { secretariat, administrator }: Clients,
): Promise<void> {
  const prefixes = new Set(
    operations.flatMap(({ path: address }) => /^.*?\/\{id\}/.exec(address)?.[0] ?? []),
  );
  const { adminUrl } = world.api.database;
  const tables = await queried<{ name: string }>(adminUrl, TABLES);
  const ids = await Promise.all(
    tables.map(({ name }) =>
      queried<{ id: string }>(adminUrl, `SELECT id FROM ${name} ORDER BY ctid LIMIT ${MOST_IDS}`),
    ),
  );
  const filled = ids.map((rows) => rows.map(({ id }) => id)).filter((rows) => rows.length > 0);
  for (const prefix of prefixes) {
    const reads = operations.filter(
      ({ method, path: address }) => method === 'GET' && address.startsWith(prefix),
    );
    const address = reads.toSorted((a, b) => a.path.length - b.path.length)[0]?.path;
    const found: string[] = await listed(prefix.replace('/{id}', ''), operations, [
      secretariat,
      administrator,
    ]);
    for (const rows of address ? filled : []) {
      const url = address!.replace('{id}', rows[0]!);
      const asked = [await secretariat.get(url), await administrator.get(url)];
      if (asked.some(({ status }) => status === 200)) found.push(...rows);
    }
    known.ids.set(prefix, found.length > 0 ? found : filled.flat().slice(0, 200));
  }
}

/** The ids that the list at an address shows to these, where there is one. */
async function listed(
  address: string,
  operations: Contract['operations'],
  viewers: readonly Client[],
): Promise<string[]> {
  if (!operations.some((each) => each.method === 'GET' && each.path === address)) return [];
  const ids = new Set<string>();
  for (const who of viewers) {
    const { body } = await who.get(address);
    for (const { id } of (body as { items?: { id?: string }[] }).items ?? []) if (id) ids.add(id);
  }
  return [...ids].slice(0, MOST_IDS);
}

/** What the lists and things show: the values that a good request may name. */
async function learnValues(known: Known, { operations }: Contract, clients: Clients) {
  for (const { method, path: address, parameters } of operations) {
    const required = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
    if (method !== 'GET' || required.some((name) => name !== 'id')) continue;
    const prefix = /^.*?\/\{id\}/.exec(address)?.[0] ?? '';
    for (const id of (known.ids.get(prefix) ?? ['']).slice(0, 3)) {
      for (const who of [clients.secretariat, clients.delegation, clients.administrator]) {
        const answer = await who.get(address.replace('{id}', id));
        if (answer.status === 200 && answer.type === 'application/json') known.learn(answer.body);
      }
    }
  }
}
