import type { DutySource, Engine, FactSource } from '../proceedings/index.js';
import type { MechanismsService } from '../mechanisms/index.js';
import { SIGN_OFF } from './find-report.js';
import { Circulation } from './reports.entity.js';
import { draftOf, owedSignatures, unsigned } from './reports.repository.js';

/** What is missing before a report can be adopted: nothing, where the procedure asks for nothing. */
export const reportFacts = (engine: Engine): FactSource => ({
  names: ['list.circulated', 'report.unsigned'],
  async gather(tx, proceedings) {
    const facts = new Map();
    for (const proceeding of proceedings) {
      const { report } = engine.definitionOf(proceeding);
      if (!report) continue;
      const { id: proceedingId } = proceeding;
      const draft = await draftOf(tx, proceedingId, report.document);
      const signing = { proceedingId, role: report.signedBy };
      facts.set(proceedingId, {
        'list.circulated': (await tx.findOne(Circulation, { proceedingId })) !== undefined,
        'report.unsigned': await unsigned(tx, signing, draft),
      });
    }
    return facts;
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
