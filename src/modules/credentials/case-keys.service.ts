import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { Bearers } from '../../platform/identity/bearers.js';
import { CASE_KEY_PREFIX, hashToken, newToken } from '../../platform/identity/tokens.js';
import { Refused } from '../../platform/refused.js';
import type * as op from './case-keys.schemas.js';

/** Keys of people without an account: nothing else says who they are. */
@Injectable()
export class CaseKeysService {
  constructor(private readonly work: UnitOfWork) {}

  async make() {
    const key = newToken(CASE_KEY_PREFIX);
    const row = await this.work.identity<{ answer: Date }>('identity.make_case_key', [
      randomUUID(),
      hashToken(key),
    ]);
    return { key, madeAt: row!.answer.toISOString() };
  }

  /** @throws Refused `unauthenticated` where another has taken its place meanwhile */
  async renew({ request }: Input<typeof op.renewCaseKey>) {
    const key = newToken(CASE_KEY_PREFIX);
    const row = await this.work.identity<{ answer: Date | null }>('identity.renew_case_key', [
      Bearers.hashOf(request),
      hashToken(key),
    ]);
    if (!row?.answer) throw new Refused('unauthenticated');
    return { key, madeAt: row.answer.toISOString() };
  }
}
