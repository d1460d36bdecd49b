import type { Comity } from '../../client/index.js';
import { correctDocument, fileDocument, type Filers } from './file-documents.js';
import {
  givePositions,
  labelRecommendations,
  makeRecommendations,
} from './make-recommendations.js';
import type { People } from './people.js';
import type { DocumentKind, RealRecommendation, RealReview } from './real-review.js';
import { ReplayFault } from './replay-fault.js';
import type { TestClock } from './test-clock.js';
import { issuedAt, outcomeStarts, timetable, type Timetable } from './timetable.js';

/** By whom a State's documents are filed; the secretariat files the others. */
const OF_THE_STATE: DocumentKind[] = ['national-report', 'addendum'];
/** How long the house waits after a deadline before it acts on its expiry, amply. */
const AFTER_EXPIRY = 60_000;

interface Production {
  readonly review: RealReview;
  readonly people: People;
  readonly clock: TestClock;
  /** The bytes of one of the review's files. */
  readonly bytesOf: (file: string) => Buffer;
  /** Tells whoever watches, in a short line. */
  readonly say: (line: string) => void;
}

interface Act {
  readonly at: number;
  readonly what: string;
  readonly play: () => Promise<unknown>;
}
const act = (at: number, what: string, play: Act['play']): Act => ({ at, what, play });

type Mover = 'secretariat' | 'president' | 'rapporteur' | 'stateUnderReview';

/** Plays a review from its opening to the decision, each act at its instant of the calendar. */
export async function playReview(production: Production, slotId: string): Promise<void> {
  const { people, clock, review, say } = production;
  const secretariat = await people.secretariat();
  const { id } = await secretariat.post('/v1/reviews', { body: { slotId } });
  const deadlines = await secretariat.all('/v1/reviews/{id}/deadlines', { path: { id } });
  const due = new Map(deadlines.map((each) => [each.key, Date.parse(each.due)]));
  const acts = new Play(production, id, secretariat).acts(timetable(review, due));
  for (const { at, what, play } of acts.toSorted((a, b) => a.at - b.at)) {
    await clock.advance(at);
    say(`${new Date(at).toISOString().slice(0, 16)}Z  ${what}`);
    await play();
  }
}

