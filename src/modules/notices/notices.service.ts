import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import type { Language } from '../../platform/labels/languages.js';
import { found } from '../../platform/refused.js';
import { Notice } from './notices.entity.js';
import * as notices from './notices.repository.js';
import type * as op from './notices.schemas.js';
import { RenderNotices } from './render-notices.js';

/** What somebody is told, as they may read it now. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rendering: RenderNotices,
  ) {}

  list({ viewer, query, language }: Input<typeof op.listNotices>) {
    const filter = { state: query.state, proceedingId: query.proceeding };
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => notices.noticePage(reads, filter, part),
        keyOf: (row) => [row.toldAt.toISOString(), row.id],
        item: (row) => this.rendering.render(row, { language }),
      }),
    );
  }

  get({ viewer, params, language }: Input<typeof op.getNotice>) {
    return this.work.read(viewer, (tx) => this.show(tx, params.id, language));
  }

  put({ viewer, params, body, language }: Input<typeof op.putNotice>) {
    return this.work.write(viewer, async (tx) => {
      const { readAt, archivedAt } = found(await notices.noticeById(tx, params.id));
      const at = (was: Date | null, is: boolean | undefined): Date | null =>
        is === undefined ? was : is ? (was ?? new Date()) : null;
      const set = { readAt: at(readAt, body.read), archivedAt: at(archivedAt, body.archived) };
      await tx.update(Notice, { id: params.id }, set);
      return this.show(tx, params.id, language);
    });
  }

  readAll({ viewer, body }: Input<typeof op.readNotices>) {
    return this.work.write(viewer, async (tx) => ({
      read: await notices.markRead(tx, new Date(body.until)),
    }));
  }

  /** @throws Refused where there is none that the viewer may read */
  async expectOwn(tx: Tx, id: string): Promise<void> {
    found(await notices.noticeById(tx, id));
  }

  private async show(tx: Tx, id: string, language: Language) {
    return this.rendering.render(found(await notices.noticeById(tx, id)), { language });
  }
}
