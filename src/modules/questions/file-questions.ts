import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PARTIES, stateOf, stateSide, trayOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { found, raise, Refused } from '../../platform/refused.js';
import {
  askSides,
  assertStates,
  calendarOf,
  chooseSeat,
  Engine,
  filingSide,
  lateRefused,
  latestDeadline,
  principalIds,
  receiptFacts,
  receiptOf,
  tellSides,
  type Proceeding,
} from '../proceedings/index.js';
import {
  assertUnrelayed,
  changeQuestion,
  isRelayed,
  questionStanding,
  rulesOf,
  subjectOf,
} from './find-question.js';
import { Asker, Question } from './questions.entity.js';
import { presentQuestion } from './questions.presenter.js';
import { questionsOf, type QuestionRow } from './questions.repository.js';
import { coAskersRefused, mayAsk } from './questions.rules.js';
import { QuestionsService } from './questions.service.js';
import { relayWaiting } from './relay-questions.js';
import type * as op from './questions.schemas.js';

/**
 * States ask in advance, alone or together; each confirms that it asks. What is asked in time after the
 * others were relayed follows them at once.
 */
@Injectable()
export class FileQuestions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly questions: QuestionsService,
  ) {}

  run({ viewer, params, body }: Input<typeof op.fileQuestions>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      const { proceeding } = standing;
      const rules = rulesOf(standing);
      const { as, onBehalfOf } = body;
      const filed = { by: [rules.by], as, onBehalfOf, permission: 'submit' as const };
      const { side, filedBy } = await filingSide(tx, standing, filed);
      // Whoever also sits for the State that is asked would see them before it may.
      if (standing.roles().includes(rules.answeredBy)) {
        throw new Refused('wrong-role', { by: [rules.by] });
      }
      const receipt = receiptOf(tx, proceeding, body.received);
      const at = receipt.receivedAt ?? tx.now;
      raise(lateRefused(await latestDeadline(tx, proceeding.id, rules.closes), at));
      if (receipt.receivedAt) await assertAhead(tx, proceeding);
      // Nobody confirms what is relayed at once.
      if (body.with.length > 0) await assertUnrelayed(tx, standing, rules);
      const own = stateOf(side);
      raise(coAskersRefused(body.with, { own, subject: proceeding.subject }));
      await assertStates(tx, body.with);
      await this.engine.joinSide(tx, standing, side);
      const states = [found(own), ...body.with];
      const ids = await principalIds(tx, states.map(stateSide));
      const eyes = { withheldFrom: subjectOf(standing, rules), askedBy: [...ids.values()] };
      const filing = { proceedingId: proceeding.id, filingId: randomUUID(), side, filedBy };
      const rows = body.questions.map((text, index) => ({
        ...UNRELAYED,
        ...filing,
        id: randomUUID(),
        n: index + 1,
        groupName: body.group ?? null,
        text,
        filedAt: at,
        ...eyes,
      }));
      await tx.insert(Question, rows);
      await tx.insert(
        Asker,
        rows.flatMap((row) => askersOf(row, states)),
      );
      const { filingId } = filing;
      const facts = { filingId, questions: rows.length, ...receiptFacts(receipt) };
      await record(tx, filing, { what: 'questions-filed', by: filedBy, facts });
      await askSides(tx, this.engine, standing, {
        sides: body.with.map(stateSide),
        what: 'invited-to-ask',
        // Who asks may be withdrawn, and a chain of others cannot forget it.
        by: filedBy === side ? rules.by : filedBy,
        facts: { filingId, questions: rows.length },
      });
      if (await isRelayed(tx, standing, rules)) {
        await tx.asProcedure(proceeding.id, () => relayWaiting(tx, proceeding, tx.now));
      }
      const shown = await questionsOf(tx, proceeding.id, filingId);
      return { filingId, questions: shown.map(presentQuestion) };
    });
  }

  /** A State confirms for itself, or declines, having confirmed too, all that was filed together. */
  confirm({ viewer, params, body }: Input<typeof op.confirmQuestion>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await questionStanding(tx, this.engine, params.id, { lock: true });
      const by = row.askingStates.map(({ state }) => stateSide(state));
      const open = row.askingStates.filter((each) => mayAsk(row, each, body));
      const free = open.map(({ state }) => stateSide(state));
      const mine = viewer.seats.filter(({ side }) => by.includes(side));
      const fitting = mine.filter(({ side }) => free.includes(side));
      if (mine.length > 0 && fitting.length === 0) throw new Refused('already-given');
      const seat = chooseSeat(fitting, { by, as: body.as, permission: 'submit' });
      await assertUnrelayed(tx, standing, rulesOf(standing));
      const filed = await questionsOf(tx, row.proceedingId, row.filingId);
      const status = body.confirm ? ('confirmed' as const) : ('declined' as const);
      for (const each of filed) await this.answerFor(tx, each, { side: seat.side, status });
      await this.engine.joinSide(tx, standing, seat.side);
      const what = body.confirm ? 'questions-confirmed' : 'questions-declined';
      const facts = { filingId: row.filingId, questions: filed.length };
      const answer = { what, by: seat.side, facts };
      await record(tx, { ...row, side: seat.side }, answer);
      await tellSides(tx, this.engine, standing, { sides: [row.side], ...answer });
      return this.questions.show(tx, standing, row.id);
    });
  }

  private async answerFor(
    tx: Tx,
    row: QuestionRow,
    { side, status }: { side: string; status: Asker['status'] },
  ): Promise<void> {
    await changeQuestion(tx, row);
    const own = { questionId: row.id, iso3: found(stateOf(side)) };
    await tx.update(Asker, own, { status, confirmedAt: tx.now });
  }
}

/**
 * What was received in time is asked in advance still.
 *
 * @throws Refused `too-late` once the dialogue has begun
 */
async function assertAhead(tx: Tx, { slotId }: Proceeding): Promise<void> {
  const { slot } = found(await calendarOf(tx, found(slotId)));
  if (slot.starts > tx.now) return;
  const [starts, arrived] = [slot.starts.toISOString(), tx.now.toISOString()];
  throw new Refused('too-late', { starts, arrived });
}

const UNRELAYED = {
  compartment: PARTIES,
  relayedAt: null,
  cluster: null,
  relayedN: null,
  answeredIn: null,
  answer: null,
  answeredAt: null,
  publicId: null,
  version: 1,
} as const;

/** The first asks it itself; the others are invited to. */
const askersOf = (
  {
    id,
    proceedingId,
    compartment,
    filedAt,
  }: Pick<Question, 'id' | 'proceedingId' | 'compartment' | 'filedAt'>,
  states: readonly string[],
): Asker[] =>
  states.map((iso3, index) => ({
    id: randomUUID(),
    proceedingId,
    compartment,
    questionId: id,
    iso3,
    status: index === 0 ? 'confirmed' : 'invited',
    confirmedAt: index === 0 ? filedAt : null,
  }));

/** In the chain of the side alone: who asks is told to nobody else before it is relayed. */
const record = (
  tx: Tx,
  { proceedingId, side }: Pick<Question, 'proceedingId' | 'side'>,
  { what, by, facts }: { what: string; by: string; facts: Record<string, string | number> },
): Promise<void> =>
  append(tx, {
    proceedingId,
    compartment: trayOf(side),
    what,
    by,
    ...(side !== by && { onBehalfOf: side }),
    at: tx.now,
    facts,
  });