/** One review on the stage. */
class Play {
  readonly #documents = new Map<DocumentKind, string>();
  /** Ids of the recommendations, by label. */
  #made: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly production: Production,
    private readonly id: string,
    private readonly secretariat: Comity,
  ) {}

  private get path() {
    return { id: this.id };
  }

  /** In an order that the procedure allows; acts of one instant keep it. */
  acts(times: Timetable): Act[] {
    const { recommendations } = this.production.review;
    const given = (where: RealRecommendation['given']): RealRecommendation[] =>
      recommendations.filter((each) => each.given === where);
    const [room, written, silent] = [given('in-the-room'), given('addendum'), given('unanswered')];
    return [
      act(times.troika, 'the troika is drawn', () => this.#recordTroika(times.troika)),
      ...this.#filings(times),
      this.#moving(times.issued, 'the documents are issued', 'secretariat', 'issue-documents'),
      this.#moving(times.questions, 'questions are relayed', 'rapporteur', 'relay-questions'),
      act(times.dialogueStarts, `${recommendations.length} recommendations are made`, () =>
        this.#recommend(),
      ),
      this.#moving(times.dialogueEnds, 'the dialogue has been held', 'president', 'hold-dialogue'),
      act(times.report, `labels, and ${room.length} positions in the room`, async () => {
        await labelRecommendations(this.id, this.#made, this.secretariat);
        await this.#answer(room);
      }),
      act(times.reportAdopted, 'the list is circulated, and the troika signs off', () =>
        this.#signOff(),
      ),
      this.#moving(times.reportAdopted, 'the report is adopted', 'president', 'adopt-report'),
      act(times.answers, `${written.length} positions in writing`, () => this.#answer(written)),
      this.#closing(times, silent.length),
      this.#moving(times.outcomeAdopted, 'the outcome is adopted', 'president', 'adopt-outcome'),
    ];
  }

  /** A State that has answered everything says so; for another the clock does, at the plenary. */
  #closing({ answers }: Timetable, silent: number): Act {
    if (silent === 0) {
      return this.#moving(answers, 'positions are closed', 'stateUnderReview', 'close-positions');
    }
    const at = outcomeStarts(this.production.review) + AFTER_EXPIRY;
    return act(at, `the clock closes positions, ${silent} unanswered`, () => this.#expectClosed());
  }

  #filings({ filed }: Timetable): Act[] {
    const { review, bytesOf } = this.production;
    return review.documents.flatMap((document) => {
      const { kind, symbol, file, corrigenda, language } = document;
      const filing = act(filed[kind], `${kind} ${symbol} is filed`, async () => {
        const filers = await this.#filers(kind);
        this.#documents.set(kind, await fileDocument(this.id, document, bytesOf(file), filers));
      });
      const corrections = corrigenda.map((each) => {
        const at = Math.max(filed[kind], issuedAt(review, each) ?? 0);
        return act(at, `${each.symbol} is filed`, async () => {
          const id = this.#documents.get(kind) ?? '';
          const text = { symbol: each.symbol, language };
          await correctDocument(id, text, bytesOf(each.file), await this.#filers(kind));
        });
      });
      return [filing, ...corrections];
    });
  }

  async #recordTroika(at: number): Promise<void> {
    const { review } = this.production;
    const { path, secretariat } = this;
    const { version } = await secretariat.get('/v1/reviews/{id}', { path });
    const body = {
      states: review.troikaCodes,
      drawnOn: review.calendar.troikaSelected ?? new Date(at).toISOString().slice(0, 10),
      meeting: 'Human Rights Council, selection of the troikas',
      witnesses: ['Secretary of the Human Rights Council'],
    };
    await secretariat.post('/v1/reviews/{id}/troika', { path, version, body });
    await this.#move('secretariat', 'record-troika');
  }

  async #recommend(): Promise<void> {
    const { review, people, say } = this.production;
    const told = (made: number): void => say(`${' '.repeat(19)}${made} made`);
    this.#made = await makeRecommendations(this.id, review.recommendations, people, told);
  }

  async #answer(recommendations: readonly RealRecommendation[]): Promise<void> {
    const positions = recommendations.map(
      ({ label, position }) => [this.#made.get(label) ?? '', position] as const,
    );
    await givePositions(this.id, new Map(positions), await this.#filers('addendum'));
  }

  /** What the newest version asks for before the report is adopted. */
  async #signOff(): Promise<void> {
    const { people, review } = this.production;
    const { path, secretariat } = this;
    await secretariat.post('/v1/reviews/{id}/circulations', { path });
    const documentId = this.#documents.get('working-group-report') ?? '';
    const { versions } = await secretariat.get('/v1/documents/{id}', { path: { id: documentId } });
    const body = { documentId, version: versions.length };
    for (const state of review.troikaCodes) {
      const rapporteur = await people.head(state);
      await rapporteur.post('/v1/reviews/{id}/sign-offs', { path, body });
    }
  }

  async #filers(kind: DocumentKind): Promise<Filers> {
    const { people, review } = this.production;
    if (OF_THE_STATE.includes(kind)) {
      const [prepares, submits] = [people.drafter(review.iso3), people.head(review.iso3)];
      return { prepares: await prepares, submits: await submits };
    }
    return { prepares: this.secretariat, submits: this.secretariat };
  }

  #moving(at: number, what: string, by: Mover, move: string): Act {
    return act(at, what, () => this.#move(by, move));
  }

  async #move(by: Mover, move: string): Promise<void> {
    const { people, review } = this.production;
    const movers: Record<Mover, () => Promise<Comity>> = {
      secretariat: () => people.secretariat(),
      president: () => people.president(),
      rapporteur: () => people.head(review.troikaCodes[0] ?? ''),
      stateUnderReview: () => people.head(review.iso3),
    };
    const who = await movers[by]();
    const { path } = this;
    const { version } = await who.get('/v1/reviews/{id}', { path });
    await who.post('/v1/reviews/{id}/moves', { path, version, body: { move } });
  }

  /** The plenary has begun, and the State has not said its last word. */
  async #expectClosed(): Promise<void> {
    const { path } = this;
    const { status } = await this.secretariat.get('/v1/reviews/{id}', { path });
    if (status === 'positioned') return;
    throw new ReplayFault('positions-open', `the plenary has begun, and the review is ${status}`);
  }
}
