import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { Document } from '../documents/index.js';
import { Proceeding } from '../proceedings/index.js';
import type { Desk, FindDesk } from './find-desk.js';
import { sourcesOf, type SourceFound } from './gather-sources.js';
import { Source } from './summaries.entity.js';

/** A source by its id, and the desk where it lies; one that is not kept yet by its submission. */
export async function findSource(
  tx: Tx,
  desks: FindDesk,
  id: string,
  { write = false } = {},
): Promise<{ readonly source: SourceFound; readonly desk: Desk }> {
  const { proceedingId, kind } = await placeOf(tx, desks, id);
  const desk = write
    ? await desks.write(tx, proceedingId, kind)
    : await desks.read(tx, proceedingId, kind);
  const source = found((await sourcesOf(tx, desk)).find((each) => each.id === id));
  return { source, desk };
}

async function placeOf(
  tx: Tx,
  desks: FindDesk,
  id: string,
): Promise<{ readonly proceedingId: string; readonly kind: string }> {
  const kept = await tx.findOne(Source, { id });
  if (kept) return kept;
  const document = found(await tx.findOne(Document, { id }));
  const { proceedingId } = document;
  const proceeding = found(await tx.findOne(Proceeding, { id: proceedingId }));
  return { proceedingId, kind: found(desks.writtenFrom(proceeding.mechanism, document.kind)) };
}
