import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { expectVersion } from '../../platform/refused.js';
import { Account } from '../accounts/index.js';
import { Manner } from './preferences.entity.js';
import { lockWishes, lookAgain, ownWishes } from './preferences.repository.js';
import { wishesFrom, type Wishes } from './preferences.rules.js';
import type * as op from './preferences.schemas.js';

/** How somebody wishes to be told: their own word alone. */
@Injectable()
export class PreferencesService {
  constructor(private readonly work: UnitOfWork) {}

  get({ viewer }: Pick<Input<typeof op.getNoticePreferences>, 'viewer'>) {
    return this.work.read(viewer, (tx) => this.show(tx, viewer));
  }

  put({ viewer, body, ifMatch }: Input<typeof op.putNoticePreferences>) {
    return this.work.write(viewer, async (tx) => {
      await lockWishes(tx, viewer.accountId);
      const { version, ...was } = await this.show(tx, viewer);
      expectVersion(ifMatch, version);
      const said = Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      );
      await this.keep(tx, viewer, version, { ...was, ...said });
      return this.show(tx, viewer);
    });
  }

  /** Leaves no mail but what is urgent; said again, it changes nothing. */
  endMail(viewer: Viewer) {
    return this.work.write(viewer, async (tx) => {
      await lockWishes(tx, viewer.accountId);
      const { version, ...was } = await this.show(tx, viewer);
      if (was.mail === 'urgent') return { mail: was.mail };
      await this.keep(tx, viewer, version, { ...was, mail: 'urgent' });
      return { mail: 'urgent' as const };
    });
  }

  /** Who said nothing yet stands at the first version, without a row. */
  private async show(tx: Tx, { accountId }: Viewer) {
    const stored = await ownWishes(tx, accountId);
    return { ...wishesFrom(stored), version: stored.version ?? 1 };
  }

  private async keep(tx: Tx, { accountId }: Viewer, version: number, wishes: Wishes) {
    const { language, quiet, muted, ...rest } = wishes;
    const row = {
      ...rest,
      quietFrom: quiet?.from ?? null,
      quietTo: quiet?.to ?? null,
      quietDays: quiet?.days ? [...quiet.days] : null,
      muted: [...muted],
      version: version + 1,
    };
    if (version === 1) await tx.insert(Manner, { accountId, ...row });
    else await tx.update(Manner, { accountId, version }, row);
    await tx.update(Account, { id: accountId }, { language });
    await lookAgain(tx);
  }
}
