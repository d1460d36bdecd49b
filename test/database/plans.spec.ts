import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import {
  deadlinesIn,
  placedReviews,
  translationsIn,
} from '../../src/modules/desk/desk.repository.js';
import {
  documentPage,
  kindsSubmitted,
  lapsedDeadlines,
} from '../../src/modules/documents/documents.repository.js';
import { assessmentPage } from '../../src/modules/follow-up/follow-up.repository.js';
import { duties, proceedingsTaken } from '../../src/modules/proceedings/duties.repository.js';
import * as proceedings from '../../src/modules/proceedings/proceedings.repository.js';
import { entryPage } from '../../src/modules/proceedings/read-journal.js';
import { questionPage } from '../../src/modules/questions/questions.repository.js';
import {
  recommendationPage,
  tallies,
} from '../../src/modules/recommendations/recommendations.repository.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { Tx, type Reads, type Statement } from '../../src/platform/database/tx.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Viewer } from '../../src/platform/identity/viewer.js';
import { cloneDatabase, type TestDatabase } from '../setup/database.js';
import { first, FIRST_ID, INBOX } from './inbox-pages.js';
import { judged, type Node } from './judged.js';
import { DUES, KEYED } from './keyed.js';
import { crowd, UPR, type Crowd } from './many-proceedings.js';
import { Plot } from './planted.js';

