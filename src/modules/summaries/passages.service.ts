import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertKnown } from '../../platform/http/validation.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { keptTexts, type KeptText } from '../documents/index.js';
import { assertTheme, FindDesk, record, type Desk } from './find-desk.js';
import { sourcesOf, takeSources, type SourceFound } from './gather-sources.js';
import type * as op from './passages.schemas.js';
import { readParagraphs, textOf } from './sources.service.js';
import { Passage, SummaryParagraph } from './summaries.entity.js';
import { presentPassage } from './summaries.presenter.js';
import { passagePage, type PassageRow } from './summaries.repository.js';

type Asked = Input<typeof op.markPassage>['body'];
type Place = Pick<
  Passage,
  'documentVersion' | 'language' | 'begins' | 'ends' | 'digest' | 'words' | 'pinpoint'
>;

const wrong = (pointer: string, detail: string): Refused =>
  new Refused('invalid-content', {}, [{ pointer, detail }]);

/** What the secretariat marks in sources. */
@Injectable()
export class PassagesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
  ) {}

  list({ viewer, params, query }: Input<typeof op.listPassages>) {
    return this.work.read(viewer, async (tx) => {
      const { kind, source, theme, used } = query;
      const desk = await this.desks.read(tx, params.id, kind);
      const themes = desk.layout.themes.map((each) => each.theme);
      assertKnown('theme', theme, themes);
      const sources = await sourcesOf(tx, desk);
      const filter = { proceedingId: params.id, kind, source, theme, used };
      const page = await readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => passagePage(reads, { ...filter, ...part }),
        keyOf: (row) => [row.markedAt.toISOString(), row.id],
        item: (row) => row,
      });
      const texts = await textsOf(tx, sources, page.items);
      const items = page.items.map((row) => presentPassage(row, texts.get(row.sourceId) ?? []));
      return { ...page, items };
    });
  }

  mark({ viewer, params, body }: Input<typeof op.markPassage>) {
    return this.work.write(viewer, async (tx) => {
      // Which document it is written for, the source tells.
      const { desk, source } = await this.sourceNamed(tx, params.id, body.source);
      if (source.use === 'hidden') throw new Refused('source-hidden', { because: source.because });
      assertTheme(desk, body.theme);
      const { proceedingId, compartment, kind } = desk;
      const row: Passage = {
        id: randomUUID(),
        proceedingId,
        compartment,
        kind,
        sourceId: source.id,
        ...(await placeIn(tx, source, body)),
        theme: body.theme,
        note: body.note ?? null,
        markedAt: tx.now,
        version: 1,
      };
      await tx.insert(Passage, row);
      const { theme } = row;
      await record(tx, desk, 'passage-marked', { passageId: row.id, sourceId: source.id, theme });
      return show(tx, source, { ...row, used: false });
    });
  }

  put({ viewer, params, body, ifMatch }: Input<typeof op.putPassage>) {
    return this.work.write(viewer, async (tx) => {
      const { row, desk, source } = await this.find(tx, params.id, ifMatch);
      assertTheme(desk, body.theme);
      const { id, version } = row;
      const set = { ...body, version: version + 1 };
      if ((await tx.update(Passage, { id, version }, set)) === 0) {
        throw new Refused('stale', { version });
      }
      await record(tx, desk, 'passage-changed', { passageId: id, theme: body.theme });
      return show(tx, source, { ...row, ...set, used: (await citing(tx, row)).length > 0 });
    });
  }

  remove({ viewer, params, ifMatch }: Input<typeof op.removePassage>) {
    return this.work.write(viewer, async (tx) => {
      const { row, desk } = await this.find(tx, params.id, ifMatch);
      const paragraphs = await citing(tx, row);
      if (paragraphs.length > 0) throw new Refused('passage-cited', { paragraphs });
      await tx.rows('DELETE FROM casework.passage WHERE id = $1', [row.id]);
      await record(tx, desk, 'passage-removed', { passageId: row.id });
    });
  }

  private async sourceNamed(
    tx: Tx,
    proceedingId: string,
    id: string,
  ): Promise<{ readonly desk: Desk; readonly source: SourceFound }> {
    for (const kind of await this.desks.kinds(tx, proceedingId)) {
      const desk = await this.desks.write(tx, proceedingId, kind);
      const known = (await sourcesOf(tx, desk)).some((each) => each.id === id);
      if (!known) continue;
      const taken = await takeSources(tx, desk);
      return { desk, source: taken.find((each) => each.id === id)! };
    }
    throw wrong('/source', 'no source of this review');
  }

  private async find(tx: Tx, id: string, ifMatch: number | undefined) {
    const seen = found(await tx.findOne(Passage, { id }));
    const desk = await this.desks.write(tx, seen.proceedingId, seen.kind);
    const row = found(await tx.findOne(Passage, { id }));
    expectVersion(ifMatch, row.version);
    const source = (await sourcesOf(tx, desk)).find((each) => each.id === row.sourceId)!;
    return { row, desk, source };
  }
}

