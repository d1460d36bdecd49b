import { randomUUID } from 'node:crypto';
import { judgeTests, type TestAnswer } from '../../kernel/admissibility.js';
import { COMMITTEE, PARTIES } from '../../kernel/sides.js';
import type { Consequence, Engine, FactSource } from '../proceedings/index.js';
import { AnsweredTest } from './admissibility.entity.js';
import { standingAnswers } from './admissibility.rules.js';
import { answersIn } from './admissibility.repository.js';

/** Puts the answers that stand, with their reasons, before both sides. */
export const shareDetermination: Consequence = {
  name: 'share-determination',
  async apply(tx, { proceeding: { id: proceedingId } }) {
    const rows = await tx.find(AnsweredTest, { proceedingId });
    const shared = new Set(
      rows.filter(({ compartment }) => compartment === PARTIES).map(({ n }) => n),
    );
    const latest = standingAnswers(rows.filter(({ compartment }) => compartment === COMMITTEE));
    const fresh = [...latest.values()].filter(({ n }) => !shared.has(n));
    const told = fresh.map((row) => ({ ...row, id: randomUUID(), compartment: PARTIES }));
    await tx.insert(AnsweredTest, told);
  },
};

/** How the tests of admissibility stand. */
export const admissibilityFacts = (engine: Engine): FactSource => ({
  names: ['admissibility.failed', 'admissibility.open'],
  async gather(tx, proceedings) {
    const tested = proceedings.filter((each) => engine.definitionOf(each).admissibility);
    if (tested.length === 0) return new Map();
    const rows = await answersIn(
      tx,
      tested.map(({ id }) => id),
    );
    return new Map(
      tested.map((proceeding) => {
        const own = rows.filter(({ proceedingId }) => proceedingId === proceeding.id);
        const latest = [...standingAnswers(own).values()];
        const answers = new Map<string, TestAnswer>(latest.map((row) => [row.test, row.answer]));
        const { failed, open } = judgeTests(
          engine.definitionOf(proceeding).admissibility!,
          answers,
        );
        const facts = { 'admissibility.failed': failed.length, 'admissibility.open': open.length };
        return [proceeding.id, facts] as const;
      }),
    );
  },
});
