import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MailKinds } from '../../platform/mail/mail-kinds.js';
import { delegatedMail } from './delegated-mail.rules.js';

@Injectable()
export class SignaturesJobs implements OnModuleInit {
  constructor(private readonly mail: MailKinds) {}

  onModuleInit(): void {
    this.mail.add(delegatedMail);
  }
}
