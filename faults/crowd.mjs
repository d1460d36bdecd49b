// Many people, each with a webhook, on the delegations of States under review; made in the database,
// for a password would cost each of them a tenth of a second.
import { randomBytes, randomUUID } from 'node:crypto';
import { Vault } from '../dist/src/platform/vault/vault.js';

/** Rows that are sent in one statement. */
const PART = 1000;

export const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

const PEOPLE = `
WITH given AS (SELECT * FROM jsonb_to_recordset($1)
    AS g(id uuid, n int, side text, hook uuid, secret uuid, seal jsonb, content text)),
  granter AS (SELECT id FROM identity.account WHERE administrator ORDER BY created_at LIMIT 1),
  people AS (INSERT INTO identity.account (id, email, name, password_hash, administrator, created_at)
    SELECT g.id, 'person-' || g.n || '@crowd.comity.test', 'Person ' || g.n, '-', false, now()
    FROM given g RETURNING id),
  seats AS (INSERT INTO identity.membership (id, account_id, principal_id, role, permissions,
      granted_by, granted_at)
    SELECT gen_random_uuid(), g.id, p.id, 'drafter', '{prepare}', granter.id, now()
    FROM given g JOIN identity.principal p ON p.key = g.side CROSS JOIN granter),
  hooks AS (INSERT INTO identity.webhook (id, account_id, url, description, status, failures,
      created_at, version)
    SELECT g.hook, g.id, $2, 'A program', 'active', 0, now(), 1 FROM given g)
INSERT INTO identity.webhook_secret (id, webhook_id, key_id, seal, content)
  SELECT g.secret, g.hook, g.seal ->> 'keyId', g.seal, decode(g.content, 'base64') FROM given g`;

const WITHOUT_MAIL = `
INSERT INTO identity.manner (account_id, mail, zone, digest, digest_at, digest_on, muted, version)
  SELECT a.id, 'urgent', 'UTC', 'at-once', '08:00', 1, '{}', 1 FROM identity.account a
  WHERE a.email LIKE '%@crowd.comity.test'`;

async function person(vault, { n, side, secret }) {
  const hook = randomUUID();
  const { seal, sealed } = await vault.seal(Buffer.from(secret), { webhookId: hook });
  const content = sealed.toString('base64');
  return { id: randomUUID(), n, side, hook, secret: randomUUID(), seal, content };
}

/**
 * @param {import('pg').Client} sql the administrator's
 * @param {{many: number, states: string[], keysFile: string, secret: string, url: string,
 *   mail: boolean}} what
 *   so many people, dealt out to the delegations of these States; `url` and `secret` of their webhooks;
 *   whether they want mail
 */
export async function seedCrowd(sql, { many, states, keysFile, secret, url, mail }) {
  const vault = new Vault(keysFile);
  for (let from = 0; from < many; from += PART) {
    const numbers = Array.from({ length: Math.min(PART, many - from) }, (_, at) => from + at);
    const people = await Promise.all(
      numbers.map((n) => person(vault, { n, side: `state:${states[n % states.length]}`, secret })),
    );
    await sql.query(PEOPLE, [JSON.stringify(people), url]);
  }
  if (!mail) await sql.query(WITHOUT_MAIL);
  await sql.query('ANALYZE');
}

/** Has it told again that the reviews of these States began: to whoever has not heard. */
export async function tellOpened(sql, states) {
  const { rowCount } = await sql.query(
    `INSERT INTO journal.pending (entry_id, since)
     SELECT e.id, now() FROM journal.entry e JOIN casework.proceeding p ON p.id = e.proceeding_id
     WHERE e.compartment = 'case' AND e.n = 1 AND p.subject = ANY ($1) AND NOT p.test`,
    [states],
  );
  if (rowCount !== states.length)
    throw new Error(`${rowCount} reviews instead of ${states.length}`);
}
