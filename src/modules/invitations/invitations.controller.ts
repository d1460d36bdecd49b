import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { AcceptInvitation } from './accept-invitation.js';
import * as op from './invitations.schemas.js';
import { InvitationsService } from './invitations.service.js';

@Controller()
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly acceptance: AcceptInvitation,
  ) {}

  @Route(op.invite)
  invite(@In() input: Input<typeof op.invite>) {
    return this.invitations.invite(input);
  }

  @Route(op.listInvitations)
  list(@In() input: Input<typeof op.listInvitations>) {
    return this.invitations.list(input);
  }

  @Route(op.revokeInvitation)
  revoke(@In() input: Input<typeof op.revokeInvitation>) {
    return this.invitations.revoke(input);
  }

  @Route(op.resendInvitation)
  resend(@In() input: Input<typeof op.resendInvitation>) {
    return this.invitations.resend(input);
  }

  @Route(op.acceptInvitation)
  accept(@In() input: Input<typeof op.acceptInvitation>) {
    return this.acceptance.accept(input);
  }
}
