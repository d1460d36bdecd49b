import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertStillProven, proveAgain } from '../../platform/identity/prove-password.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { PLATFORM_LABELS } from '../../platform/labels/platform-labels.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { SealSecret } from './seal-secret.js';
import { faultOfUrl } from './targets.rules.js';
import { Webhook } from './webhooks.entity.js';
import { presentWebhook } from './webhooks.presenter.js';
import * as webhooks from './webhooks.repository.js';
import type * as op from './webhooks.schemas.js';

/** How many webhooks an account may have. */
const MOST = 10;
/** How long the secret before the current one signs too. */
const OVERLAP = '24 hours';

/** Where a person has notices posted to. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly secrets: SealSecret,
    private readonly environment: Environment,
  ) {}

  list({ viewer, query }: Input<typeof op.listWebhooks>) {
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: webhooks.webhookPage,
        keyOf: (row) => [row.createdAt.toISOString(), row.id],
        item: presentWebhook,
      }),
    );
  }

  get({ viewer, params }: Input<typeof op.getWebhook>) {
    return this.work.read(viewer, async (tx) =>
      presentWebhook(found(await webhooks.webhookById(tx, params.id))),
    );
  }

  async create({ viewer, body }: Input<typeof op.createWebhook>) {
    const { accountId } = viewer;
    const { url, events } = this.checked(body);
    const proof = await proveAgain(this.work, viewer, body.password);
    return this.work.write(viewer, async (tx) => {
      await assertStillProven(tx, viewer, proof);
      if ((await webhooks.countWebhooks(tx, accountId)) >= MOST) {
        throw new Refused('too-many-webhooks', { most: MOST });
      }
      const row: Webhook = {
        id: randomUUID(),
        accountId,
        url,
        description: body.description,
        events,
        ...ON,
        previousUntil: null,
        createdAt: new Date(),
        version: 1,
      };
      await tx.insert(Webhook, row);
      const secret = await this.secrets.make(tx, row.id, null);
      return { ...presentWebhook(row), secret };
    });
  }

  async put({ viewer, params, body, ifMatch }: Input<typeof op.putWebhook>) {
    const { password } = body;
    const { url, events } = this.checked(body);
    const proof =
      password === undefined ? null : await this.proved(viewer, password, [params.id, ifMatch]);
    return this.work.write(viewer, async (tx) => {
      const row = await this.versioned(tx, params.id, ifMatch);
      if (url !== row.url) {
        if (proof === null) throw new Refused('wrong-credentials');
        await assertStillProven(tx, viewer, proof);
      }
      const { description, status } = body;
      const off = row.status === 'off' ? {} : { ...OFF, offSince: new Date() };
      const set = { url, description, events, ...(status === 'active' ? ON : off) };
      await changed(webhooks.changeWebhook(tx, row, set), row);
      return presentWebhook(found(await webhooks.webhookById(tx, row.id)));
    });
  }

  delete({ viewer, params, ifMatch }: Input<typeof op.deleteWebhook>): Promise<void> {
    return this.work.write(viewer, async (tx) => {
      const row = await this.versioned(tx, params.id, ifMatch);
      await changed(webhooks.dropWebhook(tx, row), row);
    });
  }

  async rotate({ viewer, params, body, ifMatch }: Input<typeof op.rotateWebhookSecret>) {
    const proof = await this.proved(viewer, body.password, [params.id, ifMatch]);
    return this.work.write(viewer, async (tx) => {
      const row = await this.versioned(tx, params.id, ifMatch);
      await assertStillProven(tx, viewer, proof);
      await changed(webhooks.changeWebhook(tx, row, {}), row);
      const secret = await this.secrets.make(tx, row.id, body.endPrevious ? null : OVERLAP);
      return { ...presentWebhook(found(await webhooks.webhookById(tx, row.id))), secret };
    });
  }

  /** What is not there, or was changed, is told before any password is looked at. */
  private async proved(
    viewer: Viewer,
    password: string,
    which: readonly [id: string, ifMatch: number | undefined],
  ): Promise<string> {
    await this.work.read(viewer, (tx) => this.versioned(tx, ...which));
    return proveAgain(this.work, viewer, password);
  }

  private async versioned(tx: Tx, id: string, ifMatch: number | undefined): Promise<Webhook> {
    const row = found(await webhooks.webhookById(tx, id));
    expectVersion(ifMatch, row.version);
    return row;
  }

  /** @throws Refused `invalid-content` for an address to which nothing is posted, `code-unknown` */
  private checked({ url, events = null }: { url: string; events?: string[] | null | undefined }) {
    const fault = faultOfUrl(url, this.environment.webhookTargets);
    if (fault) throw new Refused('invalid-content', {}, [{ pointer: '/url', detail: fault }]);
    const unknown = (events ?? []).filter((event) => !PLATFORM_LABELS['journal-events']?.[event]);
    if (unknown.length > 0) throw new Refused('code-unknown', { unknown });
    return { url: new URL(url).href, events };
  }
}

/** Switched on: what failed before is forgotten. */
const ON = {
  status: 'active',
  offWhy: null,
  offSince: null,
  failingSince: null,
  failures: 0,
  retryAt: null,
} as const;
const OFF = { status: 'off', offWhy: 'by-owner', retryAt: null } as const;

/** @throws Refused `stale` where somebody was faster */
async function changed(change: Promise<boolean>, { version }: Webhook): Promise<void> {
  if (!(await change)) throw new Refused('stale', { version });
}
