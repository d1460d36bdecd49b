import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PublicReader, type PublicReads } from '../../platform/database/public-reader.js';
import { sentAs } from '../../platform/formats/media-types.js';
import type { Download } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import {
  readPart,
  writeCursor,
  type Key,
  type List,
  type PageQuery,
} from '../../platform/http/paging.js';
import { assertKnown, unknownFilter } from '../../platform/http/validation.js';
import { found, Refused } from '../../platform/refused.js';
import { FILE_STORE, type FileStore } from '../../platform/storage/file-store.js';
import { assertStateFilter } from '../directory/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import * as record from './record.repository.js';
import type * as op from './record.schemas.js';

/** Reads what has been published, as the role that can read nothing else. */
@Injectable()
export class RecordService {
  constructor(
    private readonly reader: PublicReader,
    private readonly mechanisms: MechanismsService,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  async proceedings({ query }: Input<typeof op.listProceedings>): Promise<string> {
    const { mechanism, state, session } = query;
    await this.assertFilters(query);
    const filter = { mechanism, state, session };
    return this.joined(query, {
      key: [z.uuid()],
      rows: (reads, part) => record.bodies(reads, 'proceeding', filter, part),
      keyOf: (row) => [row.id],
    });
  }

  async documents({ query }: Input<typeof op.listDocuments>): Promise<string> {
    const { state, session, kind, symbol, proceeding } = query;
    await this.assertFilters(query);
    if (symbol !== undefined && !(await record.symbolPublished(this.reader, symbol))) {
      throw unknownFilter('symbol');
    }
    const filter = { proceeding_id: proceeding, state, session, kind, symbol };
    return this.joined(query, {
      key: [z.uuid()],
      rows: (reads, part) => record.bodies(reads, 'document', filter, part),
      keyOf: (row) => [row.id],
    });
  }

  async recommendations({ query }: Input<typeof op.listRecommendations>): Promise<string> {
    const { proceeding, state, session, position, recommendingState } = query;
    await this.assertFilters(query);
    const filter = {
      proceeding_id: proceeding,
      state,
      session,
      ...(position === 'none' ? { unanswered: 1 } : { position }),
      ...(recommendingState !== undefined && { recommender: recommendingState }),
    };
    return this.joined(query, {
      key: [z.int32(), z.string(), z.uuid()],
      rows: (reads, part) => record.recommendationBodies(reads, filter, part),
      keyOf: (row) => [row.session, row.labelOrder, row.id],
    });
  }

  async item(table: 'proceeding' | 'document' | 'recommendation', id: string): Promise<string> {
    return found(await record.bodyById(this.reader, table, id)).body;
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
      href: `/v1/record/${row.kind}s/${row.id}`,
    }));
    const after = items.at(-1)?.sequence ?? query.after;
    return { items, after, more: rows.length > query.limit };
  }

  /** A page as text, from the bodies as they are stored; its cursor stands last. */
  private async joined<R extends record.Stored, K extends Key>(
    query: PageQuery,
    list: List<PublicReads, R, K>,
  ): Promise<string> {
    const { rows, count } = await readPart(this.reader, query, list);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const next = rows.length > query.limit && last ? `"${writeCursor(list.keyOf(last))}"` : 'null';
    const bodies = shown.map(({ body }) => body).join(',');
    const counted = count ? `"count":${JSON.stringify(count)},` : '';
    return `{"items":[${bodies}],${counted}"next":${next}}`;
  }

  /** Every value that a filter names must exist: one that does not would find nothing. */
  private async assertFilters(asked: Filters): Promise<void> {
    const all = this.mechanisms.all();
    const keys = all.map(({ key }) => key);
    const kinds = all.flatMap(({ documents }) => documents.map((each) => each.kind));
    const positions = all.flatMap(({ responses }) => responses?.values ?? []);
    assertKnown('mechanism', asked.mechanism, keys);
    assertKnown('kind', asked.kind, kinds);
    assertKnown('position', asked.position, [...positions, 'none']);
    await assertStateFilter(this.reader, 'state', asked.state);
    await assertStateFilter(this.reader, 'recommendingState', asked.recommendingState);
    const { session, proceeding } = asked;
    if (session !== undefined && !(await record.sessionExists(this.reader, session))) {
      throw unknownFilter('session');
    }
    if (proceeding === undefined) return;
    const published = await record.bodyById(this.reader, 'proceeding', proceeding);
    if (!published) throw unknownFilter('proceeding');
  }
}

interface Filters {
  readonly mechanism?: string | undefined;
  readonly kind?: string | undefined;
  readonly position?: string | undefined;
  readonly state?: string | undefined;
  readonly recommendingState?: string | undefined;
  readonly session?: number | undefined;
  readonly proceeding?: string | undefined;
}
