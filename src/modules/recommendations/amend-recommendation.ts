import { Injectable } from '@nestjs/common';
import { isLate } from '../../kernel/deadlines.js';
import type { WordingRule } from '../../kernel/item-rules.js';
import { stateOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { whole } from '../../platform/http/paging.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import {
  chooseSeat,
  Engine,
  latestDeadline,
  rolesOfSide,
  sideInRole,
  type Standing,
} from '../proceedings/index.js';
import { assertMay, itemRule, itemStanding } from './find-item.js';
import { closeBook, openBook, speakingState, type Opened } from './open-book.js';
import { ReadWords } from './read-words.js';
import { ruleOf } from './recommendations.rules.js';
import { showRecommendation } from './show-recommendation.js';
import { Wording } from './wordings.entity.js';
import { presentWording } from './wordings.presenter.js';
import { answersOf } from './wordings.repository.js';
import { answer, confirmedIn, propose } from './wordings.rules.js';
import type * as op from './wordings.schemas.js';

/** How the text of a recommendation changes: with the agreement of all whose text it is. */
@Injectable()
export class AmendRecommendation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly words: ReadWords,
  ) {}

  /** Every text that it had, or was to have. */
  history({ viewer, params: { id }, query }: Input<typeof op.listAmendments>) {
    return this.work.read(viewer, async (tx) => {
      await itemStanding(tx, this.engine, id);
      const rows = await tx.find(Wording, { recommendationId: id }, { order: { n: 'ASC' } });
      const answers = await answersOf(tx, id);
      return whole(
        rows.map((row) => presentWording(row, answers)),
        query,
      );
    });
  }

  /** A recommending State proposes another text; the secretariat, an editorial correction. */
  propose({ viewer, params, body, ifMatch }: Input<typeof op.proposeAmendment>) {
    return this.work.write(viewer, (tx) => this.proposeOne(tx, params.id, body, ifMatch));
  }

  async proposeOne(
    tx: Tx,
    id: string,
    body: Input<typeof op.proposeAmendment>['body'],
    version: number | undefined,
  ) {
    const opened = await openBook(tx, this.engine, id);
    const { row, standing, book } = opened;
    const rule = wordingRule(standing);
    expectVersion(version, row.version);
    const { state, by } = proposer(tx, opened, rule, body.as);
    const kind = state === undefined ? 'editorial' : await this.kindNow(tx, opened, rule);
    if (kind === 'editorial') assertInTime(opened, rule);
    const { text, reason } = body;
    const after = propose(book, { kind, by, texts: [text], reason, state });
    const facts = { kind, wording: book.wordings.length + 1 };
    await closeBook(tx, this.words, opened, after, { what: 'amendment-proposed', by, facts });
    return showRecommendation(tx, standing, row.id);
  }

  /** The text as it was heard, beside the text as it was sent. */
  deliver({ viewer, params, body, ifMatch }: Input<typeof op.recordDelivered>) {
    return this.work.write(viewer, async (tx) => {
      const opened = await openBook(tx, this.engine, params.id);
      const { row, standing, book } = opened;
      expectVersion(ifMatch, row.version);
      assertMay(standing, 'deliver', 'submit');
      if (row.status !== 'submitted') throw new Refused('wrong-stage', { status: row.status });
      const { by: roles } = found(ruleOf(itemRule(standing), 'deliver'));
      const by = sideInRole(tx, standing, { by: roles });
      const after = propose(book, { kind: 'delivered', by, texts: [body.text], reason: null });
      const facts = { wording: book.wordings.length + 1 };
      await closeBook(tx, this.words, opened, after, { what: 'delivered-recorded', by, facts });
      return showRecommendation(tx, standing, row.id);
    });
  }

  answer({ viewer, params: { id, n }, body }: Input<typeof op.answerAmendment>) {
    return this.work.write(viewer, (tx) => this.say(tx, id, () => n, body));
  }

  /** A recommending State confirms what was heard, or objects to it. */
  answerDelivered({ viewer, params: { id }, body }: Input<typeof op.answerDelivered>) {
    const { confirm: accept, as } = body;
    const heard = ({ row }: Opened): number => found(row.words.delivered?.n);
    return this.work.write(viewer, (tx) => this.say(tx, id, heard, { accept, as }));
  }

  private async say(
    tx: Tx,
    id: string,
    which: (opened: Opened) => number,
    { accept: accepted, as }: { accept: boolean; as?: string | undefined },
  ) {
    const opened = await openBook(tx, this.engine, id);
    const { row, standing, book } = opened;
    const state = speakingState(tx, book, as);
    const n = which(opened);
    const entry = found(book.wordings.find((each) => each.n === n));
    if (entry.kind === 'corrigendum') await this.kindNow(tx, opened, wordingRule(standing));
    const after = answer(book, n, { state, accepted });
    const what = accepted ? 'wording-accepted' : 'wording-refused';
    await closeBook(tx, this.words, opened, after, {
      what,
      by: `state:${state}`,
      to: entry.by,
      facts: { wording: n },
    });
    return showRecommendation(tx, standing, row.id);
  }

  /** Until it is adopted a text is amended; then, for a while, corrected. */
  private async kindNow(tx: Tx, opened: Opened, rule: WordingRule) {
    const { row } = opened;
    if (row.status !== 'adopted') {
      assertInTime(opened, rule);
      return 'amendment';
    }
    const closing = await latestDeadline(tx, row.proceedingId, rule.corrigendaUntil);
    if (!closing) throw new Refused('wrong-stage', { status: row.status });
    const { due, dueLocal, zone } = closing;
    if (isLate(tx.now.toISOString(), due.toISOString())) {
      throw new Refused('too-late', { due: due.toISOString(), dueLocal, zone });
    }
    return 'corrigendum';
  }
}

/** @throws Refused `not-offered` where the procedure has none */
function wordingRule(standing: Standing): WordingRule {
  const { wording } = itemRule(standing);
  if (!wording) throw new Refused('not-offered', { act: 'amend' });
  return wording;
}

function assertInTime({ row, standing }: Opened, { during }: WordingRule): void {
  const { status } = standing.proceeding;
  if (row.status !== 'submitted') throw new Refused('wrong-stage', { status: row.status });
  if (!during.includes(status)) throw new Refused('wrong-stage', { status, during });
}

/** Who proposes: a State that stands under it, or, without a State, who may correct it. */
function proposer(
  tx: Tx,
  { standing, book }: Opened,
  { correctedBy }: WordingRule,
  as: string | undefined,
): { readonly by: string; readonly state?: string } {
  const own = confirmedIn(book).map((state) => `state:${state}`);
  const corrects = (side: string): boolean =>
    rolesOfSide(standing, side).some((role) => correctedBy.includes(role));
  const fitting = (tx.viewer?.seats ?? []).filter(
    ({ side }) => own.includes(side) || corrects(side),
  );
  const { side } = chooseSeat(fitting, { by: [...own, ...correctedBy], as, permission: 'submit' });
  const state = own.includes(side) ? stateOf(side) : undefined;
  return { by: side, ...(state !== undefined && { state }) };
}
