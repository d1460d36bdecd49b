import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertStillProven, proveAgain } from '../../platform/identity/prove-password.js';
import { hashToken, KEY_PREFIX, newToken } from '../../platform/identity/tokens.js';
import { found, Refused } from '../../platform/refused.js';
import { KnownScopes } from './gather-scopes.js';
import { ApiKey } from './keys.entity.js';
import { presentKey } from './keys.presenter.js';
import * as keys from './keys.repository.js';
import type * as op from './keys.schemas.js';

/** A year, and how many keys an account may have that are of use. */
const LONGEST = 366 * 86_400_000;
const USUAL = 365 * 86_400_000;
const MOST = 20;
/** Characters of the secret by which its owner knows it again. */
const VISIBLE = KEY_PREFIX.length + 6;

const byTime = [instant, z.uuid()] as const;

/** Keys of programs that act for a person. */
@Injectable()
export class KeysService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scopes: KnownScopes,
  ) {}

  async create({ viewer, body }: Input<typeof op.createKey>) {
    const proof = await proveAgain(this.work, viewer, body.password);
    const known = this.scopes.all();
    const unknown = body.scopes.filter((scope) => !known.includes(scope));
    if (unknown.length > 0) throw new Refused('unknown-scope', { unknown, known });
    const createdAt = new Date();
    const expiresAt = expiryOf(body.expiresAt, createdAt);
    return this.work.write(viewer, async (tx) => {
      const { accountId } = viewer;
      await assertStillProven(tx, viewer, proof);
      if ((await keys.liveKeys(tx, accountId)) >= MOST) {
        throw new Refused('too-many-keys', { most: MOST });
      }
      const secret = newToken(KEY_PREFIX);
      const row: ApiKey = {
        id: randomUUID(),
        accountId,
        name: body.name,
        prefix: secret.slice(0, VISIBLE),
        secretHash: hashToken(secret),
        scopes: body.scopes.toSorted(),
        createdAt,
        expiresAt,
        usedAt: null,
        revokedAt: null,
      };
      await tx.insert(ApiKey, row);
      await keys.tellOfKey(tx, row.id);
      return { ...presentKey(row), secret };
    });
  }

  list({ viewer, query }: Input<typeof op.listKeys>) {
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: byTime,
        rows: keys.keyPage,
        keyOf: (row) => [row.createdAt.toISOString(), row.id],
        item: presentKey,
      }),
    );
  }

  revoke({ viewer, params }: Input<typeof op.revokeKey>): Promise<void> {
    return this.work.write(viewer, async (tx) => {
      found(await keys.hasKey(tx, params.id));
      await tx.update(ApiKey, { id: params.id, revokedAt: null }, { revokedAt: new Date() });
    });
  }
}

/** @throws Refused `dates-in-disorder` for an end that has passed, or is more than a year away */
function expiryOf(given: string | undefined, from: Date): Date {
  if (given === undefined) return new Date(from.getTime() + USUAL);
  const at = new Date(given);
  const latest = new Date(from.getTime() + LONGEST);
  if (at <= from || at > latest) {
    const facts = { from: from.toISOString(), until: latest.toISOString(), given };
    throw new Refused('dates-in-disorder', facts);
  }
  return at;
}
