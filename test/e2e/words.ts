import type { Response } from 'supertest';
import type { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import type { Ledger } from './ledger.js';

export interface Item {
  id: string;
  version: number;
  text: string;
  wording: number;
  sent: string;
  delivered: { wording: number; text: string; status: string } | null;
  openWordings: number[];
  partOf: string | null;
  label: string | null;
  status: string;
  recommendingStates: { state: string; status: string }[];
  position: { position: string } | null;
  classification: { category: { codes: string[] } } | null;
  publicId: string | null;
  actions: { action: string; allowed: boolean; because: string | null; deadline: string | null }[];
}
interface Entry {
  n: number;
  kind: string;
  by: string;
  texts: string[];
  status: string;
  reason: string | null;
  replaces: number | null;
  decidedBy: string | null;
  answers: { state: string; accepted: boolean }[];
}

/** A request that is sent when it is waited for. */
class Call implements PromiseLike<Response> {
  constructor(private readonly send: () => Promise<Response>) {}

  then<A, B = never>(
    fulfilled: ((answer: Response) => A | PromiseLike<A>) | null | undefined,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.send().then(fulfilled, failed);
  }

  async expect(status: number): Promise<Response> {
    const answer = await this.send();
    if (answer.status !== status) throw new Error(`${answer.status} ${answer.text}`);
    return answer;
  }
}

/** What people do with the words of a recommendation; nothing is sent until it is waited for. */
export class Words {
  constructor(
    readonly world: World,
    readonly ledger: Ledger,
    readonly review: string,
  ) {}

  /** Made by `who`, and confirmed by each of the others. */
  async made(who: Client, others: string[] = [], text = 'Ratify it'): Promise<string> {
    const id = await this.world.recommend(who, this.review, text, others);
    for (const state of others) {
      const partner = await this.world.delegation(state);
      await partner.post(`/v1/recommendations/${id}/confirm`, {}).expect(200);
    }
    return id;
  }

  async read(who: Client, id: string): Promise<Item> {
    return (await who.get(`/v1/recommendations/${id}`).expect(200)).body as Item;
  }

  async history(who: Client, id: string): Promise<Entry[]> {
    const { body } = await who.get(`/v1/recommendations/${id}/amendments`).expect(200);
    return (body as { items: Entry[] }).items;
  }

  /** The names of what the viewer may do with it. */
  async allowed(who: Client, id: string): Promise<string[]> {
    const { actions } = await this.read(who, id);
    return actions.flatMap(({ action, allowed }) => (allowed ? [action] : []));
  }

  /** For the version that stands when it is sent. */
  versioned(who: Client, id: string, path: string, body: object): Call {
    return new Call(async () => {
      const { version } = await this.read(who, id);
      return who.post(`/v1/recommendations/${id}/${path}`, body, { version });
    });
  }

  amend(who: Client, id: string, text: string, more: object = {}) {
    return this.versioned(who, id, 'amendments', { text, reason: 'A word was missing', ...more });
  }

  deliver(who: Client, id: string, text: string) {
    return this.versioned(who, id, 'delivered', { text });
  }

  askSplit(who: Client, id: string, parts: string[]) {
    return this.versioned(who, id, 'splits', { parts, reason: 'The parts are clear' });
  }

  answer(who: Client, id: string, n: number, accept = true) {
    return who.post(`/v1/recommendations/${id}/amendments/${n}/answers`, { accept });
  }

  hear(who: Client, id: string, confirm = true) {
    return who.post(`/v1/recommendations/${id}/delivered/answers`, { confirm });
  }

  leave(who: Client, id: string, body: object = {}) {
    return who.post(`/v1/recommendations/${id}/withdraw`, body);
  }

  decide(who: Client, id: string, n: number, more: object = {}) {
    const body = { grant: true, reason: 'The parts are clear', ...more };
    return who.post(`/v1/recommendations/${id}/splits/${n}/decision`, body);
  }

  confirm(who: Client, id: string, more: object = {}) {
    return who.post(`/v1/recommendations/${id}/confirm`, more);
  }

  label(labels: readonly (readonly [id: string, label: string])[]) {
    return this.world.secretariat.post(`/v1/reviews/${this.review}/recommendations/labels`, {
      labels: labels.map(([id, label]) => ({ id, label })),
    });
  }

  /** The last entries that the journal has of what is before the parties. */
  async told(last = 1): Promise<string[]> {
    const entries = (await this.ledger.journal(this.review, 'parties')).slice(-last);
    return entries.map(({ what, by }) => `${by} ${what}`);
  }

  /** Texts that stand without the agreement of a State under them, and texts the history does not give. */
  async unfounded(): Promise<object[]> {
    return this.ledger.rows(UNFOUNDED, [this.review]);
  }

  async published<T>(
    what: 'recommendations' | 'pledges' | 'proceedings',
    query = {},
  ): Promise<T[]> {
    const anyone = this.world.api.as();
    const { body } = await anyone.get(`/v1/record/${what}`, { limit: 200, ...query }).expect(200);
    return (body as { items: T[] }).items;
  }
}

/**
 * Read by the administrator of the database, from the rows alone: whose text is not the one that its
 * wordings lead to, and who is confirmed under one that they never accepted.
 */
const UNFOUNDED = `WITH RECURSIVE stood AS (
    SELECT w.recommendation_id, w.n, w.texts FROM casework.wording w
      WHERE w.proceeding_id = $1 AND w.n = 1
    UNION ALL
    SELECT w.recommendation_id, w.n, w.texts FROM stood s JOIN casework.wording w
      ON w.recommendation_id = s.recommendation_id AND w.replaces = s.n AND w.status = 'adopted'
      AND cardinality(w.texts) = 1),
  last AS (SELECT DISTINCT ON (recommendation_id) * FROM stood ORDER BY recommendation_id, n DESC)
  SELECT r.id, 'text' AS what, NULL AS state FROM casework.recommendation r
    LEFT JOIN last l ON l.recommendation_id = r.id
    WHERE r.proceeding_id = $1 AND r.compartment = 'parties'
      AND (l.n IS DISTINCT FROM r.wording OR l.texts[1] IS DISTINCT FROM r.text)
  UNION ALL
  SELECT r.id, 'agreement', s.iso3 FROM casework.recommendation r
    JOIN casework.recommender s ON s.recommendation_id = r.id AND s.status = 'confirmed'
    WHERE r.proceeding_id = $1 AND NOT EXISTS (SELECT FROM casework.wording w
      JOIN casework.wording_answer a ON a.wording_id = w.id AND a.iso3 = s.iso3 AND a.accepted
      WHERE w.recommendation_id = r.id AND w.n = r.wording)`;
