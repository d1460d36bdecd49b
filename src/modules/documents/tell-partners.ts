import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import type { Engine, Standing } from '../proceedings/index.js';
import { Partner, type Document } from './documents.entity.js';
import { outdated, partnersOf } from './partners.repository.js';

/** Who accepted a text stands for that text alone: of another one they are asked again. */
export function askAgain(tx: Tx, { id: documentId, proceedingId }: Document): Promise<void> {
  return tx.asProcedure(proceedingId, async () => {
    for (const { id, compartment, edits } of await outdated(tx, documentId)) {
      await tx.update(Partner, { id, compartment }, { status: 'asked', edits: edits + 1 });
      const facts = { documentId, partnerId: id };
      const what = 'partner-asked-again';
      await append(tx, { proceedingId, compartment, what, by: 'lead', at: tx.now, facts });
    }
  });
}

/**
 * Whoever is in on a filing may accept it for as long as its registered file may come; or, where
 * it came before the deadline after all, until that alone.
 */
export function extendAcceptance(
  tx: Tx,
  { id: documentId, proceedingId }: Document,
  extension: { readonly by: string; readonly until: string } | null,
): Promise<void> {
  return tx.asProcedure(proceedingId, async () => {
    const extendedBy = extension?.by ?? null;
    const what = extension ? 'acceptance-extended' : 'extension-ended';
    const changed = (await partnersOf(tx, documentId)).filter(
      (row) => ['asked', 'accepted'].includes(row.status) && row.extendedBy !== extendedBy,
    );
    for (const { id, compartment, edits } of changed) {
      await tx.update(Partner, { id, compartment }, { extendedBy, edits: edits + 1 });
      const facts = { documentId, partnerId: id, ...(extension && { until: extension.until }) };
      await append(tx, { proceedingId, compartment, what, by: 'lead', at: tx.now, facts });
    }
  });
}

/** A joint submission that is handed in comes before the secretariat, with whom it may name. */
export async function nameStanding(
  tx: Tx,
  engine: Engine,
  standing: Standing,
  { id, proceedingId, compartment }: Document,
): Promise<void> {
  const office = secretariatSide(standing.proceeding.mechanism);
  await engine.joinCircle(tx, standing, compartment, office);
  await tx.asProcedure(proceedingId, async () => {
    const rows = await partnersOf(tx, id);
    const own = rows.filter((each) => each.compartment === deskOf(each.side));
    for (const row of own.filter(({ status, sealed }) => status === 'accepted' && !sealed)) {
      await tx.insert(Partner, { ...row, compartment, edits: 0 });
    }
  });
}
