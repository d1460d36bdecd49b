import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { FORMATS } from '../../platform/formats/format.js';
import type { Input } from '../../platform/http/operation.js';
import { pageOfAll } from '../../platform/http/paging.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { keptTexts, type KeptText } from '../documents/index.js';
import { FindDesk, record, type Desk } from './find-desk.js';
import { draftOf } from './gather-draft.js';
import { takeSources, type SourceFound } from './gather-sources.js';
import { findSource } from './find-source.js';
import { paragraphsOf, type TextParagraph } from './passages.rules.js';
import type * as op from './sources.schemas.js';
import { Source } from './summaries.entity.js';
import { presentSource, restedOn } from './summaries.presenter.js';

/** A paragraph stands on one line of what these formats keep. */
const WHOLE: readonly string[] = [FORMATS.docx, FORMATS.odt];

/** The paragraphs of a kept text. */
export const readParagraphs = ({ body, mediaType }: KeptText): TextParagraph[] =>
  paragraphsOf(body, { whole: WHOLE.includes(mediaType) });

/** What a summary is written from, and the text of it. */
@Injectable()
export class SourcesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
  ) {}

  list({ viewer, params, query }: Input<typeof op.listSources>) {
    return this.work.read(viewer, async (tx) => {
      const desk = await this.desks.read(tx, params.id, query.kind);
      const all = await presented(tx, desk);
      const asked = all.filter(({ cited }) => (query.cited ?? String(cited)) === String(cited));
      return pageOfAll(asked, query, (each) => each);
    });
  }

  get({ viewer, params }: Input<typeof op.getSource>) {
    return this.work.read(viewer, async (tx) => {
      const { desk } = await findSource(tx, this.desks, params.id);
      return show(tx, desk, params.id);
    });
  }

  add({ viewer, params, body }: Input<typeof op.addSource>) {
    return this.work.write(viewer, async (tx) => {
      const desk = await this.desks.write(tx, params.id, body.kind);
      const taken = await takeSources(tx, desk);
      const { symbol: mark } = body;
      assertFree(taken, mark);
      const { proceedingId, compartment, kind, document } = desk;
      const id = randomUUID();
      await tx.insert(Source, {
        id,
        proceedingId,
        compartment,
        kind,
        documentId: null,
        jointNumber: null,
        mark,
        name: body.title,
        place: null,
        partners: [],
        withheld: [],
        standsWith: document.sources ? 'regional' : 'united-nations',
        sealed: false,
        addedAt: tx.now,
        version: 1,
      });
      await record(tx, desk, 'source-added', { sourceId: id });
      return show(tx, desk, id);
    });
  }

  put({ viewer, params, body, ifMatch }: Input<typeof op.putSource>) {
    return this.work.write(viewer, async (tx) => {
      const { id } = params;
      const { desk } = await findSource(tx, this.desks, id, { write: true });
      const all = await takeSources(tx, desk);
      const { version, because } = found(all.find((each) => each.id === id));
      expectVersion(ifMatch, version);
      if (because === 'author-withdrawn' || because === 'withdrawn') throw new Refused('withdrawn');
      assertFree(
        all.filter((each) => each.id !== id),
        body.mark,
      );
      const set = { ...body, version: version + 1 };
      if ((await tx.update(Source, { id, version }, set)) === 0) {
        throw new Refused('stale', { version });
      }
      const { standsWith, sealed } = body;
      await record(tx, desk, 'source-corrected', { sourceId: id, standsWith, sealed });
      return show(tx, desk, id);
    });
  }

  paragraphs({ viewer, params, query }: Input<typeof op.listParagraphs>) {
    return this.work.read(viewer, async (tx) => {
      const { source, desk } = await findSource(tx, this.desks, params.id);
      const kept = await textOf(tx, source, query);
      const { passages } = await draftOf(tx, desk);
      const marked = passages.filter(
        (each) =>
          each.sourceId === source.id &&
          each.documentVersion === kept.version &&
          each.language === kept.language,
      );
      return pageOfAll(readParagraphs(kept), query, ({ label, printed, begins, ends, text }) => ({
        label,
        printed,
        from: begins,
        to: ends,
        text,
        passages: marked.filter((each) => each.begins! < ends && each.ends! > begins).length,
      }));
    });
  }
}

/** Asked of the text: the latest there is, in its original language, unless another is named. */
interface TextAsked {
  readonly version?: number | undefined;
  readonly language?: string | undefined;
}

/** @throws Refused `withdrawn`, or `not-found` where there is no such text */
export async function textOf(tx: Tx, source: SourceFound, asked: TextAsked): Promise<KeptText> {
  if (source.because === 'withdrawn') throw new Refused('withdrawn');
  const texts = source.documentId === null ? [] : await keptTexts(tx, source.documentId);
  return found(
    texts.find(
      ({ version, language }) =>
        (asked.version ?? version) === version && (asked.language ?? language) === language,
    ),
  );
}

/** @throws Refused `already-exists` for a mark that another bears */
function assertFree(others: readonly SourceFound[], mark: string): void {
  if (others.some((each) => each.mark === mark)) throw new Refused('already-exists', { mark });
}

async function presented(tx: Tx, desk: Desk) {
  const draft = await draftOf(tx, desk);
  const rested = restedOn(draft);
  return draft.sources.map((source) => {
    const passages = draft.passages.filter(({ sourceId }) => sourceId === source.id).length;
    return presentSource(source, { passages, cited: rested.has(source.id) });
  });
}

const show = async (tx: Tx, desk: Desk, id: string) =>
  found((await presented(tx, desk)).find((each) => each.id === id));
