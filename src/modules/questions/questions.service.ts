import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PARTIES, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { assertStateFilter, Engine, type Standing } from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { changeQuestion, questionStanding, rulesOf } from './find-question.js';
import { questionActions, roleRefused } from './list-actions.js';
import { presentQuestion } from './questions.presenter.js';
import { LAST, questionById, questionPage } from './questions.repository.js';
import { answerRefused } from './questions.rules.js';
import type * as op from './questions.schemas.js';
import { publishQuestions } from './relay-questions.js';

/** Reads questions, and keeps what the State that was asked says of them. */
@Injectable()
export class QuestionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  list({ viewer, params, query }: Input<typeof op.listQuestions>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, params.id);
      await assertStateFilter(tx, 'askingState', query.askingState);
      const filter = { proceedingId: params.id, askingState: query.askingState };
      return readPage(tx, query, {
        key: [z.int32(), instant, z.uuid(), z.int32()],
        rows: (reads, part) => questionPage(tx, reads, filter, part),
        keyOf: ({ relayedN, filedAt, filingId, n }) => [
          relayedN ?? LAST,
          filedAt.toISOString(),
          filingId,
          n,
        ],
        item: presentQuestion,
      });
    });
  }

  get({ viewer, params }: Input<typeof op.getQuestion>) {
    return this.work.read(viewer, async (tx) => {
      const { row, standing } = await questionStanding(tx, this.engine, params.id);
      return this.show(tx, standing, row.id);
    });
  }

  /** Free to choose which it answers, and to say so. */
  answer({ viewer, params, body, ifMatch }: Input<typeof op.answerQuestion>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await questionStanding(tx, this.engine, params.id, { lock: true });
      expectVersion(ifMatch, row.version);
      const { answeredBy } = rulesOf(standing);
      raise(roleRefused(standing, [answeredBy]));
      if (row.relayedAt === null) throw new Refused('wrong-stage');
      raise(answerRefused(body));
      const gone = (await withdrawnOf(tx, row.publicId))?.parts ?? [];
      if (gone.includes('answer') && body.text !== undefined) {
        throw new Refused('withdrawn', { parts: ['answer'] });
      }
      const { in: answeredIn, text } = body;
      const answeredAt = answeredIn === null ? null : tx.now;
      await changeQuestion(tx, row, { answeredIn, answer: text ?? null, answeredAt });
      const what = answeredIn === null ? 'question-answer-taken-back' : 'question-answered';
      const by = stateSide(standing.proceeding.subject);
      const place = { proceedingId: row.proceedingId, compartment: PARTIES };
      const facts = { questionId: row.id, in: answeredIn };
      await append(tx, { ...place, what, by, at: tx.now, facts });
      const { proceeding } = standing;
      await tx.asProcedure(proceeding.id, () => publishQuestions(tx, proceeding));
      return this.show(tx, standing, row.id);
    });
  }

  /** A question as its viewer sees it. */
  async show(tx: Tx, standing: Standing, id: string) {
    const row = found(await questionById(tx, id));
    const withdrawn = await withdrawnOf(tx, row.publicId);
    return {
      ...presentQuestion(row),
      withdrawn: withdrawn ? { ...withdrawn, at: withdrawn.at.toISOString() } : null,
      actions: questionActions(tx, standing, row),
    };
  }
}
