/**
 * For operators: checks every chain of the journal, from its first entry to its head.
 *
 *     DATABASE_URL=postgres://administrator@… node dist/src/verify-journal.js
 *
 * Reads as the owner of the schemas, in one snapshot, while everything else goes on. Prints a line
 * for each chain that does not hold (proceeding, compartment, first entry that does not) and a
 * summary. Exits 0 when all hold, 1 when one is broken, 2 when it could not look.
 *
 * A chain that somebody with the owner's rights has rewritten from an entry to its head holds: that
 * shows only against a head that was kept elsewhere.
 */
import pg from 'pg';
import { loadBootstrap } from './config/bootstrap-environment.js';
import { runCommand } from './platform/run-command.js';
import { OWNER } from './platform/database/roles.js';
import { ChainCheck, type Head, type Link } from './platform/journal/journal.js';

interface BrokenChain {
  readonly proceedingId: string;
  readonly compartment: string;
  readonly firstBroken: number;
}
interface Verification {
  readonly chains: number;
  readonly entries: number;
  readonly broken: readonly BrokenChain[];
}

interface Place {
  readonly proceedingId: string;
  readonly compartment: string;
}

const PLACE = 'proceeding_id AS "proceedingId", compartment';
const BATCH = 5000;

/** All rows of a table of the journal, a batch at a time, in the order of the key. */
async function* inOrder<T extends Place & { n: number }>(
  client: pg.ClientBase,
  table: 'chain' | 'entry',
  columns: string,
): AsyncGenerator<T> {
  let after: (string | number)[] = ['00000000-0000-0000-0000-000000000000', '', 0];
  for (;;) {
    const { rows } = await client.query<T>(
      `SELECT ${PLACE}, ${columns} FROM journal.${table}
       WHERE (proceeding_id, compartment, n) > ($1, $2, $3)
       ORDER BY proceeding_id, compartment, n LIMIT ${BATCH}`,
      after,
    );
    yield* rows;
    const last = rows[BATCH - 1];
    if (!last) return;
    after = [last.proceedingId, last.compartment, last.n];
  }
}

/** @param client as a role that row-level security lets through: the owner, or a superuser */
async function verifyJournal(client: pg.ClientBase): Promise<Verification> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const checks = new Map<string, Place & { check: ChainCheck }>();
    const checkOf = ({ proceedingId, compartment }: Place): ChainCheck => {
      const key = `${proceedingId} ${compartment}`;
      const known = checks.get(key) ?? { proceedingId, compartment, check: new ChainCheck() };
      checks.set(key, known);
      return known.check;
    };
    let entries = 0;
    for await (const row of inOrder<Place & Link>(client, 'entry', 'n, body, previous, hash')) {
      checkOf(row).add(row);
      entries += 1;
    }
    for await (const row of inOrder<Place & Head>(client, 'chain', 'n, hash'))
      checkOf(row).end(row);
    const broken = [...checks.values()].flatMap(({ check, ...place }) =>
      check.firstBroken === null ? [] : [{ ...place, firstBroken: check.firstBroken }],
    );
    return { chains: checks.size, entries, broken };
  } finally {
    await client.query('ROLLBACK');
  }
}

async function main(): Promise<number> {
  const { DATABASE_URL } = loadBootstrap();
  const client = new pg.Client({
    connectionString: DATABASE_URL,
    options: `-c role=${OWNER}`,
  });
  await client.connect();
  try {
    const { chains, entries, broken } = await verifyJournal(client);
    const lines = broken.map(
      ({ proceedingId, compartment, firstBroken }) =>
        `broken: proceeding ${proceedingId}, ${compartment}, entry ${firstBroken}\n`,
    );
    const summary = `${chains} chains, ${entries} entries, ${broken.length} broken\n`;
    process.stdout.write([...lines, summary].join(''));
    return broken.length === 0 ? 0 : 1;
  } finally {
    await client.end();
  }
}

await runCommand(import.meta.url, 'The journal could not be checked', main);
