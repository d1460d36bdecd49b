import { Module } from '@nestjs/common';
import { AcceptInvitation } from './accept-invitation.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsJobs } from './invitations.jobs.js';
import { InvitationsService } from './invitations.service.js';

@Module({
  controllers: [InvitationsController],
  providers: [AcceptInvitation, InvitationsJobs, InvitationsService],
})
export class InvitationsModule {}
