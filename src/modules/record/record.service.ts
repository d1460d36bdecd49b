import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { stateOf } from '../../kernel/sides.js';
import { PublicReader } from '../../platform/database/public-reader.js';
import { sentAs } from '../../platform/formats/media-types.js';
import { WholePage, type Download } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import {
  countAsked,
  readCursor,
  writeCursor,
  type PageQuery,
  type Part,
} from '../../platform/http/paging.js';
import { assertKnown, unknownFilter } from '../../platform/http/validation.js';
import { found, Refused } from '../../platform/refused.js';
import { FILE_STORE, type FileStore } from '../../platform/storage/file-store.js';
import { assertStateFilter } from '../directory/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import { questionBodies, speakerBodies } from './dialogue.repository.js';
import * as record from './record.repository.js';
import type * as dialogue from './dialogue.schemas.js';
import type * as op from './record.schemas.js';
import type { getRelations } from './relations.schemas.js';

const OPENING = Buffer.from('{"items":[');

/** Reads what has been published, as the role that can read nothing else. */
@Injectable()
export class RecordService {
  constructor(
    private readonly reader: PublicReader,
    private readonly mechanisms: MechanismsService,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  async proceedings({ query }: Input<typeof op.listProceedings>): Promise<WholePage> {
    const { mechanism, state, session } = query;
    const filter = { mechanism, state, session };
    return this.joined(query, [z.uuid()], (part) => record.bodies('proceeding', filter, part));
  }

  async documents({ query }: Input<typeof op.listDocuments>): Promise<WholePage> {
    const { state, session, kind, symbol, proceeding } = query;
    const filter = { proceeding_id: proceeding, state, session, kind, symbol };
    return this.joined(query, [z.uuid()], (part) => record.bodies('document', filter, part));
  }

  async recommendations({ query }: Input<typeof op.listRecommendations>): Promise<WholePage> {
    const { proceeding, state, session, position, recommendingState } = query;
    const filter = {
      proceeding_id: proceeding,
      state,
      session,
      ...(position === 'none' ? { unanswered: 1 } : { position }),
      ...(recommendingState !== undefined && { recommender: recommendingState }),
    };
    return this.joined(query, [z.int32(), z.string(), z.uuid()], (part) =>
      record.recommendationBodies(filter, part),
    );
  }

  async pledges({ query }: Input<typeof op.listPledges>): Promise<WholePage> {
    const { state, session, proceeding } = query;
    const filter = { proceeding_id: proceeding, state, session };
    return this.joined(query, [z.uuid()], (part) => record.bodies('pledge', filter, part));
  }

  async speakers({ query }: Input<typeof dialogue.listSpeakers>): Promise<WholePage> {
    const { proceeding, state, session, list } = query;
    const filter = { proceeding_id: proceeding, state, session, list };
    const key = [z.int32(), z.string(), z.int32(), z.uuid()];
    return this.joined(query, key, (part) => speakerBodies(filter, part));
  }

  async questions({ query }: Input<typeof dialogue.listQuestions>): Promise<WholePage> {
    const { proceeding, state, session, askingState: asker } = query;
    const filter = { proceeding_id: proceeding, state, session, ...(asker && { asker }) };
    const key = [z.int32(), z.int32(), z.uuid()];
    return this.joined(query, key, (part) => questionBodies(filter, part));
  }

  /** The lots of a session, and of its reviews, in the order of their announcement. */
  lotsOfSession(sessionId: string, query: PageQuery): Promise<WholePage> {
    const filter = { session_id: sessionId };
    return this.joined(query, [z.uuid()], (part) => record.bodies('lot', filter, part));
  }

  /** What is said of implementation, of one recommendation or one review. */
  assessments(of: Record<string, string>, query: PageQuery & FollowUpFilters): Promise<WholePage> {
    const { side, kind, grade, current, limit, cursor, count } = query;
    const latest = current === undefined ? undefined : current === 'true';
    const filter = { ...of, side, kind, grade, current: latest };
    // What the kind may be is in the contract; here the name is that of documents.
    const asked = { limit, cursor, count, side, grade };
    return this.joined(asked, [z.uuid()], (part) => record.bodies('assessment', filter, part));
  }

  async item(table: record.RecordTable, id: string): Promise<string> {
    return found(await record.bodyById(this.reader, table, id)).body;
  }

  async relations({ params: { id } }: Input<typeof getRelations>) {
    const { cycle, repeatOf } = found(await record.repeatedBy(this.reader, id));
    const earlier = await record.chainOf(this.reader, repeatOf);
    const later = await record.laterThan(this.reader, id);
    const cycles = new Set([cycle, ...[...earlier, ...later].map((each) => each.cycle)]).size;
    return { id, earlier, later, cycles };
  }

  async content({ params, query }: Input<typeof op.getContent>): Promise<Download> {
    const file = found(await record.fileOf(this.reader, params.id, query.version, query.language));
    const { fileKey } = file;
    if (fileKey === null) throw new Refused('withdrawn');
    const { mediaType, extension } = sentAs(file.mediaType);
    return {
      open: (range) => this.files.open(fileKey, range),
      mediaType,
      bytes: Number(file.bytes),
      sha256: file.sha256,
      fileName: `${params.id}-${file.version}-${file.language}.${extension}`,
    };
  }

  async changes({ query }: Input<typeof op.listChanges>) {
    const rows = await record.changesAfter(this.reader, query.after, query.limit);
    const items = rows.slice(0, query.limit).map((row) => ({
      sequence: Number(row.sequence),
      at: row.at.toISOString(),
      what: row.what,
      kind: row.kind,
      id: row.id,
      href: row.kind === 'lot' ? `/v1/lots/${row.id}` : `/v1/record/${row.kind}s/${row.id}`,
    }));
    const after = items.at(-1)?.sequence ?? query.after;
    return { items, after, more: rows.length > query.limit };
  }

  /** A page as it goes out, from the bodies as they are stored; its cursor stands last. */
  private async joined(
    query: PageQuery & Filters,
    key: readonly z.ZodType[],
    list: (part: Part) => record.Listed,
  ): Promise<WholePage> {
    const { limit } = query;
    const after = readCursor(query.cursor, key);
    const page = await record.joinedPage(this.reader, list({ after, limit }));
    if (page.empty) await this.assertFilters(query);
    const count = await countAsked(this.reader, query, (reads, part) => {
      const { text, values } = list(part);
      return reads.rows(text, values);
    });
    const counted = count ? `"count":${JSON.stringify(count)},` : '';
    const next = page.last === undefined ? null : writeCursor(page.last);
    const end = `],${counted}"next":${JSON.stringify(next)}}`;
    return new WholePage(Buffer.concat([OPENING, page.items, Buffer.from(end)]), next);
  }

  /** Every value that a filter names must exist: where nothing was found, that may be why. */
  private async assertFilters(asked: Filters): Promise<void> {
    const all = this.mechanisms.all();
    const keys = all.map(({ key }) => key);
    const kinds = all.flatMap(({ documents }) => documents.map((each) => each.kind));
    const positions = all.flatMap(({ responses }) => responses?.values ?? []);
    assertKnown('mechanism', asked.mechanism, keys);
    assertKnown('kind', asked.kind, kinds);
    const gradings = all.flatMap(({ followUp }) => (followUp ? [followUp] : []));
    const grades = gradings.flatMap((each) => [...each.status.grades, ...each.assessments.grades]);
    assertKnown('grade', asked.grade, grades);
    const { side } = asked;
    const known = side === undefined || (await record.sidePublished(this.reader, side));
    const state = known ? undefined : stateOf(side);
    if (state !== undefined) await assertStateFilter(this.reader, 'side', state);
    else if (!known) throw unknownFilter('side');
    assertKnown('position', asked.position, [...positions, 'none']);
    await assertStateFilter(this.reader, 'state', asked.state);
    await assertStateFilter(this.reader, 'recommendingState', asked.recommendingState);
    await assertStateFilter(this.reader, 'askingState', asked.askingState);
    const { session, symbol, proceeding } = asked;
    if (symbol !== undefined && !(await record.symbolPublished(this.reader, symbol))) {
      throw unknownFilter('symbol');
    }
    if (session !== undefined && !(await record.sessionExists(this.reader, session))) {
      throw unknownFilter('session');
    }
    if (proceeding === undefined) return;
    const published = await record.bodyById(this.reader, 'proceeding', proceeding);
    if (!published) throw unknownFilter('proceeding');
  }
}

interface FollowUpFilters {
  readonly side?: string | undefined;
  readonly kind?: string | undefined;
  readonly grade?: string | undefined;
  readonly current?: 'true' | 'false' | undefined;
}

interface Filters extends Pick<FollowUpFilters, 'side' | 'grade'> {
  readonly mechanism?: string | undefined;
  readonly kind?: string | undefined;
  readonly position?: string | undefined;
  readonly state?: string | undefined;
  readonly recommendingState?: string | undefined;
  readonly askingState?: string | undefined;
  readonly session?: number | undefined;
  readonly symbol?: string | undefined;
  readonly proceeding?: string | undefined;
}
