import { describe, expect, it } from '@jest/globals';
import { GRANTED, grantedMail } from '../../src/modules/accounts/granted-mail.rules.js';
import { ROLES } from '../../src/modules/accounts/accounts.schemas.js';
import { KEY_CREATED, keyCreatedMail } from '../../src/modules/credentials/key-mail.rules.js';
import {
  CHANGED,
  changedMail,
  RESET,
  resetMail,
} from '../../src/modules/credentials/reset-mail.rules.js';
import * as recovery from '../../src/modules/credentials/recovery-mail.rules.js';
import { INVITATION, invitationMail } from '../../src/modules/invitations/invitation-mail.rules.js';
import { DELEGATED, delegatedMail } from '../../src/modules/signatures/delegated-mail.rules.js';
import { WEBHOOK_OFF, webhookOffMail } from '../../src/modules/webhooks/webhook-off-mail.rules.js';
import { LANGUAGES } from '../../src/platform/labels/languages.js';
import type { Language } from '../../src/platform/labels/languages.js';
import { PLATFORM_LABELS } from '../../src/platform/labels/platform-labels.js';
import type { MailKind } from '../../src/platform/mail/mail-kinds.js';

const told = {
  by: 'Mara Kos',
  member: 'Ana Novak',
  sideName: 'Slovenia',
  name: 'Filing from our registry',
  scopes: 'documents:read, documents:write',
  role: 'focal-point',
  expiresAt: '2027-05-03T14:05:00Z',
  at: '2027-05-03T14:05:00Z',
  from: '2027-05-04T14:05:00Z',
  until: '2027-05-15T14:05:00Z',
  mark: '402-918',
  description: 'Our registry',
  since: '2027-05-01T14:05:00Z',
};
const kinds: [MailKind, object, (keyof typeof told)[]][] = [
  [invitationMail, INVITATION, ['by', 'sideName']],
  [resetMail, RESET, []],
  [changedMail, CHANGED, []],
  [grantedMail, GRANTED, ['by', 'member', 'sideName']],
  [keyCreatedMail, KEY_CREATED, ['name', 'scopes']],
  [webhookOffMail, WEBHOOK_OFF, ['description']],
  [delegatedMail, DELEGATED, ['by', 'member', 'sideName']],
  [recovery.recoveryAskedMail, recovery.ASKED, ['mark']],
  [recovery.recoveryHalfMail, recovery.HALF, ['mark']],
  [recovery.recoveryToDecideMail, recovery.TO_DECIDE, ['member', 'mark']],
  [recovery.recoveryApprovedMail, recovery.APPROVED, ['by', 'member', 'mark']],
];
const SCRIPTS: Partial<Record<Language, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  ru: /\p{Script=Cyrillic}/u,
  zh: /\p{Script=Han}/u,
};

describe('mail in six languages', () => {
  it.each(kinds)('says all in each of them ($name)', (kind, texts, names) => {
    expect(Object.keys(texts).toSorted()).toEqual([...LANGUAGES].toSorted());
    const carries = ['invitation', 'password-reset', 'recovery-half'].includes(kind.name);
    const dated = carries || kind === keyCreatedMail || kind === webhookOffMail;
    const parts = dated ? ['https://comity.test/v1/', '2027', '14:05', 'UTC'] : [];
    const seen = new Set<string>();
    for (const language of LANGUAGES) {
      const occasion = { language, told, token: 'cm_x', url: 'https://comity.test' };
      const { subject, before, after = [], token } = kind.write(occasion);
      const whole = [subject, ...before, ...after].join('\n');
      for (const part of [...names.map((name) => told[name]), ...parts]) {
        expect([language, whole]).toEqual([language, expect.stringContaining(part)]);
      }
      expect(whole).not.toMatch(/undefined|\[object|\$\{|null/);
      expect(whole).toMatch(SCRIPTS[language] ?? /\p{Script=Latin}/u);
      expect(token).toBe(carries ? 'cm_x' : undefined);
      seen.add(subject);
    }
    expect(seen.size).toBe(LANGUAGES.length);
  });
});

it('calls roles what the labels call them, in every language', () => {
  const words = PLATFORM_LABELS['membership-roles']!;
  for (const role of Object.keys(ROLES)) {
    for (const language of LANGUAGES) {
      for (const kind of [invitationMail, grantedMail]) {
        const occasion = { language, told: { ...told, role }, token: 'cm_x', url: '' };
        const { before } = kind.write(occasion);
        expect(before.join('\n')).toMatch(new RegExp(`[:：] ?${words[role]![language]}`));
      }
    }
  }
});
