import { ComityProblem, type Comity, type Schemas } from '../../client/index.js';
import { ReplayFault } from './replay-fault.js';

const ADVANCE = '/v1/clock/advance';
/** What no house takes; one in test mode says so, and so is known. */
const NOTHING = {} as Schemas['ClockAdvance'];

/** The procedures' clock of a house in test mode, moved by an administrator, forward only. */
export class TestClock {
  private constructor(
    private readonly administrator: Comity,
    /** What it said, and when the wall's clock was asked (milliseconds). */
    private said: number,
    private asked: number,
  ) {}

  /**
   * Reads the clock, and makes sure that it can be moved: a house in test mode refuses the empty
   * request, any other doesn't know it.
   *
   * @throws ReplayFault `no-test-mode`
   */
  static async find(administrator: Comity): Promise<TestClock> {
    const code = await administrator.post(ADVANCE, { body: NOTHING }).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof ComityProblem) return error.code;
        throw error;
      },
    );
    if (code === 'not-found') {
      const { url } = administrator;
      throw new ReplayFault(
        'no-test-mode',
        `the clock of ${url} can’t be moved (COMITY_TEST_MODE)`,
      );
    }
    const { now } = await administrator.get('/v1/clock');
    return new TestClock(administrator, Date.parse(now), Date.now());
  }

  /**
   * Sets the clock to the beginning of a review (milliseconds). One that stands between it and
   * the first act stays; one past that can be set only where nothing has begun yet.
   *
   * @throws ReplayFault `clock-past`
   */
  async begin(opening: number, firstAct: number): Promise<void> {
    if (this.#now() <= firstAct) return this.advance(opening);
    try {
      await this.#move(opening);
    } catch (error) {
      if (!(error instanceof ComityProblem && error.code === 'clock-backwards')) throw error;
      const [now, first] = [this.#now(), firstAct].map((at) => new Date(at).toISOString());
      throw new ReplayFault(
        'clock-past',
        `the clock stands at ${now}, past the first act, ${first}`,
      );
    }
  }

  /** Moves on to an instant (milliseconds), unless it has passed already. */
  async advance(to: number): Promise<void> {
    if (to > this.#now()) await this.#move(to);
  }

  async #move(to: number): Promise<void> {
    const body = { to: new Date(to).toISOString() };
    const { now } = await this.administrator.post(ADVANCE, { body });
    [this.said, this.asked] = [Date.parse(now), Date.now()];
  }

  #now(): number {
    return this.said + Date.now() - this.asked;
  }
}
