import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { unknownFilter } from '../../platform/http/validation.js';
import { hashPassword } from '../../platform/identity/tokens.js';
import type { Permission } from '../../platform/identity/viewer.js';
import { found, Refused, raise } from '../../platform/refused.js';
import { Account, Membership, Organization, Principal } from './accounts.entity.js';
import { presentAccount, presentMembership, presentOrganization } from './accounts.presenter.js';
import * as accounts from './accounts.repository.js';
import { inSecretariat, leavingRefused, seatingRefused } from './accounts.rules.js';
import * as op from './accounts.schemas.js';

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
      const account: Account = {
        id: randomUUID(),
        email: body.email,
        name: body.name,
        passwordHash,
        administrator: false,
        createdAt: new Date(),
        disabledAt: null,
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
    return this.work.write(viewer, async (tx) => {
      const principal = await tx.findOne(Principal, { key: body.side });
      if (!principal) throw new Refused('unknown-side', { side: body.side });
      const managers = await accounts.managersOf(tx, principal.id);
      const accountId = await accounts.accountByEmail(tx, body.email);
      const { testMode } = this.environment;
      raise(
        seatingRefused({
          viewer,
          side: body.side,
          accountId: accountId ?? '',
          managers,
          manages: (op.ROLES[body.role] as readonly Permission[]).includes('manage'),
          testMode,
        }),
      );
      if (!accountId) throw new Refused('unknown-account', { email: body.email });
      const until = body.until === undefined ? null : new Date(body.until);
      const grantedAt = new Date();
      if (until !== null && until <= grantedAt) {
        throw new Refused('dates-in-disorder', {
          from: grantedAt.toISOString(),
          until: body.until,
        });
      }
      await accounts.endExpired(tx, { accountId, principalId: principal.id }, viewer.accountId);
      const id = randomUUID();
      await tx.insert(Membership, {
        id,
        accountId,
        principalId: principal.id,
        role: body.role,
        permissions: [...(op.ROLES[body.role] as readonly Permission[])],
        until,
        grantedBy: viewer.accountId,
        grantedAt,
        revokedBy: null,
        revokedAt: null,
      });
      return presentMembership(found(await accounts.membershipById(tx, id)));
    });
  }

  memberships({ viewer, query }: Input<typeof op.listMemberships>) {
    return this.work.read(viewer, async (tx) => {
      const { side } = query;
      if (side !== undefined && !(await tx.findOne(Principal, { key: side }))) {
        throw unknownFilter('side');
      }
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
      if (row.revokedAt === null) await endMembership(tx, row.id, viewer.accountId);
      return presentMembership(found(await accounts.membershipById(tx, params.id)));
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

const isLive = ({ revokedAt, until }: accounts.MembershipRow): boolean =>
  revokedAt === null && (until === null || until > new Date());

/** The sessions stay; what they may see is read live, so it is gone with the next request. */
async function endMembership(tx: Tx, id: string, revokedBy: string): Promise<void> {
  await tx.update(Membership, { id, revokedAt: null }, { revokedAt: new Date(), revokedBy });
}
