import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../src/platform/identity/viewer.js';
import { connected } from './direct.js';
import type { Plot } from './planted.js';

/** All of them are reviews of one procedure. */
export const UPR = { mechanisms: ['upr'] };

/** So many that a plan which reads them all can't be mistaken for one that doesn't. */
const MANY = 20_000;

/** Fourteen of the proceedings have their places in it. */
const SESSION = '8b7f6a52-3f0e-4f8e-9a6e-00000000000a';

/** Two of the proceedings have thick files: 2,000 documents, 300 recommendations, 1,000 entries. */
const SEED = `
SET session_replication_role = replica;
CREATE TEMP TABLE states AS SELECT s.iso3, q.id AS principal_id,
    row_number() OVER (ORDER BY s.iso3 <> 'SVN', s.iso3) - 1 AS n
  FROM reference.state s JOIN identity.principal q ON q.key = 'state:' || s.iso3
  WHERE s.kind = 'member';
CREATE TEMP TABLE p AS SELECT i, gen_random_uuid() AS id, s.iso3, s.principal_id,
    CASE WHEN i IN (9000, 10000) THEN 1 ELSE 0 END AS thick
  FROM generate_series(1, ${MANY}) i JOIN states s ON s.n = i % 193;
INSERT INTO casework.proceeding SELECT id, 'upr', 1, iso3, NULL, 'preparation', now(),
  '2027-01-01'::timestamptz + i * interval '1 minute', true, NULL, 1 FROM p;
INSERT INTO reference.slot SELECT gen_random_uuid(), '${SESSION}', iso3,
    '2027-05-03'::timestamptz + i * interval '4 hours',
    '2027-05-03'::timestamptz + i * interval '4 hours' + interval '3 hours', NULL, 1
  FROM p WHERE i BETWEEN 9000 AND 9013;
UPDATE casework.proceeding c SET slot_id = s.id FROM p JOIN reference.slot s ON s.iso3 = p.iso3
  WHERE c.id = p.id AND i BETWEEN 9000 AND 9013;
INSERT INTO casework.access
  SELECT p.id, c, q.id, 'x' FROM p CROSS JOIN unnest(ARRAY['case', 'parties']) c
    JOIN identity.principal q ON q.key IN ('states', 'secretariat:upr')
      OR (q.key = 'organization:hundred' AND i % 200 = 0)
      OR (q.key = 'organization:three' AND i IN (7, 9000, 19000))
  UNION ALL SELECT p.id, 'case', q.id, 'clock' FROM p, identity.principal q WHERE q.key = 'clock'
  UNION ALL SELECT p.id, c, p.id, 'procedure' FROM p, unnest(ARRAY['case', 'parties', 'x']) c;
INSERT INTO casework.participant
  SELECT gen_random_uuid(), id, 'case', 'stateUnderReview', principal_id, 'x', now() FROM p;
INSERT INTO casework.deadline SELECT gen_random_uuid(), id, 'case', k, o, now(),
    '2027-03-01'::timestamptz + i * interval '3 minutes', 'x', 'Europe/Zurich',
    CASE WHEN i <= ${MANY} * 0.9 THEN 'lapsed' ELSE 'pending' END, NULL, NULL, 0, 1,
    CASE WHEN i > ${MANY} * 0.8 THEN '2027-02-01'::timestamptz + i * interval '3 minutes' END
  FROM p, (VALUES ('national-report', 'stateUnderReview'), ('compilation', 'secretariat'),
    ('stakeholder-summary', 'secretariat')) v(k, o);
INSERT INTO casework.deadline_change
  SELECT gen_random_uuid(), proceeding_id, 'case', id, now(), 'set', NULL, due, NULL FROM casework.deadline;
INSERT INTO casework.stage_entry
  SELECT gen_random_uuid(), id, 'case', 'scheduled', NULL, 'secretariat', NULL, now(), 1 FROM p;
INSERT INTO casework.document SELECT gen_random_uuid(), p.id,
    CASE g % 2 WHEN 0 THEN 'parties' ELSE 'filed:x' END, 'compilation', 'x', 'x', 't', NULL,
    'submitted', false, false, now() + g * interval '1 second', now(), NULL, 1
  FROM p, generate_series(1, 1 + 1999 * thick) g;
INSERT INTO casework.document_version SELECT gen_random_uuid(), proceeding_id, compartment, id, 1,
    'submitted', 'x', NULL, now(), now(), 0 FROM casework.document;
INSERT INTO casework.document_text SELECT gen_random_uuid(), proceeding_id, compartment, id, 'en',
    'original', id::text, 'text/plain', 1, 'x', 'x', 1, '[]', now(), NULL, NULL
  FROM casework.document_version;
INSERT INTO casework.document_original
  SELECT id, proceeding_id, 'desk:x', 'o' || id, 1, 'x', '[]' FROM casework.document_text;
INSERT INTO casework.receipt SELECT gen_random_uuid(), proceeding_id, 'desk:x', document_id, 1, 'en', true,
    'x', 'x', 'x' FROM casework.document_version;
INSERT INTO casework.side SELECT p.id, 'case', p.principal_id FROM p;
INSERT INTO casework.assistant SELECT gen_random_uuid(), p.id, 'filed:state:' || p.iso3,
    'state:' || p.iso3, p.principal_id, 'ended', now(), now(), now(), 1 FROM p;
INSERT INTO casework.conflict SELECT gen_random_uuid(), p.id, 'committee', p.id, 'committee', NULL,
    'other', 't', false, now(), 'open', NULL, NULL, NULL, 1 FROM p;
INSERT INTO casework.reading SELECT gen_random_uuid(), proceeding_id, 'committee', proceeding_id, NULL,
    id, kind, 1, 'en', 'copy', now() FROM casework.document;
INSERT INTO casework.publication SELECT id, proceeding_id, 'desk:x', 'public', NULL, NULL, NULL, NULL,
    NULL, 'x', 0 FROM casework.document;
INSERT INTO casework.partner SELECT gen_random_uuid(), 'desk:x', proceeding_id, id, 'x', 'asked', false, 'x',
    now(), NULL, NULL, 0 FROM casework.document;
INSERT INTO casework.recommendation SELECT gen_random_uuid(), p.id, 'parties', 'state:FRA', 'x', 't',
    NULL, NULL, 'submitted', now() + g * interval '1 second', now(), NULL, 1,
    json_build_object('category', json_build_object('codes', ARRAY[(1 + g % 5)::text], 'by', 'machine'),
      'themes', json_build_object('codes', ARRAY['education', 'theme-' || g % 60], 'by', 'human')), NULL, 1
  FROM p, generate_series(1, 1 + 299 * thick) g;
INSERT INTO casework.classification SELECT gen_random_uuid(), proceeding_id, compartment, id, 1,
    'machine', NULL, now(), 1, '{}' FROM casework.recommendation;
INSERT INTO casework.repeat SELECT gen_random_uuid(), proceeding_id, compartment, id, 1, id, true,
    'x', now() FROM casework.recommendation;
INSERT INTO casework.recommender
  SELECT gen_random_uuid(), proceeding_id, compartment, id, 'FRA', 'confirmed', now()
  FROM casework.recommendation;
INSERT INTO casework.wording (id, proceeding_id, compartment, recommendation_id, n, kind, by_side,
    texts, status, proposed_at, settled_at)
  SELECT gen_random_uuid(), proceeding_id, compartment, id, 1, 'made', side, ARRAY[text], 'adopted',
    now(), now() FROM casework.recommendation;
INSERT INTO casework.position SELECT gen_random_uuid(), proceeding_id, compartment, id, 'noted', NULL,
    NULL, NULL, 'given', now(), now(), 1 FROM casework.recommendation;
INSERT INTO casework.assessment SELECT gen_random_uuid(), proceeding_id, 'case', id, '1', 'state:FRA',
    'assessment', 'B', 't', '[]', now(), 'given', created_at, created_at, NULL, 1
  FROM casework.recommendation;
INSERT INTO casework.question SELECT gen_random_uuid(), p.id, 'parties', gen_random_uuid(), 1,
    'state:FRA', 'state:FRA', NULL, 't', now() + g * interval '1 second', NULL, NULL, now(), NULL, g,
    NULL, NULL, NULL, NULL, 1
  FROM p, generate_series(1, 1 + 299 * thick) g;
INSERT INTO casework.question SELECT gen_random_uuid(), p.id, 'parties', gen_random_uuid(), 1,
    'state:FRA', 'state:FRA', NULL, 't', now(), p.principal_id, ARRAY[q.id], NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, 1
  FROM p JOIN identity.principal q ON q.key = 'state:FRA';
INSERT INTO casework.asker SELECT gen_random_uuid(), proceeding_id, compartment, id, 'FRA',
    'confirmed', now() FROM casework.question;
INSERT INTO casework.speaker SELECT gen_random_uuid(), p.id, 'parties', 'dialogue', 'state:' || g,
    'state:' || g, NULL, NULL, NULL, 'member', 60, g, now(), NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1
  FROM p, generate_series(1, 1 + 99 * thick) g;
INSERT INTO casework.co_speaker SELECT gen_random_uuid(), proceeding_id, compartment, id, 'FRA',
    'confirmed', now() FROM casework.speaker;
INSERT INTO casework.speaker_swap SELECT gen_random_uuid(), proceeding_id, compartment, list, id,
    gen_random_uuid(), 1, 2, 'proposed', now(), NULL FROM casework.speaker;
INSERT INTO casework.speakers_list SELECT gen_random_uuid(), p.id, 'case', 'dialogue', NULL, NULL,
    NULL, NULL, NULL, NULL, 1 FROM p;
INSERT INTO journal.entry SELECT gen_random_uuid(), p.id, 'case', g, '{}', 'x', 'x'
  FROM p, generate_series(1, 1 + 999 * thick) g;
INSERT INTO journal.chain SELECT proceeding_id, 'case', max(n), 'x' FROM journal.entry GROUP BY 1;
INSERT INTO identity.notice SELECT gen_random_uuid(), m.account_id, e.id, 'normal',
    now() - (hashtext(e.id::text) % 1000000) * interval '1 second', NULL, NULL
  FROM identity.membership m JOIN identity.principal k ON k.id = m.principal_id
  JOIN casework.access x ON x.principal_id IN (k.id, k.within) AND x.compartment = 'case'
  JOIN journal.entry e ON e.proceeding_id = x.proceeding_id AND e.n = 1
  ON CONFLICT (account_id, entry_id) DO NOTHING;
INSERT INTO casework.exclusion SELECT a.id, p.id, now(), 'x'
  FROM p, identity.account a WHERE a.email LIKE '%@comity.test' AND i > ${MANY} - 500;
ANALYZE;`;

