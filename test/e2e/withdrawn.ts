import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { FORMATS } from '../../src/platform/formats/format.js';
import { FolderStore } from '../../src/platform/storage/folder-store.js';
import type { Seal, Vault } from '../../src/platform/vault/vault.js';
import { queried } from '../database/direct.js';
import { allIds, crawl } from '../confidentiality/crawl.js';
import { docx, paragraph } from '../factories/word.js';
import type { World } from '../factories/world.js';
import type { Client, TestApi } from '../setup/api.js';
import type { Ledger } from './ledger.js';

/** Everything that somebody without an account can read, as one text: every open GET, every page. */
export async function publicText(api: TestApi): Promise<string> {
  const ids = await allIds(api.database.adminUrl);
  const contents = await queried<{ url: string }>(
    api.database.adminUrl,
    `SELECT format('/v1/record/documents/%s/content?version=%s&language=%s', document_id, version,
       language) AS url FROM record.file`,
  );
  const answers = [...(await crawl(api, api.as(), ids, 'open')).values()];
  for (const { url } of contents) {
    const { status, headers, text } = await api.as().get(url);
    answers.push([status, JSON.stringify(headers), text].join('\n'));
  }
  return answers.join('\n');
}

/** Every row of these schemas as text, but of the tables named. */
export async function rowsText(
  adminUrl: string,
  schemas: readonly string[],
  but: readonly string[] = [],
): Promise<string> {
  const tables = await queried<{ name: string }>(
    adminUrl,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = ANY ($1) ORDER BY 1`,
    [schemas],
  );
  const texts: string[] = [];
  for (const { name } of tables.filter((table) => !but.includes(table.name))) {
    const rows = await queried<{ row: string }>(adminUrl, `SELECT t::text AS row FROM ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** Every file under a folder, one after the other, byte for byte. */
export async function filesText(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) =>
    readFile(path.join(parentPath, name), 'latin1'),
  );
  return (await Promise.all(texts)).join('\n');
}

/** Words that stand nowhere else. */
const token = (name: string): string => `canary ${name} ${randomUUID()}`;

export interface Secrets {
  readonly world: World;
  readonly review: string;
  readonly ngo: Client;
  readonly svn: Client;
  /** In casework: a submission in two versions, the first in two languages; a recommendation. */
  readonly filed: string;
  readonly made: string;
  /** The same in the record. */
  readonly document: string;
  readonly recommendation: string;
  readonly words: Readonly<Record<Word, string>>;
}
type Word =
  | 'title'
  | 'symbol'
  | 'first'
  | 'french'
  | 'reason'
  | 'second'
  | 'text'
  | 'stated'
  | 'comment';

interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly publicId: string;
}

/** A review of Slovenia in which secret words stand in every field that can be withdrawn. */
export async function publishSecrets(world: World): Promise<Secrets> {
  const words = {
    title: token('title'),
    symbol: token('symbol'),
    first: token('first version'),
    french: token('french'),
    reason: token('reason'),
    second: token('second version'),
    text: token('text'),
    stated: token('stated'),
    comment: token('comment'),
  };
  const review = await world.review('SVN');
  const { head: ngo } = await world.organization('An observatory');
  const svn = await world.delegation('SVN');
  await world.reach(review, 'SVN', 'preparation');
  const { title, symbol, first } = words;
  const filing = { kind: 'stakeholder-submission', title, symbol, text: first };
  const filed = await world.file(ngo, review, filing);
  const url = `/v1/documents/${filed}`;
  const shown = async (who: Client, address: string): Promise<Versioned> =>
    (await who.get(address).expect(200)).body as Versioned;
  const query = { language: 'fr', standing: 'courtesy' };
  const { version } = await shown(ngo, url);
  await ngo.upload(`${url}/content`, words.french, { version, query }).expect(200);
  await correct(ngo, url, words);
  await world.reach(review, 'SVN', 'ready');
  const made = await world.recommend(await world.delegation('FRA'), review, words.text);
  await world.reach(review, 'SVN', 'wg-adopted');
  await world.position(svn, made, 'noted', {
    statedPosition: words.stated,
    comment: words.comment,
  });
  await svn.post(`/v1/reviews/${review}/positions`, {}).expect(200);
  const { publicId: document } = await shown(ngo, url);
  const { publicId: recommendation } = await shown(svn, `/v1/recommendations/${made}`);
  return { world, review, ngo, svn, filed, made, document, recommendation, words };
}

