// What the API is measured against: node:http and pg, written by hand, without any of what Comity
// is for. Reads normalized tables by prepared statements and answers with JSON.stringify.
import http from 'node:http';
import pg from 'pg';
import * as filing from './bare-filing.mjs';

const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 10 });

const RECOMMENDATION = `SELECT r.id, r.proceeding_id AS "proceedingId", p.mechanism, p.state, p.cycle,
    p.session, r.label, r.text, ARRAY(SELECT m.iso3 FROM bench.recommender m
      WHERE m.recommendation_id = r.id ORDER BY m.iso3) AS "recommendingStates",
    r.filed_by AS "filedBy", r.position, r.stated_position AS "statedPosition", r.comment, r.deemed,
    r.given_in AS "givenIn"
  FROM bench.recommendation r JOIN bench.proceeding p ON p.id = r.proceeding_id`;

const CASES = `SELECT p.id, p.mechanism, p.mechanism_version AS "mechanismVersion",
    p.subject AS "stateUnderReview", p.slot_id AS "slotId", p.status, p.entered_at AS "statusSince",
    p.opened_at AS "openedAt", p.test, p.public_id AS "publicId", p.version
  FROM casework.proceeding p WHERE p.id IN (SELECT a.proceeding_id FROM casework.access a
    WHERE a.compartment = 'case' AND a.principal_id = ANY ($1))
  ORDER BY p.opened_at, p.id LIMIT 51`;

const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;

/** In a transaction of its own, as whoever reads casework does. */
async function readOnly(name, text, values) {
  const client = await pool.connect();
  try {
    await client.query('START TRANSACTION READ ONLY');
    const { rows: found } = await client.query({ name, text, values });
    await client.query('COMMIT');
    return found;
  } finally {
    client.release();
  }
}
const page = (items) => ({ items: items.slice(0, 50), next: items[50]?.id ?? null });

const routes = {
  recommendation: async (id) => (await rows('one', `${RECOMMENDATION} WHERE r.id = $1`, [id]))[0],
  recommendations: async (proceeding) =>
    page(
      await rows(
        'list',
        `${RECOMMENDATION} WHERE r.proceeding_id = $1 ORDER BY r.label_order, r.id LIMIT 51`,
        [proceeding],
      ),
    ),
  cases: async (principals) => page(await readOnly('cases', CASES, [principals.split(',')])),
};

async function answer(request) {
  const [, name, rest] = request.url.split('/');
  if (request.method === 'GET') return routes[name](rest);
  return filing.acts[name](pool, request, rest);
}

const server = http.createServer((request, response) => {
  answer(request).then(
    (body) => {
      const text = JSON.stringify(body);
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    },
    (error) => {
      console.error(error);
      response.writeHead(500).end();
    },
  );
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
