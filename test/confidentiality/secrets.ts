import { randomUUID } from 'node:crypto';
import { FORMATS } from '../../src/platform/formats/format.js';
import { comment, docx, inserted, paragraph } from '../factories/word.js';
import { EXAMPLE_WORDS } from '../../src/example-words.js';
import { begin, publishedOf, say, word } from '../factories/follow-up.js';
import { pledge } from '../factories/pledge.js';
import { queried } from '../database/direct.js';
import type { Client } from '../setup/api.js';
import { CAST, FRA, TROIKA, type Player, type Stage } from './cast.js';
import { allIds, crawl } from './crawl.js';

/** Who may see each secret at a moment of the review. Whoever is not named must not. */
export type Table = Readonly<Record<string, readonly Player[]>>;

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** Tokens that stand nowhere else, by the name of what they are written into. */
export class Secrets {
  /** Who sees a text that its States never agreed to. */
  static readonly PROPOSED = {
    'proposed text': [...FRA, ...TROIKA],
    'why it is proposed': [...FRA, ...TROIKA],
  } satisfies Table;

  readonly #tokens = new Map<string, string>();

  /** The token of that name: a text that anybody could have written. */
  of(name: string): string {
    const known = this.#tokens.get(name) ?? `canary ${name} ${randomUUID()}`;
    this.#tokens.set(name, known);
    return known;
  }

  all(): IterableIterator<[string, string]> {
    return this.#tokens.entries();
  }

  /** Begins a document whose title, symbol and content are secrets; answers its id and version. */
  async draft({ review }: Stage, who: Client, kind: string, name: string): Promise<Versioned> {
    const fields = { title: this.of(`${name}: title`), symbol: this.of(`${name}: symbol`) };
    const { body } = await who
      .post(`/v1/reviews/${review}/documents`, { kind, ...fields })
      .expect(201);
    return this.write(who, body as Versioned, `${name}: content`);
  }

  async write(who: Client, { id, version }: Versioned, name: string): Promise<Versioned> {
    const words = `${this.of(name)} and a few words`;
    const sent = await who.upload(`/v1/documents/${id}/content`, words, { version }).expect(200);
    return sent.body as Versioned;
  }

  /** Files one that was written in Word, whose author and comment are secrets too. */
  async fileWord({ review }: Stage, who: Client, kind: string, name: string): Promise<void> {
    const fields = { title: this.of(`${name}: title`), symbol: this.of(`${name}: symbol`) };
    const url = `/v1/reviews/${review}/documents`;
    const { body } = await who.post(url, { kind, ...fields }).expect(201);
    const { id, version } = body as Versioned;
    const author = this.of(`${name}: author`);
    const bytes = await docx({
      body: `${paragraph(this.of(`${name}: content`))}${paragraph(inserted('New', author))}${paragraph(comment(1))}`,
      comments: [this.of(`${name}: comment`)],
      author,
    });
    const sent = await who
      .upload(`/v1/documents/${id}/content`, bytes, { version, type: FORMATS.docx })
      .expect(200);
    const { version: now } = sent.body as Versioned;
    await who.post(`/v1/documents/${id}/submit`, undefined, { version: now }).expect(200);
  }

  async file(stage: Stage, who: Client, kind: string, name: string): Promise<string> {
    const { id, version } = await this.draft(stage, who, kind, name);
    await who.post(`/v1/documents/${id}/submit`, undefined, { version }).expect(200);
    return id;
  }

  /** A text for a recommendation of two States, to which one of them has yet to agree. Answers its id. */
  async propose({ world, review, cast }: Stage): Promise<string> {
    const id = await world.recommend(cast.fra, review, this.of('joint text'), ['BRA']);
    const url = `/v1/recommendations/${id}`;
    const { body } = await cast.bra.post(`${url}/confirm`, {}).expect(200);
    const { version } = body as Versioned;
    const text = { text: this.of('proposed text'), reason: this.of('why it is proposed') };
    await cast.fra.post(`${url}/amendments`, text, { version }).expect(201);
    return id;
  }

  /** A pledge before all parties, and one in the desk of the State. */
  async promise({ review, cast }: Stage): Promise<void> {
    await pledge(cast.svn, review, this.of('pledge'));
    const draft = { text: this.of('draft of a pledge') };
    await cast['svn drafter'].post(`/v1/reviews/${review}/pledges`, draft).expect(201);
  }

  /** What the State and an organization say of implementation, and what lies in their desks. */
  async followUp({ world, review, cast }: Stage): Promise<void> {
    await world.reach(review, 'SVN', 'adopted');
    await begin(world, review);
    const [first] = await publishedOf(world, review);
    const said = (grade: string, name: string) => word(first!, grade, { text: this.of(name) });
    await say(cast.svn, review, said('fully-implemented', 'status'));
    await say(cast['other ngo'], review, said('E', 'assessment'));
    const url = `/v1/reviews/${review}/follow-up`;
    const draft = { items: [said('not-implemented', 'draft of a status')] };
    await cast['svn drafter'].post(url, draft).expect(200);
    await cast.ngo.post(url, { items: [said('C', 'draft of an assessment')] }).expect(200);
  }

