import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { prefersPage } from '../../platform/http/pages.js';
import { hashToken } from '../../platform/identity/tokens.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found } from '../../platform/refused.js';
import { PreferencesService } from './preferences.service.js';
import { unsubscriptionPage } from './unsubscription-page.rules.js';
import type * as op from './unsubscriptions.schemas.js';

type Asked = Pick<
  Input<typeof op.getUnsubscription | typeof op.unsubscribe>,
  'params' | 'language' | 'request'
>;

/** Ends mail for whoever can prove nothing but that they got some. */
@Injectable()
export class UnsubscriptionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly preferences: PreferencesService,
  ) {}

  async get(asked: Asked) {
    const { mail } = await this.preferences.get({ viewer: await this.ownerOf(asked) });
    return this.show(asked, { mail });
  }

  async end(asked: Asked) {
    return this.show(asked, await this.preferences.endMail(await this.ownerOf(asked)));
  }

  private show({ language, request }: Asked, answer: { mail: 'all' | 'urgent' }) {
    return prefersPage(request) ? unsubscriptionPage(answer.mail, language) : answer;
  }

  /** @throws Refused `not-found` for an address that is unknown, or whose owner's account is disabled */
  private async ownerOf({ params }: Asked): Promise<Viewer> {
    const row = await this.work.identity<{ answer: Viewer | null }>(
      'identity.redeem_unsubscription',
      [hashToken(params.token)],
    );
    return found(row?.answer);
  }
}