export interface Filed {
  readonly id: string;
  readonly words: Readonly<Record<string, string>>;
}

/**
 * A submission that waits for its stage: in two versions, the first in two languages, one of them in
 * Word, whose author is a secret too; held back for a reason; and what somebody will write who asks
 * that it be withdrawn.
 */
export async function fileSecrets(ngo: Client, review: string): Promise<Filed> {
  const names = ['title', 'symbol', 'first', 'author', 'french', 'reason', 'second', 'held', 'why'];
  const words = Object.fromEntries(names.map((name) => [name, token(name)])) as Filed['words'];
  const fields = { title: words['title'], symbol: words['symbol'] };
  const { body } = await ngo
    .post(`/v1/reviews/${review}/documents`, { kind: 'stakeholder-submission', ...fields })
    .expect(201);
  const { id, version: begun } = body as Versioned;
  const url = `/v1/documents/${id}`;
  const version = async () => ((await ngo.get(url).expect(200)).body as Versioned).version;
  const bytes = await docx({ body: paragraph(words['first']!), author: words['author']! });
  const type = FORMATS.docx;
  await ngo.upload(`${url}/content`, bytes, { version: begun, type }).expect(200);
  const query = { language: 'fr', standing: 'courtesy' };
  const french = { version: await version(), query };
  await ngo.upload(`${url}/content`, words['french']!, french).expect(200);
  await ngo.post(`${url}/submit`, undefined, { version: await version() }).expect(200);
  await correct(ngo, url, { reason: words['reason']!, second: words['second']! });
  const held = { until: '2026-10-01T09:00:00Z', reason: words['held'] };
  await ngo.put(`${url}/embargo`, held, { version: await version() }).expect(200);
  return { id, words };
}

async function correct(
  who: Client,
  url: string,
  { reason, second }: { reason: string; second: string },
): Promise<void> {
  const { body: now } = await who.get(url).expect(200);
  const { version } = now as Versioned;
  const begun = await who.post(`${url}/versions`, { reason }, { version }).expect(201);
  const draft = begun.body as Versioned;
  const sent = await who.upload(`${url}/content`, second, { version: draft.version }).expect(200);
  const { version: last } = sent.body as Versioned;
  await who.post(`${url}/submit`, undefined, { version: last }).expect(200);
}

interface SealedRow {
  readonly id: string;
  readonly proceedingId: string;
  readonly withdrawalId: string;
  readonly seal: Seal;
  readonly content: Buffer | null;
  readonly fileKey: string | null;
}

/** What lies under seal, as the administrator of the database has it. */
export const sealedRows = (ledger: Ledger): Promise<SealedRow[]> =>
  ledger.rows(
    `SELECT id, proceeding_id AS "proceedingId", withdrawal_id AS "withdrawalId", seal, content,
       file_key AS "fileKey" FROM casework.sealed_original`,
  );

/** The same with the keys, as text. */
export async function opened(
  rows: readonly SealedRow[],
  vault: Vault,
  folder: string,
): Promise<string[]> {
  const store = new FolderStore(folder);
  const texts: string[] = [];
  for (const { seal, content, fileKey, ...place } of rows) {
    const sealed = content ?? (await buffer(await store.open(fileKey!)));
    const { id, proceedingId, withdrawalId } = place;
    texts.push(String(await vault.open(seal, sealed, { id, proceedingId, withdrawalId })));
  }
  return texts;
}
