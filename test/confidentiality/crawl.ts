import type { AddressInfo } from 'node:net';
import { operations } from '../../src/contract.js';
import { WORKLISTS } from '../../src/modules/worklists/worklists.rules.js';
import { readZip } from '../../src/platform/formats/zip.js';
import type { Operation } from '../../src/platform/http/operation.js';
import { queried } from '../database/direct.js';
import { PLANTED } from '../factories/calendars.js';
import type { Client, TestApi } from '../setup/api.js';

/** Every id there is, by the kind of thing that it names: hidden ones too. */
export type Ids = Readonly<Record<Kind, readonly string[]>>;
type Kind = keyof typeof KINDS;

const KINDS = {
  memberships: 'identity.membership',
  sessions: 'reference.session',
  reviews: 'casework.proceeding',
  communications: 'casework.proceeding',
  documents: 'casework.document',
  recommendations: 'casework.recommendation',
  pledges: 'casework.pledge',
  lots: 'casework.lot',
  // A submission is a source before anybody has touched it.
  sources: `(SELECT id FROM casework.summary_source UNION
    SELECT id FROM casework.document WHERE kind LIKE '%-submission') AS s`,
  'summary-paragraphs': 'casework.summary_paragraph',
  'report-paragraphs': 'casework.report_paragraph',
  reservations: 'casework.reservation',
  notices: 'identity.notice',
  webhooks: 'identity.webhook',
  'failed-jobs': 'identity.failed_job',
  speakers: 'casework.speaker',
  questions: 'casework.question',
  withdrawals: 'casework.withdrawal',
  'withdrawal-requests': 'casework.withdrawal_request',
  'record/roots': '(SELECT day::text AS id FROM record.root) AS r',
  'record/proceedings': 'record.proceeding',
  'record/documents': 'record.document',
  'record/recommendations': 'record.recommendation',
  'record/pledges': 'record.pledge',
  'record/speakers': 'record.speaker',
  'record/questions': 'record.question',
  'record/assessments': 'record.assessment',
};

