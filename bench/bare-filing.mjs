// Filing, written by hand: the same rows into the same tables, as their owner, in one transaction a
// step. Nobody is asked who they are, nothing is validated, no word counted, no rule applied.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

const SQL = {
  document: `INSERT INTO casework.document VALUES ($1, $2, $3, 'stakeholder-submission', $4, $4, $5,
    NULL, 'draft', false, false, now(), NULL, NULL, 1)`,
  version: `INSERT INTO casework.document_version VALUES ($1, $2, $3, $4, 1, 'draft', $5, NULL,
    now(), NULL, 0)`,
  text: `INSERT INTO casework.document_text SELECT $1, v.proceeding_id, v.compartment, v.id, 'en',
    'original', $3, 'text/plain', $4, $5, $6, $7, '[]', now()
    FROM casework.document_version v WHERE v.document_id = $2`,
  touched: `UPDATE casework.document SET version = version + 1 WHERE id = $1
    RETURNING proceeding_id, compartment, side`,
  submitted: `UPDATE casework.document SET version = version + 1, status = 'submitted',
    submitted_at = now(), compartment = $2 WHERE id = $1 RETURNING proceeding_id, side`,
  sent: `UPDATE casework.document_version SET status = 'submitted', submitted_at = now()
    WHERE document_id = $1`,
  chain: `INSERT INTO journal.chain VALUES ($1, $2, 0, '') ON CONFLICT DO NOTHING`,
  head: 'SELECT n, hash FROM journal.chain WHERE proceeding_id = $1 AND compartment = $2 FOR UPDATE',
  entry: 'INSERT INTO journal.entry VALUES ($1, $2, $3, $4, $5, $6, $7)',
  next: 'UPDATE journal.chain SET n = $3, hash = $4 WHERE proceeding_id = $1 AND compartment = $2',
  pending: 'INSERT INTO journal.pending VALUES ($1)',
  author: `INSERT INTO journal.author VALUES ($1, $2, 'identity', $3, '{}')`,
  doubt: 'INSERT INTO casework.file_in_doubt VALUES ($1, now())',
  answer: 'INSERT INTO casework.idempotency VALUES ($1, $2, $3, $4, $5, $6, $7, now())',
};

/** A transaction over prepared statements, called by their names. */
async function transact(pool, work) {
  const client = await pool.connect();
  const run = async (name, ...values) =>
    (await client.query({ name, text: SQL[name], values })).rows[0];
  try {
    await client.query('BEGIN');
    const answer = await work(run);
    await client.query('COMMIT');
    return answer;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function journal(run, { proceeding, compartment, account, what, facts }) {
  await run('chain', proceeding, compartment);
  const head = await run('head', proceeding, compartment);
  const [id, n] = [randomUUID(), head.n + 1];
  const body = JSON.stringify({ at: new Date().toISOString(), by: 'side', facts, what });
  const hash = createHash('sha256').update(`${head.hash}\n${n}\n${body}`).digest('hex');
  await run('entry', id, proceeding, compartment, n, body, head.hash, hash);
  await run('next', proceeding, compartment, n, hash);
  await run('pending', id);
  await run('author', id, proceeding, account);
}

const remember = (run, { account, target, proceeding, compartment, answer }) =>
  run(
    ...['answer', account, randomUUID(), target, target, proceeding, compartment],
    JSON.stringify(answer),
  );

/** One way a step: as the API's three requests, each answers what was changed. */
export const acts = {
  async begin(pool, request) {
    const { proceeding, side, account, title } = JSON.parse((await buffer(request)).toString());
    const [id, compartment] = [randomUUID(), `bare:${side}`];
    return transact(pool, async (run) => {
      await run('document', id, proceeding, compartment, side, title);
      await run('version', randomUUID(), proceeding, compartment, id, side);
      const facts = { documentId: id, kind: 'stakeholder-submission', version: 1 };
      await journal(run, { proceeding, compartment, account, what: 'document-begun', facts });
      const answer = { id, version: 1, title, side, status: 'draft' };
      await remember(run, { account, target: 'begin', proceeding, compartment, answer });
      return answer;
    });
  },

  async content(pool, request, rest) {
    const [id, account] = rest.split(',');
    const bytes = await buffer(request);
    const key = randomBytes(32).toString('base64url');
    const folder = path.join(process.env.BENCH_FILES, key.slice(0, 2));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, key), bytes, { flush: true });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const salt = randomBytes(16).toString('hex');
    return transact(pool, async (run) => {
      const found = await run('touched', id);
      await run('doubt', key);
      await run('text', randomUUID(), id, key, bytes.length, sha256, salt, 0);
      const { proceeding_id: proceeding, compartment } = found;
      const facts = { documentId: id, version: 1, language: 'en', words: 0, digest: sha256 };
      await journal(run, { proceeding, compartment, account, what: 'content-uploaded', facts });
      return { id, version: 2, bytes: bytes.length, sha256 };
    });
  },

  async submit(pool, request, rest) {
    const [id, account, side] = rest.split(',');
    const compartment = `bare-filed:${side}`;
    return transact(pool, async (run) => {
      const { proceeding_id: proceeding } = await run('submitted', id, compartment);
      await run('sent', id);
      const facts = { documentId: id, version: 1, words: 0, late: false, overLimit: false };
      await journal(run, { proceeding, compartment, account, what: 'document-submitted', facts });
      const answer = { id, version: 3, status: 'submitted' };
      await remember(run, { account, target: 'submit', proceeding, compartment, answer });
      return answer;
    });
  },
};