export interface Crowd {
  /** Who sees all, a hundred, three and none of them; and those whose office owes a lot. */
  readonly viewers: Readonly<Record<'all' | 'hundred' | 'three' | 'none' | 'office', Viewer>>;
  /** A proceeding with a thick file, which all but `none` see. */
  readonly thick: string;
  readonly session: string;
  /** The proceedings that have their places in it. */
  readonly placed: readonly string[];
  /** One document and one recommendation of it. */
  readonly document: string;
  readonly recommendation: string;
}

/** Fills a database with proceedings and their files, past every rule; statistics with them. */
export async function crowd(plot: Plot): Promise<Crowd> {
  for (const key of ['hundred', 'three']) {
    await plot.rows('INSERT INTO identity.principal VALUES ($1, $2, $3)', [
      randomUUID(),
      `organization:${key}`,
      'organization',
    ]);
  }
  const viewers = {
    all: await plot.person('state:SVN'),
    hundred: await plot.person('organization:hundred'),
    three: await plot.person('organization:three'),
    none: await plot.person(),
    office: await plot.person('secretariat:upr'),
  };
  await connected(plot.database.adminUrl, (client) => client.query(SEED));
  const [row] = await plot.rows<{ id: string }>(
    `SELECT a.proceeding_id AS id FROM casework.access a JOIN identity.principal q
       ON q.id = a.principal_id AND q.key = 'organization:three'
     JOIN journal.chain c ON c.proceeding_id = a.proceeding_id AND c.n > 1`,
  );
  const thick = row!.id;
  const oneOf = async (table: 'document' | 'recommendation'): Promise<string> => {
    const one = `SELECT id FROM casework.${table} WHERE proceeding_id = $1 AND compartment = 'parties'
       ORDER BY id LIMIT 1`;
    return (await plot.rows<{ id: string }>(one, [thick]))[0]!.id;
  };
  const [document, recommendation] = [await oneOf('document'), await oneOf('recommendation')];
  const placed = await plot.rows<{ id: string }>(
    'SELECT p.id FROM casework.proceeding p JOIN reference.slot s ON s.id = p.slot_id',
  );
  const inSession = { session: SESSION, placed: placed.map(({ id }) => id) };
  return { viewers, thick, ...inSession, document, recommendation };
}
