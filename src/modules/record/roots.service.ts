import { Injectable } from '@nestjs/common';
import { PublicReader } from '../../platform/database/public-reader.js';
import { date } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { found } from '../../platform/refused.js';
import { rootOfDay, rootPage, type RootRow } from './record.repository.js';
import type * as op from './roots.schemas.js';

const present = ({ sealedAt, ...row }: RootRow) => ({ ...row, sealedAt: sealedAt.toISOString() });

/** The daily roots over the journal, for everybody. */
@Injectable()
export class RootsService {
  constructor(private readonly reader: PublicReader) {}

  list({ query }: Input<typeof op.listRoots>) {
    return readPage(this.reader, query, {
      key: [date],
      rows: rootPage,
      keyOf: (row) => [row.day],
      item: present,
    });
  }

  async get({ params }: Input<typeof op.getRoot>) {
    return present(found(await rootOfDay(this.reader, params.day)));
  }
}
