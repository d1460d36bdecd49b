import { beforeAll, describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { World } from '../factories/world.js';
import { begun } from './filing.js';
import { ask, draft } from './joint.js';
import { Ledger } from './ledger.js';

/** Whose desk, what, when, and the facts. */
type Line = [side: string, what: string, at: string, facts: Record<string, unknown>];

/** A house in which a State files nothing, one organization has handed in and another has not. */
class House {
  private constructor(
    readonly world: World,
    readonly ledger: Ledger,
    readonly review: string,
    /** What stands for the keys of its sides, which differ from house to house. */
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  static async build(): Promise<House> {
    const world = await World.build('2026-08-01T09:00:00Z');
    const ledger = await Ledger.open(world.api);
    await world.delegation('SVN');
    const [filer, drafter, partner] = [
      await world.organization('Those who file'),
      await world.organization('Those who draft'),
      await world.organization('Those who are asked'),
    ];
    const review = await world.review('SVN');
    await world.file(filer.head, review, { kind: 'stakeholder-submission' });
    await begun(drafter.head, review, 'stakeholder-submission');
    const joint = await draft(filer.head, review);
    await ask(filer.head, joint.id, partner);
    const names = new Map([
      [filer.side, 'filer'],
      [drafter.side, 'drafter'],
      [partner.side, 'partner'],
    ]);
    return new House(world, ledger, review, names);
  }

  /** What the clock wrote, chain by chain, in the order of each. */
  async history(): Promise<Line[]> {
    const entries = await this.ledger.journal(this.review);
    const lines = entries
      .filter(({ by, what }) => by === 'clock' && what !== 'partner-lapsed')
      .map(({ compartment, at, what, facts }): Line => {
        const side = compartment.replace(/^desk:/, '');
        return [this.names.get(side) ?? side, what, at, facts];
      });
    return lines.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  }

  async stop(): Promise<void> {
    await this.ledger.close();
    await this.world.stop();
  }
}

describe('the history of reminders', () => {
  let slow: Line[];
  let fast: Line[];
  let desks: number;
  beforeAll(async () => {
    const patient = await House.build();
    const end = Temporal.Instant.from('2027-04-20T08:30:00Z');
    for (
      let now = Temporal.Instant.from('2026-08-02T08:30:00Z');
      Temporal.Instant.compare(now, end) <= 0;
      now = now.add({ hours: 60 })
    ) {
      await patient.world.at(now.toString());
    }
    await patient.world.at(end.toString());
    slow = await patient.history();
    await patient.stop();
    const hasty = await House.build();
    await hasty.world.at(end.toString());
    fast = await hasty.history();
    desks = (await hasty.ledger.rows('SELECT DISTINCT compartment FROM casework.reminder')).length;
    await hasty.stop();
  }, 120_000);

  it('is the same for a jump of the clock as for slow time', () => {
    expect(fast.length).toBeGreaterThan(25);
    expect(fast).toEqual(slow);
  });

  it('goes for a State from a month ahead to its head and the secretariat, and ends', () => {
    const facts = { deadline: 'national-report', due: '2027-02-08T16:00:00.000Z' };
    const [before, after, last] = ['approaching', 'overdue', 'escalated'].map(
      (what) => `deadline-${what}`,
    );
    const morning = (day: string) => `2027-${day}T08:00:00.000Z`;
    const reports = fast.filter(
      ([side, what, , { deadline }]) =>
        what !== 'deadline-lapsed' && side !== 'case' && deadline === facts.deadline,
    );
    expect(reports).toEqual([
      ['secretariat:upr', last, morning('02-11'), { ...facts, days: -3 }],
      ['state:SVN', before, morning('01-09'), { ...facts, days: 30 }],
      ['state:SVN', before, morning('01-25'), { ...facts, days: 14 }],
      ['state:SVN', before, morning('02-01'), { ...facts, days: 7 }],
      ['state:SVN', before, morning('02-07'), { ...facts, days: 1 }],
      ['state:SVN', before, morning('02-08'), { ...facts, days: 0 }],
      ['state:SVN', after, morning('02-09'), { ...facts, days: -1 }],
      ['state:SVN', last, morning('02-11'), { ...facts, days: -3 }],
      ['state:SVN', after, morning('02-15'), { ...facts, days: -7 }],
    ]);
  });

  it('goes on for an organization that has a draft, or an answer to give, until the window closes', () => {
    const days = (side: string, deadline: string) =>
      fast
        .filter(([whose, , , facts]) => whose === side && facts.deadline === deadline)
        .map(([, what, , facts]) => [what, facts.days]);
    const ahead = [30, 14, 7, 1, 0].map((left) => ['deadline-approaching', left]);
    for (const side of ['drafter', 'partner', 'filer']) {
      // What the filer has begun beside what it handed in is a submission of another kind.
      expect([side, days(side, 'stakeholder-submissions')]).toEqual([side, ahead]);
    }
    // A window is nobody’s duty: of what any State may do by then, none is told.
    expect(desks).toBe(5);
  });
});
