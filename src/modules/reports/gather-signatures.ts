import type { DutySource, Engine, FactSource, Progress } from '../proceedings/index.js';
import type { MechanismsService } from '../mechanisms/index.js';
import { askedOf, SIGN_OFF } from './find-report.js';
import { owedSignatures, signedBy, signingOf } from './reports.repository.js';

/** What is missing before a report can be adopted: nothing, where the procedure asks for nothing. */
export const reportFacts = (engine: Engine): FactSource => ({
  names: ['list.circulated', 'report.unsigned'],
  async gather(tx, proceedings) {
    const asked = proceedings.flatMap((proceeding) => {
      const definition = engine.definitionOf(proceeding);
      return definition.report ? [askedOf(proceeding.id, definition, definition.report)] : [];
    });
    if (asked.length === 0) return new Map();
    const rows = await signingOf(tx, asked);
    return new Map(
      rows.map(({ proceedingId, circulation, unsigned }) => [
        proceedingId,
        { 'list.circulated': circulation !== null, 'report.unsigned': unsigned },
      ]),
    );
  },
});

/** Each member of the troika owes a signature, until it has signed what stands. */
export const signatureDuties = (mechanisms: MechanismsService): DutySource => ({
  owed(_, reads, part) {
    const rules = mechanisms.all().flatMap(({ key: mechanism, version, report, deadlines }) =>
      report
        ? deadlines
            .filter(({ each, metBy }) => each && metBy.act === SIGN_OFF)
            .map(({ deadline: key }) => ({
              mechanism,
              version,
              key,
              role: report.signedBy,
              kind: report.document,
              during: report.during,
            }))
        : [],
    );
    return owedSignatures(reads, rules, part);
  },
});

/** Whoever has signed is not asked again while what they signed stands. */
export const signatureProgress: Progress = {
  async of(tx, { proceeding, definition }, { metBy }) {
    const { report } = definition;
    if (!report || metBy.act !== SIGN_OFF) return { begun: [], done: [] };
    const rows = await signedBy(tx, proceeding.id, report.document);
    return { begun: [], done: rows.map(({ side }) => side) };
  },
};
