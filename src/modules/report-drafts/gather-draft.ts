import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { Standing } from '../proceedings/index.js';
import { compose, type Composition } from './composition.rules.js';
import { day, listOf, ordinal, range } from './dates.rules.js';
import { FindDesk, type Desk } from './find-desk.js';
import type { Listed } from './labels.rules.js';
import { ReportDraft } from './report-drafts.entity.js';
import * as rows from './report-drafts.repository.js';
import { outdating, type Outdating } from './withdrawn.rules.js';

/** A draft as it stands, composed. */
export interface DraftFound {
  readonly desk: Desk;
  /** Not there until somebody has written. */
  readonly report: ReportDraft | undefined;
  /** What the platform knows. */
  readonly known: Readonly<Record<string, string | null>>;
  readonly composed: Composition<rows.ParagraphRow>;
  /** For whoever reads withdrawals: what was withdrawn since something was written by hand. */
  readonly withdrawn: readonly Outdating[];
}

/** Composes drafts from what the review holds now. */
@Injectable()
export class GatherDraft {
  constructor(private readonly desks: FindDesk) {}

  async read(tx: Tx, id: string, kind: string): Promise<DraftFound> {
    return this.of(tx, await this.desks.read(tx, id, { kind }));
  }

  /**
   * The same for whoever reads it, but for the symbol of a document that only its side sees yet: what
   * the procedure sees, and in a desk what is prepared there.
   */
  async of(tx: Tx, desk: Desk): Promise<DraftFound> {
    const { proceedingId, compartment, kind, document, layout } = desk;
    const report = await tx.findOne(ReportDraft, { proceedingId, compartment, kind });
    const paragraphs = report ? await rows.paragraphsOf(tx, report.id) : [];
    const own = document.compartment === 'desk';
    const facts = own
      ? await this.facts(tx, desk, { drafts: true })
      : await tx.asProcedure(proceedingId, () => this.facts(tx, desk, { drafts: false }));
    const { known, ...rest } = facts;
    const symbol = await rows.symbolOf(tx, proceedingId, kind);
    const composed = compose({
      document,
      masthead: [...(symbol === null ? [] : [symbol]), ...layout.masthead],
      particulars: { ...known, ...report?.particulars },
      paragraphs,
      ...rest,
    });
    const withdrawn = outdating(await rows.withdrawalsOf(tx, proceedingId), paragraphs);
    return { desk, report, known, composed, withdrawn };
  }

  private async facts(tx: Tx, desk: Desk, how: { readonly drafts: boolean }) {
    const { proceedingId, standing } = desk;
    const recommendations = await rows.listedOf(tx, proceedingId, how);
    const head = await rows.headOf(tx, standing.proceeding);
    const issued = await rows.issuedOf(tx, proceedingId);
    return {
      known: {
        ...(await this.told(tx, desk, head)),
        ...counts(recommendations),
      },
      issued: issued.map(({ kind, symbol }) => {
        return { kind, symbol: symbol ?? symbolBy(standing, kind, head.session) };
      }),
      recommendations,
      wholes: await rows.wholesOf(tx, proceedingId),
      pledges: await rows.pledgesOf(tx, proceedingId),
    };
  }

  /** From the calendar, the lot, the participants, the list of speakers and the questions relayed. */
  private async told(tx: Tx, { standing, document }: Desk, head: rows.Head) {
    const { participants, definition } = standing;
    const { starts, ends, reviewed, selected, session } = head;
    const rapporteurs = participants.filter(({ role }) => role === document.troika);
    const sides = rapporteurs.map(({ principal }) => principal);
    return {
      state: head.state,
      session: session === null ? null : ordinal(session),
      sessionDates: starts === null || ends === null ? null : range(starts, ends),
      reviewedOn: reviewed && day(reviewed, definition.zone),
      selectedOn: selected && day(new Date(selected), 'UTC'),
      statements: head.statements === 0 ? null : String(head.statements),
      questionsBy: head.asked.length === 0 ? null : listOf(head.asked),
      troika: sides.length === 0 ? null : listOf(await rows.namesOf(tx, sides)),
    };
  }
}

/** By the procedure's pattern, where the session gives all that it needs. */
function symbolBy({ definition, proceeding }: Standing, kind: string, session: number | null) {
  const symbol = definition.documents
    .find((each) => each.kind === kind)
    ?.symbol?.replace('{session}', String(session ?? '{session}'))
    .replace('{iso3}', proceeding.subject);
  return symbol === undefined || symbol.includes('{') ? null : symbol;
}

/** How many there are, and how they are answered. */
function counts(all: readonly Listed[]): Record<string, string> {
  const answered = (position: string) => all.filter(({ answer }) => answer === position).length;
  return {
    recommendations: String(all.length),
    supported: String(answered('supported')),
    noted: String(answered('noted')),
  };
}