  /** Begins a corrigendum of a published document, and leaves it in the desk; answers its id. */
  async correct({ review }: Stage, who: Client, name: string): Promise<string> {
    const list = await who.get(`/v1/reviews/${review}/documents`, { limit: 200 }).expect(200);
    const { items } = list.body as { items: (Versioned & { title: string })[] };
    const { id, version } = items.find(({ title }) => title === this.of(`${name}: title`))!;
    const reason = { reason: this.of('reason of the corrigendum') };
    const begun = await who.post(`/v1/documents/${id}/versions`, reason, { version }).expect(201);
    const { version: now } = begun.body as Versioned;
    await this.write(who, { id, version: now }, 'content of the corrigendum');
    return id;
  }

  /** Marks a passage in a submission and writes a paragraph that rests on it, as the secretariat. */
  async summarize({ review, cast }: Stage, name: string): Promise<void> {
    const { secretariat: office } = cast;
    const list = await office.get(`/v1/reviews/${review}/documents`, { limit: 200 }).expect(200);
    const { items } = list.body as { items: { id: string; title: string }[] };
    const source = items.find(({ title }) => title === this.of(`${name}: title`))!.id;
    const read = await office.get(`/v1/sources/${source}/paragraphs`).expect(200);
    const [{ label }] = (read.body as { items: [{ label: string }] }).items;
    const told = { source, paragraph: label, theme: 'health', note: this.of('note on a passage') };
    const marked = await office.post(`/v1/reviews/${review}/passages`, told).expect(201);
    const { id: passage } = marked.body as Versioned;
    const paragraphs = `/v1/reviews/${review}/summary/paragraphs`;
    const begun = await office.post(paragraphs, { passages: [passage] }).expect(201);
    const { id, version } = begun.body as Versioned;
    const text = this.of('paragraph of a summary');
    const body = { text, notes: [{ passages: [passage] }], theme: 'health' };
    await office.put(`/v1/summary-paragraphs/${id}`, body, { version }).expect(200);
  }

  /** Writes a paragraph into the draft report, or the addendum in the desk of the State. */
  async report({ review }: Stage, who: Client, kind: string, name: string): Promise<void> {
    const section = kind === 'addendum' ? 'noted' : 'presentation';
    const url = `/v1/reviews/${review}/report/paragraphs?kind=${kind}`;
    await who.post(url, { section, text: this.of(name) }).expect(201);
  }

  /** No route writes into this compartment yet; the database keeps it apart all the same. */
  async plantForCommittee({ world, review }: Stage): Promise<void> {
    await queried(
      world.api.database.adminUrl,
      `INSERT INTO casework.document VALUES ($1, $2, 'committee', 'decision', 'secretariat:upr',
         'secretariat:upr', $3, $4, 'draft', false, false, date_trunc('milliseconds', now()), NULL, NULL, 1)`,
      [randomUUID(), review, this.of('committee: title'), this.of('committee: symbol')],
    );
  }

  /** Somebody asks that a published document be withdrawn, and the secretariat does it, whole. */
  async withdraw({ cast }: Stage, name: string): Promise<void> {
    const { body } = await cast.anonymous.get('/v1/record/documents', { limit: 200 }).expect(200);
    const { items } = body as { items: { id: string; title: string }[] };
    const { id } = items.find(({ title }) => title === this.of(`${name}: title`))!;
    const item = { kind: 'document', id };
    const why = this.of('why of a request');
    await cast.stranger.post('/v1/withdrawal-requests', { item, why }).expect(201);
    const told = { ground: 'risk-to-person', reason: this.of('reason of a withdrawal') };
    await cast.secretariat.post('/v1/withdrawals', { item, whole: true, ...told }).expect(201);
  }

  /** Who sees which of these secrets in what each has read. */
  seen(texts: Readings, names: readonly string[]): Table {
    const entries = names.map((name) => {
      const token = this.of(name);
      return [name, CAST.filter((player) => texts[player].includes(token))];
    });
    return Object.fromEntries(entries) as Table;
  }
}

export type Readings = Readonly<Record<Player, string>>;

/** Everything that each can read, as one text: the open part and what their session opens. */
export async function readings({ world, cast }: Stage): Promise<Readings> {
  const { api } = world;
  const ids = await allIds(api.database.adminUrl);
  const texts: Partial<Record<Player, string>> = {};
  const open = [...(await crawl(api, cast.anonymous, ids, 'open')).values()];
  for (const player of CAST) {
    const closed = [...(await crawl(api, cast[player], ids, 'closed')).values()];
    texts[player] = [...open, ...closed].join('\n');
  }
  return texts as Readings;
}

/** All parts of a document, seen by these. */
export const ofDocument = (name: string, who: readonly Player[]): Table => ({
  [`${name}: title`]: who,
  [`${name}: symbol`]: who,
  [`${name}: content`]: who,
});

/** The same table with everybody in the order of the cast. */
export const inOrder = (table: Table): Table =>
  Object.fromEntries(
    Object.entries(table).map(([name, who]) => [name, CAST.filter((each) => who.includes(each))]),
  );

/** The contract shows tokens that nobody has. */
const SHOWN = String(EXAMPLE_WORDS['token']).slice(3);

/** A token of a session, key or mail, or the hash of a password, in a text. */
export const credentialIn = (text: string): string | undefined =>
  /argon2|\bc[skmr]_[\w-]{20}/.exec(text.replaceAll(SHOWN, ''))?.[0];
