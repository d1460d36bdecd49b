import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { keptTexts } from '../documents/index.js';
import { assertTheme, FindDesk, record, type Desk } from './find-desk.js';
import { draftOf } from './gather-draft.js';
import { takeSources, type SourceFound } from './gather-sources.js';
import { signsMatch, withSign } from './notes.rules.js';
import { proposeText } from './propose-text.js';
import { namesHidden } from './sources.rules.js';
import { begin, turn } from './summaries.service.js';
import { Passage, Summary, SummaryParagraph, type NoteCites } from './summaries.entity.js';
import { presentWritten } from './summaries.presenter.js';
import { passagesOf } from './summaries.repository.js';
import { MOST_PARAGRAPHS } from './summaries.schemas.js';
import type * as op from './summaries.schemas.js';

/** What a paragraph may be written from. */
interface Ground {
  readonly desk: Desk;
  readonly sources: readonly SourceFound[];
  readonly passages: ReadonlyMap<string, Passage>;
}

/** Begins, writes and removes paragraphs, each under a version of its own. */
@Injectable()
export class WriteParagraph {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
  ) {}

  add({ viewer, params, query, body }: Input<typeof op.addParagraph>) {
    return this.work.write(viewer, async (tx) => {
      const desk = await this.desks.write(tx, params.id, query.kind);
      const ground = await groundOf(tx, desk);
      const ids = [...new Set(body.passages)];
      assertCitable(ground, ids, '/passages');
      const chosen = ids.map((id) => ground.passages.get(id)!);
      const theme = body.theme ?? chosen[0]!.theme;
      assertTheme(desk, theme);
      const summary = await begin(tx, desk);
      const all = await tx.find(SummaryParagraph, { summaryId: summary.id });
      if (all.length >= MOST_PARAGRAPHS)
        throw new Refused('summary-full', { most: MOST_PARAGRAPHS });
      const { proceedingId, compartment } = desk;
      const row: SummaryParagraph = {
        id: randomUUID(),
        proceedingId,
        compartment,
        summaryId: summary.id,
        theme,
        place: Math.max(-1, ...all.map(({ place }) => place)) + 1,
        ...(await proposal(tx, ground, chosen)),
        proposed: true,
        emptied: false,
        version: 1,
      };
      await tx.insert(SummaryParagraph, row);
      await turn(tx, summary);
      await record(tx, desk, 'paragraph-begun', { paragraphId: row.id, theme });
      return presentWritten(await draftOf(tx, desk), row.id);
    });
  }

  put({ viewer, params, body, ifMatch }: Input<typeof op.putParagraph>) {
    return this.work.write(viewer, async (tx) => {
      const { row, desk } = await this.find(tx, params.id, ifMatch);
      assertTheme(desk, body.theme);
      const ground = await groundOf(tx, desk);
      const { notes, theme } = body;
      const text = withSign(body.text, notes);
      if (!signsMatch(text, notes)) {
        const detail = `has [^1] up to [^${notes.length}], each once and in order`;
        throw new Refused('invalid-content', {}, [{ pointer: '/text', detail }]);
      }
      const ids = notes.flatMap(({ passages, seeAlso }) => [...passages, ...seeAlso]);
      assertCitable(ground, ids, '/notes');
      if (namesHidden(text, ground.sources)) throw new Refused('names-withheld');
      const { id, version } = row;
      const set = { text, notes, theme, proposed: false, emptied: false, version: version + 1 };
      if ((await tx.update(SummaryParagraph, { id, version }, set)) === 0) {
        throw new Refused('stale', { version });
      }
      await record(tx, desk, 'paragraph-written', { paragraphId: id, theme });
      return presentWritten(await draftOf(tx, desk), id);
    });
  }

  remove({ viewer, params, ifMatch }: Input<typeof op.removeParagraph>) {
    return this.work.write(viewer, async (tx) => {
      const { row, desk, summary } = await this.find(tx, params.id, ifMatch);
      await tx.rows('DELETE FROM casework.summary_paragraph WHERE id = $1', [row.id]);
      await turn(tx, summary);
      await record(tx, desk, 'paragraph-removed', { paragraphId: row.id });
    });
  }

  /** As it is under the lock. */
  private async find(tx: Tx, id: string, ifMatch: number | undefined) {
    const seen = found(await tx.findOne(SummaryParagraph, { id }));
    const { proceedingId, kind } = found(await tx.findOne(Summary, { id: seen.summaryId }));
    const desk = await this.desks.write(tx, proceedingId, kind);
    const row = found(await tx.findOne(SummaryParagraph, { id }));
    expectVersion(ifMatch, row.version);
    return { row, desk, summary: found(await tx.findOne(Summary, { id: row.summaryId })) };
  }
}

async function groundOf(tx: Tx, desk: Desk): Promise<Ground> {
  const sources = await takeSources(tx, desk);
  const passages = await passagesOf(tx, desk);
  return { desk, sources, passages: new Map(passages.map((each) => [each.id, each])) };
}

/**
 * @throws Refused `invalid-content` for passages that there are not, `source-hidden` for what is
 *   held back, `institution-apart` where the national institution would stand among others
 */
function assertCitable({ sources, passages }: Ground, ids: readonly string[], pointer: string) {
  const unknown = ids.filter((id) => !passages.has(id));
  if (unknown.length > 0) {
    const detail = 'names a passage that is not marked for this document';
    throw new Refused('invalid-content', { unknown }, [{ pointer, detail }]);
  }
  const named = new Set(ids.map((id) => passages.get(id)!.sourceId));
  const cited = sources.filter(({ id }) => named.has(id));
  const hidden = cited.find(({ use }) => use === 'hidden');
  if (hidden) throw new Refused('source-hidden', { because: hidden.because });
  const apart = cited.filter(({ standsWith }) => standsWith === 'nhri');
  if (apart.length > 0 && apart.length < cited.length) throw new Refused('institution-apart');
}

/** A first text: it says who said what, where they may be named. */
async function proposal(
  tx: Tx,
  { sources }: Ground,
  chosen: readonly Passage[],
): Promise<{ text: string; notes: NoteCites[] }> {
  const marked = [];
  for (const { id, sourceId, words, documentVersion, language, begins, ends } of chosen) {
    const source = sources.find((each) => each.id === sourceId)!;
    const texts = source.documentId === null ? [] : await keptTexts(tx, source.documentId);
    const own = texts.find(
      (each) => each.version === documentVersion && each.language === language,
    );
    const mark = source.use === 'cited' ? source.mark : null;
    marked.push({ id, sourceId, mark, words: words ?? own?.body.slice(begins!, ends!) ?? '…' });
  }
  return proposeText(marked, sources);
}
