// A record of 200,000 recommendations, and the same facts in normalized tables for the bare server.
import { randomUUID } from 'node:crypto';

const RECOMMENDATIONS = 200_000;
const A_REVIEW = 250;
const STATES_A_SESSION = 14;

const TABLES = `
-- None of them repeats another.
ALTER TABLE record.recommendation ALTER repeat_of SET DEFAULT '{}';
CREATE SCHEMA bench;
CREATE TABLE bench.proceeding (
  id uuid PRIMARY KEY, mechanism text NOT NULL, state text NOT NULL, cycle int NOT NULL,
  session int NOT NULL);
CREATE TABLE bench.recommendation (
  id uuid PRIMARY KEY, proceeding_id uuid NOT NULL REFERENCES bench.proceeding,
  label text NOT NULL, label_order text COLLATE "C" NOT NULL, text text NOT NULL, filed_by text,
  position text, stated_position text, comment text, deemed boolean NOT NULL, given_in text);
CREATE TABLE bench.recommender (
  recommendation_id uuid NOT NULL REFERENCES bench.recommendation, iso3 text NOT NULL,
  PRIMARY KEY (recommendation_id, iso3));`;
const INDEXES = `
CREATE INDEX ON bench.recommendation (proceeding_id, label_order, id);
ANALYZE bench.proceeding, bench.recommendation, bench.recommender;
ANALYZE record.proceeding, record.recommendation, record.recommender;`;

/** The columns of each table as they are sent: one array a column. */
const INSERTS = {
  'bench.proceeding': ['uuid', 'text', 'text', 'int', 'int'],
  'record.proceeding': ['uuid', 'text', 'text', 'int', 'int', 'text', 'bigint'],
  'bench.recommendation': [
    ...['uuid', 'uuid', 'text', 'text', 'text', 'text'],
    ...['text', 'text', 'text', 'boolean', 'text'],
  ],
  'record.recommendation': [
    ...['uuid', 'uuid', 'text', 'int', 'text', 'text'],
    ...['text', 'text', 'bigint'],
  ],
  'bench.recommender': ['uuid', 'text'],
  'record.recommender': ['uuid', 'text'],
};

const WORDS = (
  'continue its efforts to strengthen the protection of women and children against violence and ' +
  'discrimination by adopting comprehensive legislation in line with international standards and ' +
  'ensure effective access to justice education health care and adequate housing for all persons ' +
  'with disabilities migrants minorities and human rights defenders'
).split(' ');

/** Numbers that are the same each time, so that two runs read the same rows. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** A sentence of 12 to 51 words: most real recommendations are that long. */
function sentenceOf(random) {
  const words = Array.from({ length: 12 + random(40) }, () => WORDS[random(WORDS.length)]);
  const text = words.join(' ');
  return text[0].toUpperCase() + text.slice(1);
}

/** One of them by its number. */
export const sentence = (n) => sentenceOf(numbers(n + 1));

async function insert(sql, table, rows) {
  const types = INSERTS[table];
  const columns = types.map((_, column) => rows.map((row) => row[column]));
  const sets = types.map((type, column) => `$${column + 1}::${type}[]`).join(', ');
  await sql.query(`INSERT INTO ${table} SELECT * FROM unnest(${sets})`, columns);
}

function review(n, states) {
  const session = Math.floor(n / STATES_A_SESSION) + 1;
  const state = states[n % states.length];
  const cycle = Math.floor(session / 14) + 1;
  return { id: randomUUID(), mechanism: 'upr', state, cycle, session };
}

function recommendation(of, n, states, random) {
  const label = `6.${n + 1}`;
  const first = random(states.length);
  const count = random(10) === 0 ? 3 : 1;
  const position = random(5) === 0 ? 'noted' : 'supported';
  return {
    id: randomUUID(),
    proceedingId: of.id,
    mechanism: of.mechanism,
    state: of.state,
    cycle: of.cycle,
    session: of.session,
    label,
    text: sentenceOf(random),
    recommendingStates: Array.from(
      { length: count },
      (_, i) => states[(first + i) % states.length],
    ),
    filedBy: null,
    position,
    statedPosition: position,
    comment: null,
    deemed: false,
    givenIn: null,
  };
}

const orderOf = (label) => label.replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));

async function seedReview(sql, of, made, sequence) {
  const shown = { proceedingId: of.id };
  await insert(sql, 'bench.proceeding', [[of.id, of.mechanism, of.state, of.cycle, of.session]]);
  await insert(sql, 'record.proceeding', [
    [of.id, of.mechanism, of.state, of.session, of.cycle, JSON.stringify(shown), sequence],
  ]);
  const bare = made.map((r) => [
    ...[r.id, r.proceedingId, r.label, orderOf(r.label), r.text, r.filedBy],
    ...[r.position, r.statedPosition, r.comment, r.deemed, r.givenIn],
  ]);
  const kept = made.map((r, i) => [
    ...[r.id, r.proceedingId, r.state, r.session, r.label, orderOf(r.label)],
    ...[r.position, JSON.stringify(r), sequence + 1 + i],
  ]);
  const makers = made.flatMap((r) => r.recommendingStates.map((iso3) => [r.id, iso3]));
  await insert(sql, 'bench.recommendation', bare);
  await insert(sql, 'record.recommendation', kept);
  await insert(sql, 'bench.recommender', makers);
  await insert(sql, 'record.recommender', makers);
}

/**
 * Fills the record and the bare server's tables.
 * @returns {Promise<{ids: string[], proceedings: string[]}>} some recommendations, spread evenly,
 *   and all proceedings
 */
export async function seedRecord(sql, say) {
  const random = numbers(20_270_110);
  const { rows } = await sql.query(
    "SELECT iso3 FROM reference.state WHERE kind <> 'organization' ORDER BY iso3",
  );
  const states = rows.map(({ iso3 }) => iso3);
  await sql.query(TABLES);
  await sql.query('BEGIN');
  const ids = [];
  const proceedings = [];
  for (let n = 0; n < RECOMMENDATIONS / A_REVIEW; n += 1) {
    const of = review(n, states);
    const made = Array.from({ length: A_REVIEW }, (_, i) => recommendation(of, i, states, random));
    await seedReview(sql, of, made, n * (A_REVIEW + 1) + 1);
    proceedings.push(of.id);
    ids.push(made[random(A_REVIEW)].id, made[random(A_REVIEW)].id);
  }
  await sql.query('COMMIT');
  await sql.query(INDEXES);
  say(`${RECOMMENDATIONS.toLocaleString('en')} recommendations are in the record`);
  return { ids, proceedings };
}
