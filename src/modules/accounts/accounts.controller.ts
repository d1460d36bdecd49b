import { Controller, UseGuards } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { PasswordGuard } from '../../platform/identity/guards.js';
import { AccountsService } from './accounts.service.js';
import * as op from './accounts.schemas.js';
import * as own from './sessions.schemas.js';
import * as succession from './succession.schemas.js';
import type { Proven } from '../../platform/identity/prove-password.js';
import { SessionsService } from './sessions.service.js';

@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
  ) {}

  @UseGuards(PasswordGuard)
  @Route(own.login)
  login(@In() { request }: Input<typeof own.login>) {
    return this.sessions.open(request.user as unknown as Proven);
  }

  @Route(own.logout)
  logout(@In() { viewer }: Input<typeof own.logout>) {
    return this.sessions.close(viewer);
  }

  @Route(own.me)
  me(@In() { viewer }: Input<typeof own.me>) {
    const { accountId, email, name, administrator } = viewer;
    const seats = viewer.seats.map(({ membershipId, side, role, permissions, signsFor }) => ({
      membershipId,
      side,
      role,
      permissions,
      signsFor,
    }));
    return { accountId, email, name, administrator, seats };
  }

  @Route(own.changePassword)
  changePassword(@In() input: Input<typeof own.changePassword>) {
    return this.sessions.changePassword(input);
  }

  @Route(op.createAccount)
  create(@In() input: Input<typeof op.createAccount>) {
    return this.accounts.create(input);
  }

  @Route(op.listAccounts)
  list(@In() input: Input<typeof op.listAccounts>) {
    return this.accounts.list(input);
  }

  @Route(op.grantMembership)
  grant(@In() input: Input<typeof op.grantMembership>) {
    return this.accounts.grant(input);
  }

  @Route(op.listMemberships)
  memberships(@In() input: Input<typeof op.listMemberships>) {
    return this.accounts.memberships(input);
  }

  @Route(op.revokeMembership)
  revoke(@In() input: Input<typeof op.revokeMembership>) {
    return this.accounts.revoke(input);
  }

  @Route(succession.readHoldings)
  holdings(@In() input: Input<typeof succession.readHoldings>) {
    return this.accounts.holdings(input);
  }

  @Route(succession.succeedMembership)
  succeed(@In() input: Input<typeof succession.succeedMembership>) {
    return this.accounts.succeed(input);
  }

  @Route(succession.disableAccount)
  disable(@In() input: Input<typeof succession.disableAccount>) {
    return this.accounts.disable(input);
  }

  @Route(succession.enableAccount)
  enable(@In() input: Input<typeof succession.enableAccount>) {
    return this.accounts.disable(input, false);
  }

  @Route(op.createOrganization)
  enter(@In() input: Input<typeof op.createOrganization>) {
    return this.accounts.enter(input);
  }

  @Route(op.listOrganizations)
  organizations(@In() input: Input<typeof op.listOrganizations>) {
    return this.accounts.organizations(input);
  }
}