/** As the administrator of the database. */
export async function allIds(adminUrl: string): Promise<Ids> {
  const found = Object.entries(KINDS).map(async ([kind, table]) => {
    const rows = await queried<{ id: string }>(adminUrl, `SELECT id FROM ${table} ORDER BY id`);
    return [kind, rows.map(({ id }) => id)] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as unknown as Ids;
}

const KEYS: Record<string, readonly string[]> = {
  '/v1/states/{iso3}': ['SVN'],
  '/v1/bodies/{key}/seats': ['hrc'],
  '/v1/bodies/{key}/members': ['aarhus-committee'],
  '/v1/treaties/{key}/parties': ['aarhus'],
  '/v1/mechanisms/{key}/versions/{n}': ['upr'],
  '/v1/vocabularies/{name}': ['problems', 'upr.stages', 'ohchr-themes'],
  '/v1/calendar-feeds/{token}': [PLANTED],
  '/v1/unsubscriptions/{token}': [PLANTED],
};

/** What else a list may be asked, so that a filter tells no more than the list. */
const ASKED: Record<string, readonly string[]> = {
  listDocuments: ['kind=national-report', 'kind=stakeholder-submission', 'limit=4'],
  listRecommendations: ['status=draft', 'recommendingState=FRA', 'limit=4'].concat([
    'category=5',
    'theme=education',
  ]),
  listPledges: ['limit=1'],
  listFollowUp: ['side=state:SVN', 'status=draft', 'limit=1'],
  listReviews: ['state=SVN', 'status=preparation', 'limit=4'],
  listCommunications: ['party=KAZ', 'status=preliminary', 'limit=4'],
  readCommunicationJournal: ['limit=15', 'compartment=parties', 'compartment=committee'],
  listCommunicationDocuments: ['kind=annex', 'limit=4'],
  readJournal: ['limit=15', 'compartment=parties', 'compartment=desk:state:FRA'],
  proveJournal: ['compartment=case', 'compartment=parties', 'compartment=desk:state:FRA'],
  listSpeakers: ['list=plenary'],
  getDialogue: ['occasion=plenary'],
  listQuestions: ['askingState=FRA', 'limit=1'],
  listWithdrawalRequests: ['status=open'],
  listSources: ['kind=compilation', 'cited=false', 'limit=4'],
  listSourceParagraphs: ['limit=1'],
  listPassages: ['used=false', 'theme=health', 'limit=4'],
  getSummary: ['kind=compilation'],
  getReport: ['kind=addendum'],
  exportReport: ['as=html', 'kind=addendum&as=html'],
  exportSummary: ['as=html', 'kind=compilation'],
  getContent: ['version=2', 'which=original'],
  getReceipt: ['version=1', 'language=en'],
  getReceiptOpening: ['version=1', 'language=en'],
  listAccounts: ['limit=4'],
  listMemberships: ['side=state:FRA', 'limit=4'],
  listOrganizations: ['kind=ngo', 'limit=4'],
  duties: ['limit=4'],
  listConflicts: ['limit=1'],
  listRecusals: ['limit=1'],
  listMembers: ['on=2027-01-10', 'limit=1'],
  listFailedJobs: ['status=open', 'limit=1'],
  listDeliveries: ['status=failed', 'compartment=case&n=1', 'limit=1'],
};

const reads = (): Operation[] => operations().filter(({ method }) => method === 'GET');

/**
 * The addresses of an operation, one for each id of the kind that its path names.
 *
 * @throws Error for a path that nobody has entered here: a new operation must be crawled
 */
function addressesOf({ path, params }: Operation, ids: Ids): string[] {
  if (!params) return [path];
  if (KEYS[path]) {
    return KEYS[path].map((key) =>
      path.replace(/\{(key|iso3|name|token)\}/, key).replace('{n}', '1'),
    );
  }
  const kind = /^\/v1\/(.+?)\/\{(?:id|day)\}/.exec(path)?.[1] as Kind | undefined;
  if (!kind || !ids[kind]) throw new Error(`the crawl does not know the ids of ${path}`);
  const kinds = path.includes('{kind}') ? WORKLISTS : [''];
  return ids[kind].flatMap((id) =>
    kinds.map((each) => path.replace(/\{(id|day)\}/, id).replace('{kind}', each)),
  );
}

export type Answers = ReadonlyMap<string, string>;

/** As many requests as the API of the tests has connections. */
const TOGETHER = 5;

/** What differs between two answers to one request, and tells nothing. */
const OWN = ['date', 'x-correlation-id'];

/**
 * One answer as text: status, headers but the two that name the moment and the request, body. The
 * API listens, so that connections are kept and thousands of questions are quick.
 */
export async function ask(api: TestApi, client: Client, url: string): Promise<string> {
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  const headers = new Headers();
  if (client.token !== undefined) headers.set('authorization', `Bearer ${client.token}`);
  const answer = await fetch(`http://127.0.0.1:${port}${url}`, { headers });
  const told = [...answer.headers].filter(([name]) => !OWN.includes(name));
  return [answer.status, JSON.stringify(told), await wordsOf(answer)].join('\n');
}

/** What is in the body, also where it is packed. */
async function wordsOf(answer: Response): Promise<string> {
  const body = Buffer.from(await answer.arrayBuffer());
  if (!answer.headers.get('content-type')?.includes('officedocument')) return body.toString();
  const entries = [...(await readZip(body))];
  return entries.map(([name, content]) => `${name}\n${content.toString()}`).join('\n');
}

/**
 * The GETs of the contract with every id there is, every page of every list, as one viewer: the open
 * ones, which ask nobody who they are, or those that need a session.
 */
export async function crawl(
  api: TestApi,
  client: Client,
  ids: Ids,
  which: 'open' | 'closed' = client.token === undefined ? 'open' : 'closed',
): Promise<Answers> {
  const follow = async (first: string): Promise<[string, string][]> => {
    const pages = new Map<string, string>();
    for (let url: string | undefined = first; url !== undefined;) {
      if (pages.has(url)) throw new Error(`the list ${first} goes round in circles`);
      const answer = await ask(api, client, url);
      pages.set(url, answer);
      url = /\["link","<([^>]+)>; rel=\\"next\\""\]/.exec(answer)?.[1];
    }
    return [...pages];
  };
  const urls = reads()
    .filter(({ open }) => (open ?? false) === (which === 'open'))
    .flatMap((operation) => {
      const asked = ASKED[operation.id] ?? [];
      const { limit, count } = operation.query?.shape ?? {};
      // A number tells of what is hidden as much as a row does.
      const whole = [limit && 'limit=200', count && 'count=true'].filter(Boolean).join('&');
      return addressesOf(operation, ids).flatMap((address) =>
        [whole, ...asked].map((query) => (query === '' ? address : `${address}?${query}`)),
      );
    });
  const answers: [string, string][] = [];
  while (urls.length > 0) {
    const some = await Promise.all(urls.splice(0, TOGETHER).map(follow));
    answers.push(...some.flat());
  }
  return new Map(answers);
}

/** The GETs of the contract that no answer with 200 is of, by their ids. */
export function unreadBy(answers: Iterable<[url: string, text: string]>): string[] {
  const answered = [...answers].filter(([, text]) => text.startsWith('200')).map(([url]) => url);
  const unread = reads().filter(({ path }) => {
    const pattern = new RegExp(
      `^${path.replaceAll(/\{\w+\}/g, '[^/?]+').replaceAll('.', '\\.')}(\\?|$)`,
    );
    return !answered.some((url) => pattern.test(url));
  });
  return unread.map(({ id }) => id);
}