describe('the plans of the lists, among 20,000 proceedings', () => {
  let database: TestDatabase;
  let source: DataSource;
  let work: UnitOfWork;
  let there: Crowd;
  beforeAll(async () => {
    database = await cloneDatabase();
    there = await crowd(new Plot(database));
    source = await dataSource(database.appUrl, [], 2).initialize();
    work = new UnitOfWork(source, () => undefined);
  }, 120_000);
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  /** The very statement that a repository sends, explained as the viewer that would send it. */
  async function explained(who: Viewer | 'clock', query: (tx: Tx) => Promise<unknown>) {
    const sent: [string, readonly unknown[]][] = [];
    const rows = (...statement: [string, readonly unknown[]]) => {
      sent.push(statement);
      return Promise.resolve([{ total: 0 }]);
    };
    await query({ rows, row: rows, lists: { rows } } as unknown as Tx);
    const explain = (tx: Tx) =>
      tx.rows<{ 'QUERY PLAN': [{ Plan: Node }] }>(
        `EXPLAIN (ANALYZE, VERBOSE, TIMING OFF, FORMAT JSON) ${sent[0]![0]}`,
        sent[0]![1],
      );
    const [row] = await (who === 'clock' ? work.system(who, explain) : work.read(who, explain));
    return judged(row!['QUERY PLAN'][0].Plan);
  }

  /** The statements that a piece of work sends as a viewer, with their parameters. */
  async function sentBy(viewer: Viewer, query: (tx: Tx) => Promise<unknown>) {
    const sent: [string, readonly unknown[]][] = [];
    await work.read(viewer, (tx) => {
      const rows = (...statement: Statement) => {
        sent.push([statement[0], statement[1] ?? []]);
        return tx.rows(...statement);
      };
      const row = async (...statement: Statement) => (await rows(...statement))[0];
      const together = async (...all: Statement[]) => {
        const answers: unknown[] = [];
        for (const each of all) answers.push(await rows(...each));
        return answers;
      };
      return query({ rows, row, together } as unknown as Tx);
    });
    return sent;
  }

  /** The plan of a statement that is made for nobody in particular, explained as a viewer. */
  async function shared(viewer: Viewer, [text, values]: [string, readonly unknown[]]) {
    const given = values.map((value) => {
      const whole = Array.isArray(value) ? `{${value.join()}}` : (value as string | number | null);
      return whole === null ? 'NULL' : pg.escapeLiteral(String(whole));
    });
    return work.read(viewer, async (tx) => {
      await tx.rows(`SELECT set_config('plan_cache_mode', 'force_generic_plan', true)`);
      await tx.rows(`PREPARE shared AS ${text}`);
      const [row] = await tx.rows<{ 'QUERY PLAN': [{ Plan: Node }] }>(
        `EXPLAIN (ANALYZE, VERBOSE, TIMING OFF, FORMAT JSON) EXECUTE shared(${given.join()})`,
      );
      await tx.rows('DEALLOCATE shared');
      return judged(row!['QUERY PLAN'][0].Plan);
    });
  }

  const KEYS = ['national-report', 'compilation', 'stakeholder-summary'];
  const rule = { mechanism: 'upr', version: 1, lasting: true, finals: ['closed'] };
  const rules = (standing: readonly string[]) =>
    KEYS.map((key) => ({ ...rule, key, standing: standing.includes(key) }));
  const next = { after: ['2027-01-07T00:00:00.000Z', FIRST_ID], limit: 50 } as const;
  const pages: Record<string, (tx: Tx, viewer: keyof Crowd['viewers']) => Promise<unknown>> = {
    'proceedings, the first page': (tx) => proceedings.proceedingPage(tx, UPR, first),
    'proceedings, a later page': (tx) => proceedings.proceedingPage(tx, UPR, next),
    'proceedings of a State': (tx) =>
      proceedings.proceedingPage(tx, { ...UPR, state: 'SVN' }, first),
    duties: (tx, viewer) => duties(tx, rules(viewer === 'office' ? KEYS.slice(1) : []), first),
    'documents of a thick file': (tx) =>
      documentPage(tx, { proceedingId: there.thick, kind: undefined, ...first }),
    'follow-up of a thick file': (tx) => assessmentPage(tx, { proceedingId: there.thick }, first),
    ...INBOX,
    'entries of a long journal': (tx) =>
      entryPage(tx, there.thick, { compartment: undefined, ...first }),
  };

  it.each(Object.keys(pages))('%s: by indexes, and no more rows than needed', async (name) => {
    const touched: Record<string, number> = {};
    for (const [who, viewer] of Object.entries(there.viewers)) {
      // Whoever sees nothing of a proceeding is told so before its file is opened.
      if (who === 'none' && /file|journal/.test(name)) continue;
      const plan = await explained(viewer, (tx) => pages[name]!(tx, who as 'all'));
      expect([who, plan.whole, plan.hashed]).toEqual([who, [], false]);
      touched[who] = plan.rows;
    }
    expect(touched['all']).toBeGreaterThan(50);
    expect(Math.max(...Object.values(touched))).toBeLessThan(1000);
  });

  it('where one takes part: what everybody else may see is not looked at', async () => {
    const viewer = there.viewers.all;
    const own = viewer.seats.map(({ principalId }) => principalId);
    const plan = await explained(viewer, (tx) =>
      proceedingsTaken(tx, own, { procedures: [], since: new Date(0) }),
    );
    expect(plan.rows).toBeLessThan(1000);
  });

  const desk: Record<string, (tx: Tx) => Promise<unknown>> = {
    'its reviews': (tx) => placedReviews(tx, there.session, first),
    'who takes part': (tx) => proceedings.participantsOfAll(tx, there.placed),
    'what is due': (tx) => deadlinesIn(tx, there.placed),
    'what is in translation': (tx) => translationsIn(tx, there.placed),
    'what was handed in': (tx) => kindsSubmitted(tx, there.placed),
    'what has lapsed': (tx) => lapsedDeadlines(tx, there.placed),
    'what was recommended': (tx) => tallies(tx, there.placed),
  };

  it.each(Object.keys(desk))('the desk of a session, %s: by indexes', async (name) => {
    expect(there.placed).toHaveLength(14);
    for (const who of ['office', 'all'] as const) {
      const plan = await explained(there.viewers[who], desk[name]!);
      expect([who, plan.whole, plan.hashed]).toEqual([who, [], false]);
      // One of the files is thick.
      expect(plan.rows).toBeLessThan(3000);
    }
  });

  it('recommendations are sorted, but only those of the one review', async () => {
    for (const said of [{}, { category: '5' }, { theme: 'education' }]) {
      const filter = { proceedingId: there.thick, ...said, ...first };
      const plan = await explained(there.viewers.all, (tx) => recommendationPage(tx, filter));
      expect(plan).toMatchObject({ whole: [], hashed: false });
      expect(plan.rows).toBeLessThan(1000);
    }
  });

  const all = { after: undefined, limit: 10_000 };
  const lists: Record<string, (reads: Reads, viewer: keyof Crowd['viewers']) => Promise<unknown>> =
    {
      proceedings: (reads) => proceedings.proceedingPage(reads, UPR, all),
      'proceedings of a State': (reads) =>
        proceedings.proceedingPage(reads, { ...UPR, state: 'SVN' }, all),
      duties: (reads, viewer) =>
        duties(reads, rules(viewer === 'office' ? KEYS.slice(1) : []), all),
      'documents of a thick file': (reads) =>
        documentPage(reads, { proceedingId: there.thick, kind: undefined, ...all }),
      'questions of a thick file': (reads) =>
        questionPage(
          reads as Tx,
          reads,
          { proceedingId: there.thick, askingState: undefined },
          all,
        ),
      'follow-up of a thick file': (reads) =>
        assessmentPage(reads, { proceedingId: there.thick }, all),
      'recommendations of a thick file': (reads) =>
        recommendationPage(reads, { proceedingId: there.thick, ...all }),
    };

  it.each(Object.keys(lists))(
    'counts %s under row security, and stops',
    async (name) => {
      const totals: Record<string, number> = {};
      for (const [who, viewer] of Object.entries(there.viewers)) {
        if (who === 'none' && /file/.test(name)) continue;
        const list = (reads: Reads) => lists[name]!(reads, who as 'all');
        const plan = await explained(viewer, (tx) => Tx.prototype.count.call(tx, list));
        totals[who] = await work.read(viewer, (tx) => tx.count(list));
        const shown = await work.read(viewer, (tx) => list(tx.lists));
        expect([who, totals[who]]).toEqual([who, (shown as unknown[]).length]);
        expect([who, plan.whole, plan.hashed]).toEqual([who, [], false]);
        // A handful for each that is counted; what the viewer may not see is not looked at.
        expect(plan.rows).toBeLessThan(10 * (totals[who] + 100));
      }
    },
    30_000,
  );

  it('are made for whoever asks, in one and the same connection', async () => {
    const counted: unknown[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      await work.read(there.viewers.all, (tx) => proceedings.proceedingPage(tx.lists, UPR, first));
    }
    await work.read(there.viewers.all, async (tx) => {
      counted.push(
        ...(await tx.rows(
          `SELECT sum(generic_plans)::int AS generic FROM pg_prepared_statements
           WHERE statement LIKE 'SELECT p.id%FROM casework.proceeding p%ORDER BY p.opened_at%'`,
        )),
      );
    });
    expect(counted).toEqual([{ generic: 0 }]);
  });

  it.each(Object.keys(KEYED))('%s: the plan that serves everybody is by its key', async (name) => {
    for (const viewer of Object.values(there.viewers)) {
      const sent = await sentBy(viewer, (tx) => KEYED[name]!(tx, there));
      expect(sent.length).toBeGreaterThan(0);
      for (const statement of sent) {
        const plan = await shared(viewer, statement);
        expect(plan).toMatchObject({ whole: [], hashed: false });
        expect(plan.rows).toBeLessThan(3000);
      }
    }
  });

  it.each(DUES)('what falls due next is the first of an index: %#', async (nextDue) => {
    for (const instant of ['2027-01-01', '2027-04-10', '2029-01-01']) {
      const plan = await explained('clock', (tx) => nextDue(tx, new Date(instant), []));
      expect(plan).toMatchObject({ whole: [], hashed: false });
      expect(plan.rows).toBeLessThan(10);
    }
  });
});
