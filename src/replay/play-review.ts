import type { Comity } from '../../client/index.js';
import type { State } from '../modules/directory/state-names.rules.js';
import { askQuestions } from './ask-questions.js';
import { firstDrawn, recordFirst, recordTroika } from './draw-lots.js';
import { correctDocument, fileDocument, type Filers } from './file-documents.js';
import { holdDialogue, registerSpeakers } from './hold-dialogue.js';
import { givePositions, labelRecommendations } from './make-recommendations.js';
import type { People } from './people.js';
import type { DocumentKind, RealRecommendation, RealReview } from './real-review.js';
import { ReplayFault } from './replay-fault.js';
import { readPrinted } from './report-text.js';
import type { TestClock } from './test-clock.js';
import { readReport, signOff, writeReport, type ComposedReport } from './write-report.js';
import { issuedAt, outcomeStarts, timetable, type Timetable } from './timetable.js';

/** By whom a State's documents are filed; the secretariat files the others. */
const OF_THE_STATE: DocumentKind[] = ['national-report', 'addendum'];
/** How long the house waits after a deadline before it acts on its expiry, amply. */
const AFTER_EXPIRY = 60_000;

interface Production {
  readonly review: RealReview;
  readonly people: People;
  readonly clock: TestClock;
  readonly states: readonly State[];
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

/** What the house composed on the way. */
export interface Composed {
  /** Before any label was given: in the order in which recommendations were made. */
  unlabelled?: ComposedReport;
  report?: ComposedReport;
  addendum?: ComposedReport;
  /** Particulars of the report that were copied from the printed one. */
  copied: readonly string[];
  /** Labels, by the ids of the recommendations that have them. */
  labels: ReadonlyMap<string, string>;
}

/** Plays a review from its opening to the decision, each act at its instant of the calendar. */
export async function playReview(production: Production, slotId: string): Promise<Composed> {
  const { people, clock, review, say } = production;
  const secretariat = await people.secretariat();
  const { id } = await secretariat.post('/v1/reviews', { body: { slotId } });
  const deadlines = await secretariat.all('/v1/reviews/{id}/deadlines', { path: { id } });
  const due = new Map(deadlines.map((each) => [each.key, Date.parse(each.due)]));
  const play = new Play(production, id, secretariat);
  const acts = play.acts(timetable(review, due));
  for (const { at, what, play: perform } of acts.toSorted((a, b) => a.at - b.at)) {
    await clock.advance(at);
    say(`${new Date(at).toISOString().slice(0, 16)}Z  ${what}`);
    await perform();
  }
  return play.composed;
}

/** One review on the stage. */
class Play {
  readonly #documents = new Map<DocumentKind, string>();
  readonly composed: Composed = { copied: [], labels: new Map() };
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
    const { review, people } = this.production;
    const { recommendations, questions, speakers } = review;
    const given = (where: RealRecommendation['given']): RealRecommendation[] =>
      recommendations.filter((each) => each.given === where);
    const [room, written, silent] = [given('in-the-room'), given('addendum'), given('unanswered')];
    return [
      act(times.troika, 'the troika is drawn', () => this.#recordTroika(times.troika)),
      ...this.#filings(times),
      act(times.asked, `${questions.length} States ask in advance`, () =>
        askQuestions(this.id, questions, people),
      ),
      this.#moving(times.issued, 'the documents are issued', 'secretariat', 'issue-documents'),
      this.#moving(times.questions, 'questions are relayed', 'rapporteur', 'relay-questions'),
      act(times.registered, `${speakers.length} States register to speak`, () =>
        registerSpeakers(this.id, speakers, people),
      ),
      ...this.#firstSpeaker(times.firstDrawn),
      act(times.dialogueStarts, `${recommendations.length} recommendations are made`, () =>
        this.#holdDialogue(times.dialogueStarts),
      ),
      this.#moving(times.dialogueEnds, 'the dialogue has been held', 'president', 'hold-dialogue'),
      act(times.report, `${room.length} positions in the room`, () => this.#answer(room)),
      act(times.report, 'the report is written, and labels are given', () => this.#write()),
      act(times.reportAdopted, 'the list is circulated, and the troika signs off', () =>
        this.#signOff(),
      ),
      this.#moving(times.reportAdopted, 'the report is adopted', 'president', 'adopt-report'),
      act(times.answers, `${written.length} positions in writing`, async () => {
        await this.#answer(written);
        await this.#writeAddendum();
      }),
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
    const { secretariat } = this;
    await recordTroika(this.id, this.production.review, { at, secretariat });
    await this.#move('secretariat', 'record-troika');
  }

  #firstSpeaker(at: number): Act[] {
    const { review, states } = this.production;
    const first = firstDrawn(review.speakers, states);
    if (first === undefined) return [];
    const { secretariat } = this;
    return [
      act(at, `the list of speakers begins with ${first}`, () =>
        recordFirst(this.id, first, { at, secretariat }),
      ),
    ];
  }

  /** As the real one says it, where there is one. */
  async #write(): Promise<void> {
    const { review, bytesOf } = this.production;
    const report = review.documents.find(({ kind }) => kind === 'working-group-report');
    if (!report) return;
    const printed = readPrinted(bytesOf(report.file).toString('utf8'));
    const { report: unlabelled, copied } = await writeReport(this.id, printed, this.secretariat);
    await labelRecommendations(this.id, this.#made, this.secretariat);
    const composed = await readReport(this.id, this.secretariat);
    Object.assign(this.composed, { unlabelled, copied, report: composed });
  }

  async #writeAddendum(): Promise<void> {
    const { people, review } = this.production;
    const { path } = this;
    const state = await people.drafter(review.iso3);
    const query = { kind: 'addendum' };
    this.composed.addendum = await state.get('/v1/reviews/{id}/report', { path, query });
  }

  async #holdDialogue(starts: number): Promise<void> {
    const { review, people, clock, say } = this.production;
    const told = (made: number): void => say(`${' '.repeat(19)}${made} statements`);
    const room = { review, people, clock, secretariat: this.secretariat, starts, told };
    this.#made = await holdDialogue(this.id, room);
    this.composed.labels = new Map([...this.#made].map(([label, id]) => [id, label]));
  }

  async #answer(recommendations: readonly RealRecommendation[]): Promise<void> {
    const positions = recommendations.map(
      ({ label, position }) => [this.#made.get(label) ?? '', position] as const,
    );
    await givePositions(this.id, new Map(positions), await this.#filers('addendum'));
  }

  async #signOff(): Promise<void> {
    const { people, review } = this.production;
    const documentId = this.#documents.get('working-group-report') ?? '';
    const rapporteurs = await Promise.all(review.troikaCodes.map((state) => people.head(state)));
    await signOff(this.id, documentId, { secretariat: this.secretariat, rapporteurs });
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
