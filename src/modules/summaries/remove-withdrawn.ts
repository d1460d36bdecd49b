import type { Tx } from '../../platform/database/tx.js';
import type { WithdrawalFollower } from '../proceedings/index.js';
import { hidesAuthor, MASK } from '../record/index.js';
import { append } from '../../platform/journal/journal.js';
import { authorsOf } from './summaries.repository.js';
import { namesHidden, type Named } from './sources.rules.js';
import { Passage, Source, Summary, SummaryParagraph } from './summaries.entity.js';

/**
 * What was withdrawn falls out of every draft in the same transaction: marks in texts that are gone,
 * the words of paragraphs that rest on them or name who is hidden, and the name itself. As the
 * procedure.
 */
export const removeWithdrawn: WithdrawalFollower = async (tx, { kind, itemId, parts }) => {
  if (kind !== 'document') return;
  const source = await tx.findOne(Source, { id: itemId });
  if (!source) return;
  const gone = await goneIn(tx, source);
  const hides = hidesAuthor({ at: tx.now, parts });
  if (gone.length === 0 && !hides) return;
  const author = (await authorsOf(tx, [itemId])).get(itemId);
  const named: Named = { ...source, author, use: hides ? 'unnamed' : 'cited' };
  const emptied = await emptyParagraphs(tx, source, { gone, named, hides });
  for (const id of gone) await tx.rows('DELETE FROM casework.passage WHERE id = $1', [id]);
  if (hides) await forget(tx, source);
  const { proceedingId, compartment } = source;
  await append(tx, {
    proceedingId,
    compartment,
    what: 'summary-emptied',
    by: 'platform',
    at: tx.now,
    facts: { kind: source.kind, sourceId: source.id, passages: gone.length, paragraphs: emptied },
  });
};

/** The passages of texts that are no longer kept. */
async function goneIn(tx: Tx, source: Source): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT p.id FROM casework.passage p WHERE p.source_id = $1 AND NOT EXISTS (
       SELECT FROM casework.document_version v JOIN casework.document_text t ON t.version_id = v.id
       WHERE v.document_id = $2 AND v.n = p.document_version AND t.language = p.language)`,
    [source.id, source.documentId],
  );
  return rows.map(({ id }) => id);
}

interface Gone {
  readonly gone: readonly string[];
  readonly named: Named;
  readonly hides: boolean;
}

async function emptyParagraphs(tx: Tx, source: Source, { gone, named, hides }: Gone) {
  const { proceedingId, id } = source;
  const own = await tx.find(Passage, { sourceId: id });
  const touched = new Set(hides ? own.map((each) => each.id) : gone);
  const lost = new Set(gone);
  await emptyBackgrounds(tx, proceedingId, named);
  let emptied = 0;
  for (const paragraph of await tx.find(SummaryParagraph, { proceedingId })) {
    const { notes, text, version } = paragraph;
    const cites = notes.some(({ passages, seeAlso }) =>
      [...passages, ...seeAlso].some((each) => touched.has(each)),
    );
    if (!cites && !namesHidden(text, [named])) continue;
    const left = (ids: readonly string[]) => ids.filter((each) => !lost.has(each));
    const kept = notes
      .map(({ passages, seeAlso }) => ({ passages: left(passages), seeAlso: left(seeAlso) }))
      .filter(({ passages, seeAlso }) => passages.length + seeAlso.length > 0);
    const set = { text: MASK, notes: kept, emptied: true, proposed: false, version: version + 1 };
    await tx.update(SummaryParagraph, { id: paragraph.id }, set);
    emptied += 1;
  }
  return emptied;
}

/** No introduction names who may not be named. As the procedure. */
export async function emptyBackgrounds(tx: Tx, proceedingId: string, named: Named): Promise<void> {
  for (const { id, background, version } of await tx.find(Summary, { proceedingId })) {
    if (background === null || !namesHidden(background, [named])) continue;
    await tx.update(Summary, { id }, { background: null, version: version + 1 });
  }
}

/** Whose it was, and who was with them. */
async function forget(tx: Tx, { id, version }: Source): Promise<void> {
  const masked = { mark: null, name: MASK, place: null, partners: [], withheld: [] };
  await tx.update(Source, { id }, { ...masked, version: version + 1 });
}
