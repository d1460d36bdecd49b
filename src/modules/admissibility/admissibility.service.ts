import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { judgeTests, type AdmissibilityRule } from '../../kernel/admissibility.js';
import { offeredAll } from '../../kernel/offered.js';
import { COMMITTEE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { codeRefusing, expectVersion, raise, Refused } from '../../platform/refused.js';
import { actingRole, Engine, type Standing } from '../proceedings/index.js';
import { AnsweredTest } from './admissibility.entity.js';
import { answeringRefused, standingAnswers } from './admissibility.rules.js';
import type * as op from './admissibility.schemas.js';

/** The checklist by which it is determined whether something is admitted. */
@Injectable()
export class AdmissibilityService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  get({ viewer, params }: Input<typeof op.getAdmissibility>) {
    return this.work.read(viewer, async (tx) =>
      show(tx, await this.engine.standing(tx, params.id)),
    );
  }

  answer({ viewer, params, body, ifMatch }: Input<typeof op.answerTest>) {
    return this.work.write(viewer, async (tx) => {
      const { id: proceedingId, test } = params;
      const standing = await this.engine.standing(tx, proceedingId, { lock: true });
      const rule = ruleOf(standing);
      const { length } = await tx.find(AnsweredTest, { proceedingId, compartment: COMMITTEE });
      expectVersion(ifMatch, length + 1);
      const byRole = actingRole(standing, rule.by);
      raise(answeringRefused(rule, test, standing.proceeding.status));
      const place = { proceedingId, compartment: COMMITTEE };
      const row = { id: randomUUID(), ...place, test, n: length + 1, ...body, byRole };
      await tx.insert(AnsweredTest, { ...row, answeredAt: tx.now });
      const facts = { test, answer: body.answer, n: row.n };
      await append(tx, { ...place, what: 'test-answered', by: byRole, at: tx.now, facts });
      return show(tx, standing);
    });
  }
}

/** @throws Refused `not-offered` */
function ruleOf({ definition }: Standing): AdmissibilityRule {
  if (!definition.admissibility) throw new Refused('not-offered');
  return definition.admissibility;
}

const presentAnswer = ({ answer, reasons, byRole, answeredAt }: AnsweredTest) => ({
  answer,
  reasons,
  by: byRole,
  answeredAt: answeredAt.toISOString(),
});

/** The checklist as the viewer may read it: each answer once, wherever it stands. */
async function show(tx: Tx, standing: Standing) {
  const rule = ruleOf(standing);
  const rows = await tx.find(AnsweredTest, { proceedingId: standing.proceeding.id });
  const answers = [...new Map(rows.map((row) => [row.n, row])).values()];
  const latest = standingAnswers(answers);
  const judged = judgeTests(rule, new Map([...latest].map(([test, row]) => [test, row.answer])));
  const answer = codeRefusing(() => {
    actingRole(standing, rule.by);
    // Whichever test can be answered now.
    const now = rule.tests.map((each) =>
      answeringRefused(rule, each.test, standing.proceeding.status),
    );
    if (!now.includes(null)) raise(now[0]);
  });
  return {
    tests: rule.tests.map(({ test, kind, source = null, unverified = false }) => {
      const own = answers.filter((row) => row.test === test).toSorted((a, b) => a.n - b.n);
      const last = own.at(-1);
      const before = own.slice(0, -1).map(presentAnswer);
      return { test, kind, source, unverified, answer: last ? presentAnswer(last) : null, before };
    }),
    ...judged,
    version: answers.length + 1,
    actions: offeredAll({ answer }),
  };
}
