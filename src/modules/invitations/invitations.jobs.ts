import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MailKinds } from '../../platform/mail/mail-kinds.js';
import { invitationMail } from './invitation-mail.rules.js';

@Injectable()
export class InvitationsJobs implements OnModuleInit {
  constructor(private readonly mail: MailKinds) {}

  onModuleInit(): void {
    this.mail.add(invitationMail);
  }
}
