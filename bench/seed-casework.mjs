// Casework to work on: reviews on which organizations file, made through the API, and many more
// proceedings, copied from one of them, of which a delegation may see half.
import { Person } from '../scripts/demo/person.mjs';

/** Those who file at the same time, each an organization on a review of its own. */
const FILERS = 8;
const PROCEEDINGS = 2_000;
/** States under review in one session. */
export const REVIEWED = ['EST', 'FJI', 'CRI', 'SVN', 'ALB', 'BRA', 'NOR', 'PLW'];
const PASSWORD = 'a password of the benchmarks';

/** Copies of one proceeding with its access; every second one is not for the States. */
const COPY = `
WITH made AS (
  SELECT gen_random_uuid() AS id, n FROM generate_series(1, ${PROCEEDINGS}) n
), kept AS (
  INSERT INTO casework.proceeding SELECT m.id, p.mechanism, p.mechanism_version, p.subject, p.slot_id,
    p.status, p.entered_at, p.opened_at + m.n * interval '1 second', true, NULL, 1
  FROM made m CROSS JOIN casework.proceeding p WHERE p.id = $1
)
INSERT INTO casework.access SELECT m.id, a.compartment, a.principal_id, a.because
FROM made m CROSS JOIN casework.access a WHERE a.proceeding_id = $1 AND NOT (m.n % 2 = 0
  AND a.principal_id IN (SELECT id FROM identity.principal WHERE key IN ('states', 'state:KEN')))`;

export async function seated(people, url, { name, side, role = 'head', by }) {
  const email = `${name}@bench.comity.test`;
  await people.admin.post('/v1/accounts', { email, name, password: PASSWORD });
  await by.post('/v1/memberships', { email, side, role });
  return new Person(url, { email, password: PASSWORD });
}

export async function openReviews({ secretariat }) {
  const cycle = await secretariat.post('/v1/cycles', {
    ...{ mechanism: 'upr', number: 4, starts: '2026-01-01' },
  });
  const session = await secretariat.post('/v1/sessions', {
    ...{ cycleId: cycle.id, number: 60, title: 'A session', starts: '2027-05-03' },
    ends: '2027-05-14',
  });
  const reviews = [];
  for (const [n, state] of REVIEWED.slice(0, FILERS).entries()) {
    const day = String(3 + n).padStart(2, '0');
    const slot = await secretariat.post(`/v1/sessions/${session.id}/schedule`, {
      ...{ state, starts: `2027-05-${day}T09:00:00+02:00`, ends: `2027-05-${day}T12:30:00+02:00` },
      outcomeStarts: '2027-09-23T10:00:00+02:00',
    });
    const review = await secretariat.post('/v1/reviews', { slotId: slot.id });
    reviews.push(review.id);
  }
  return reviews;
}

async function tokenOf(url, name) {
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@bench.comity.test`, password: PASSWORD }),
  });
  return (await answer.json()).token;
}

/**
 * @returns {Promise<{filers: {review: string, side: string, token: string, account: string}[],
 *   reader: {token: string, principals: string[]}}>} who files, and the delegation that lists
 */
export async function seedCasework({ url, admin, sql }, say) {
  const people = { admin: new Person(url, admin) };
  const sitting = { name: 'secretariat', side: 'secretariat:upr', by: people.admin };
  people.secretariat = await seated(people, url, sitting);
  const reviews = await openReviews(people);
  const filers = [];
  for (const [n, review] of reviews.entries()) {
    const name = `organization-${n}`;
    const { side } = await people.secretariat.post('/v1/organizations', { name, kind: 'ngo' });
    const head = await seated(people, url, { name, side, by: people.secretariat });
    const { accountId: account } = await head.get('/v1/me');
    filers.push({ review, side, account, token: await tokenOf(url, name) });
  }
  await seated(people, url, { name: 'kenya', side: 'state:KEN', by: people.secretariat });
  await sql.query(COPY, [reviews[0]]);
  await sql.query('ANALYZE casework.proceeding, casework.access');
  const { rows } = await sql.query(
    `SELECT id FROM identity.principal WHERE key IN ('states', 'state:KEN')`,
  );
  say(`${PROCEEDINGS.toLocaleString('en')} proceedings, and ${FILERS} organizations that file`);
  const reader = { token: await tokenOf(url, 'kenya'), principals: rows.map(({ id }) => id) };
  return { filers, reader };
}