/** The paragraphs of drafts that cite a passage. */
async function citing(tx: Tx, { id, proceedingId }: Passage): Promise<string[]> {
  const paragraphs = await tx.find(SummaryParagraph, { proceedingId });
  return paragraphs
    .filter(({ notes }) =>
      notes.some(({ passages, seeAlso }) => [...passages, ...seeAlso].includes(id)),
    )
    .map((each) => each.id);
}

async function show(tx: Tx, source: SourceFound, row: PassageRow) {
  const texts = await textsOf(tx, [source], [row]);
  return presentPassage(row, texts.get(source.id) ?? []);
}

/** The kept texts of the submissions that some passages are of. */
async function textsOf(
  tx: Tx,
  sources: readonly SourceFound[],
  rows: readonly PassageRow[],
): Promise<Map<string, KeptText[]>> {
  const wanted = new Set(rows.map(({ sourceId }) => sourceId));
  const texts = new Map<string, KeptText[]>();
  for (const { id, documentId } of sources) {
    if (documentId !== null && wanted.has(id)) texts.set(id, await keptTexts(tx, documentId));
  }
  return texts;
}

/** Where a passage stands: asked by a paragraph, by offsets, or by words of its own. */
async function placeIn(tx: Tx, source: SourceFound, asked: Asked): Promise<Place> {
  if (source.documentId === null) {
    if (asked.words === undefined) throw wrong('/words', 'needed: the house holds no text of it');
    if (asked.pinpoint === undefined) throw wrong('/pinpoint', 'needed, such as para. 24');
    const { words, pinpoint } = asked;
    return { ...NOWHERE, words, pinpoint };
  }
  if (asked.words !== undefined) throw wrong('/words', 'taken from the text itself');
  const text = await textOf(tx, source, asked);
  const paragraphs = readParagraphs(text);
  const { begins, ends } = rangeIn(text, asked);
  const within = paragraphs.find((each) => each.begins <= begins && begins < each.ends);
  return {
    documentVersion: text.version,
    language: text.language,
    begins,
    ends,
    digest: createHash('sha256').update(text.body).digest('hex'),
    words: null,
    pinpoint: asked.pinpoint ?? (within ? `para. ${within.label}` : 'passim'),
  };
}

const NOWHERE = {
  documentVersion: null,
  language: null,
  begins: null,
  ends: null,
  digest: null,
} as const;

function rangeIn(text: KeptText, { paragraph, from, to }: Asked) {
  if (paragraph !== undefined && from === undefined && to === undefined) {
    const known = readParagraphs(text).find(({ label }) => label === paragraph);
    if (!known) throw wrong('/paragraph', 'the text has no such paragraph');
    return known;
  }
  if (from === undefined || to === undefined || paragraph !== undefined) {
    throw wrong('/paragraph', 'either a paragraph, or from and to');
  }
  if (from >= to || to > text.body.length || text.body.slice(from, to).trim() === '') {
    throw wrong('/to', `beyond from, and at most ${text.body.length}`);
  }
  return { begins: from, ends: to };
}
