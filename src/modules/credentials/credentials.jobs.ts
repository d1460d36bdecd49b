import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MailKinds } from '../../platform/mail/mail-kinds.js';
import { keyCreatedMail } from './key-mail.rules.js';
import * as recovery from './recovery-mail.rules.js';
import { changedMail, resetMail } from './reset-mail.rules.js';

@Injectable()
export class CredentialsJobs implements OnModuleInit {
  constructor(private readonly mail: MailKinds) {}

  onModuleInit(): void {
    this.mail.add(resetMail, changedMail, keyCreatedMail);
    this.mail.add(recovery.recoveryAskedMail, recovery.recoveryHalfMail);
    this.mail.add(recovery.recoveryToDecideMail, recovery.recoveryApprovedMail);
  }
}
