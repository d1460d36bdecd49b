import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Environment } from '../../config/environment.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertStillProven, proveAgain } from '../../platform/identity/prove-password.js';
import { hashToken, newToken } from '../../platform/identity/tokens.js';
import { found, Refused } from '../../platform/refused.js';
import { CalendarFeed } from './calendar-feeds.entity.js';
import { presentFeed } from './calendar-feeds.presenter.js';
import * as feeds from './calendar-feeds.repository.js';
import type * as op from './calendar-feeds.schemas.js';

/** How many feeds of an account can be read at a time. */
const MOST = 10;

const byTime = [instant, z.uuid()] as const;

/** Secret addresses of a person's own calendar: shown once, kept as hashes, ended at once. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  async create({ viewer, body }: Input<typeof op.createCalendarFeed>) {
    const proof = await proveAgain(this.work, viewer, body.password);
    return this.work.write(viewer, async (tx) => {
      const { accountId } = viewer;
      await assertStillProven(tx, viewer, proof);
      if ((await feeds.liveFeeds(tx, accountId)) >= MOST) {
        throw new Refused('too-many-feeds', { most: MOST });
      }
      const token = newToken('cf_');
      const row: CalendarFeed = {
        id: randomUUID(),
        accountId,
        name: body.name,
        secretHash: hashToken(token),
        createdAt: new Date(),
        revokedAt: null,
      };
      await tx.insert(CalendarFeed, row);
      return { ...presentFeed(row), url: `${this.environment.url}/v1/calendar-feeds/${token}` };
    });
  }

  list({ viewer, query }: Input<typeof op.listCalendarFeeds>) {
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: byTime,
        rows: feeds.feedPage,
        keyOf: (row) => [row.createdAt.toISOString(), row.id],
        item: presentFeed,
      }),
    );
  }

  revoke({ viewer, params }: Input<typeof op.revokeCalendarFeed>): Promise<void> {
    return this.work.write(viewer, async (tx) => {
      found(await feeds.hasFeed(tx, params.id));
      await tx.update(CalendarFeed, { id: params.id, revokedAt: null }, { revokedAt: new Date() });
    });
  }
}
