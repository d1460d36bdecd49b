import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { hashPassword } from '../../platform/identity/tokens.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found, Refused, raise } from '../../platform/refused.js';
import { Account, Membership, Organization, Principal } from './accounts.entity.js';
import {
  presentAccount,
  presentHoldings,
  presentMembership,
  presentOrganization,
} from './accounts.presenter.js';
import * as accounts from './accounts.repository.js';
import { inSecretariat, isLive, leavingRefused } from './accounts.rules.js';
import * as op from './accounts.schemas.js';
import { assertSideFilter } from './check-filters.js';
import { replaceMember } from './replace-member.js';
import { assertMaySeat, assertNotEntered, seatMember } from './seat-member.js';
import type * as succession from './succession.schemas.js';

const byTime = [instant, z.uuid()] as const;

/** Accounts, memberships and organizations. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  async create({ viewer, body }: Input<typeof op.createAccount>) {
    if (!viewer.administrator) throw new Refused('forbidden', { needs: 'administrator' });
    const passwordHash = await hashPassword(body.password);
    return this.work.write(viewer, async (tx) => {
      const account = {
        id: randomUUID(),
        email: body.email,
        name: body.name,
        passwordHash,
        administrator: false,
        createdAt: new Date(),
        disabledAt: null,
        language: null,
      };
      await tx.insert(Account, account);
      return presentAccount(account);
    });
  }

  list({ viewer, query }: Input<typeof op.listAccounts>) {
    return this.work.read(viewer, async (tx) => {
      const { email } = query;
      return readPage(tx, query, {
        key: byTime,
        rows: (reads, part) => accounts.accountPage(reads, { email, ...part }),
        keyOf: (row) => [row.createdAt.toISOString(), row.id],
        item: presentAccount,
      });
    });
  }

  grant({ viewer, body }: Input<typeof op.grantMembership>) {
    const { email, side, role } = body;
    const seat = { side, role, until: body.until === undefined ? null : new Date(body.until) };
    const { testMode } = this.environment;
    return this.work.write(viewer, async (tx) => {
      const accountId = await accounts.accountByEmail(tx, email);
      const principalId = await assertMaySeat(tx, { viewer, testMode }, accountId ?? '', seat);
      if (!accountId) throw new Refused('unknown-account', { email });
      const id = await seatMember(tx, viewer, { accountId, principalId }, seat);
      return presentMembership(found(await accounts.membershipById(tx, id)));
    });
  }

  memberships({ viewer, query }: Input<typeof op.listMemberships>) {
    return this.work.read(viewer, async (tx) => {
      const { side } = query;
      await assertSideFilter(tx, side);
      return readPage(tx, query, {
        key: byTime,
        rows: (reads, part) => accounts.membershipPage(reads, { side, ...part }),
        keyOf: (row) => [row.grantedAt.toISOString(), row.id],
        item: presentMembership,
      });
    });
  }

  revoke({ viewer, params }: Input<typeof op.revokeMembership>) {
    return this.work.write(viewer, async (tx) => {
      const row = found(await accounts.membershipById(tx, params.id));
      raise(
        leavingRefused({
          viewer,
          side: row.side,
          accountId: row.accountId,
          manages: isLive(row) && row.permissions.includes('manage'),
          managers: await accounts.managersOf(tx, row.principalId),
        }),
      );
      await assertNotEntered(tx, row.side);
      if (row.revokedAt === null) await endMembership(tx, row.id, viewer.accountId);
      return presentMembership(found(await accounts.membershipById(tx, params.id)));
    });
  }

  holdings({ viewer, params }: Input<typeof succession.readHoldings>) {
    return this.work.read(viewer, async (tx) => {
      const { side } = found(await accounts.membershipById(tx, params.id));
      const held = await accounts.holdingsOf(tx, params.id);
      if (!held) throw new Refused('permission-missing', { permission: 'manage', side });
      return presentHoldings(held);
    });
  }

  succeed({ viewer, params, body }: Input<typeof succession.succeedMembership>) {
    return this.work.write(viewer, async (tx) => {
      const { seat, held } = await replaceMember(tx, viewer, { id: params.id, email: body.email });
      return { ...presentMembership(seat), holdings: presentHoldings(held) };
    });
  }

  disable({ viewer, params }: { viewer: Viewer; params: { id: string } }, disabled = true) {
    if (!viewer.administrator) throw new Refused('forbidden', { needs: 'administrator' });
    return this.work.write(viewer, async (tx) => {
      found(await accounts.accountById(tx, params.id));
      if (params.id === viewer.accountId) throw new Refused('not-your-own');
      await accounts.setDisabled(tx, params.id, disabled);
      return presentAccount(found(await accounts.accountById(tx, params.id)));
    });
  }

  enter({ viewer, body }: Input<typeof op.createOrganization>) {
    if (!inSecretariat(viewer, 'submit')) throw new Refused('forbidden', { needs: 'secretariat' });
    return this.work.write(viewer, async (tx) => {
      const id = randomUUID();
      const group = found(await tx.findOne(Principal, { key: 'stakeholders' }));
      const side = { id: randomUUID(), key: `organization:${id}`, kind: 'organization' };
      await tx.insert(Principal, { ...side, within: group.id });
      const row = { id, name: body.name, acronym: body.acronym ?? null, kind: body.kind };
      await tx.insert(Organization, { ...row, principalId: side.id, createdAt: new Date() });
      return presentOrganization(row);
    });
  }

  organizations({ viewer, query }: Input<typeof op.listOrganizations>) {
    const { kind } = query;
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: byTime,
        rows: (reads, part) => accounts.organizationPage(reads, { kind, ...part }),
        keyOf: (row) => [row.createdAt.toISOString(), row.id],
        item: presentOrganization,
      }),
    );
  }
}

/** The sessions stay; what they may see is read live, so it is gone with the next request. */
async function endMembership(tx: Tx, id: string, revokedBy: string): Promise<void> {
  await tx.update(Membership, { id, revokedAt: null }, { revokedAt: new Date(), revokedBy });
}
