import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const { byId, email, instant, knownPassword, password, side, token, uuid, words } = fields;

const mark = fields.written(/^[0-9]{3}-[0-9]{3}$/).meta({
  description: 'To compare, by voice: whoever asked and whoever decides see the same',
  example: '402-918',
});

const recovery = z
  .strictObject({
    id: uuid,
    account: z.strictObject({ id: uuid, email: z.email(), name: words }),
    sides: z.array(side),
    askedAt: instant,
    network: words.meta({
      description: 'From where it was asked: of IPv6 the /64, of IPv4 the /24',
      example: '203.0.113.0/24',
    }),
    mark,
    half: z.enum(['mailed', 'shown']).meta({ description: 'How the owner has their half' }),
    status: z.enum(['waiting', 'approved', 'refused', 'used', 'void', 'expired']),
    expiresAt: instant,
    goodFrom: instant.nullable().meta({ description: 'From when both halves set a password' }),
    firstBy: words.nullable().meta({
      description: 'Who approved first, where it takes two',
      example: 'Mara Kos',
    }),
    decidedBy: words.nullable().meta({ description: 'Name, where the viewer may know it' }),
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'Recovery' });

export const askRecovery = operation({
  id: 'askRecovery',
  method: 'POST',
  path: '/v1/auth/recoveries',
  tag: 'sign-in',
  summary: 'Ask for a way back into my account, with a second person’s approval',
  description:
    'For who lost the password and perhaps the mailbox. The answer has the same form whether ' +
    'there is such an account or not. My half is mailed, or shown here once where I have no ' +
    'mailbox (`mailbox: false`). Whoever manages all my sides, else the platform’s administrator, ' +
    'is told by mail; tell them the mark when they speak to you. The account’s mailbox hears of ' +
    'it. One stands open at a time: while one does, a half that is shown opens nothing. Throttled.',
  open: true,
  body: z
    .strictObject({
      email,
      mailbox: z.boolean().default(true).meta({ description: 'Whether I can read my mail' }),
      language: fields.writtenIn,
    })
    .meta({
      id: 'RecoveryRequest',
      example: { email: 'head@delegation.example', mailbox: false, language: 'fr' },
    }),
  returns: z
    .strictObject({
      status: z.literal('accepted'),
      mark,
      half: token.nullable().meta({
        description: 'Mine, shown this once; none where it is mailed',
        example: 'cr_Zk3vQ0mR7yT1uN5w',
      }),
      expiresAt: instant,
    })
    .meta({ id: 'RecoveryAsked' }),
  status: 202,
  shownOnce: true,
  problems: ['too-many-attempts'],
});

export const redeemRecovery = operation({
  id: 'redeemRecovery',
  method: 'POST',
  path: '/v1/auth/recoveries/redeem',
  tag: 'sign-in',
  summary: 'Set a new password with both halves of a recovery',
  description:
    'All sessions and keys of the account end, and the owner is told by mail. Five wrong codes end ' +
    'the recovery; so does it that whoever approved no longer answers for me. A half that was ' +
    'shown, and not mailed, is good a day after the approval.',
  open: true,
  body: z
    .strictObject({
      half: token.min(1).max(200).meta({ example: 'cr_Zk3vQ0mR7yT1uN5w' }),
      code: z
        .string()
        .min(1)
        .max(40)
        .regex(/^[A-Za-z0-9 -]+$/)
        .meta({
          description: 'From whoever approved; case, spaces and hyphens do not matter',
          example: 'K7QF-2M9D-XR4T',
        }),
      password,
    })
    .meta({
      id: 'RecoveryRedemption',
      example: {
        half: 'cr_Zk3vQ0mR7yT1uN5w',
        code: 'K7QF-2M9D-XR4T',
        password: 'another long pass phrase',
      },
    }),
  problems: ['unknown-token', 'too-early', 'too-many-attempts'],
});

export const listRecoveries = operation({
  id: 'listRecoveries',
  method: 'GET',
  path: '/v1/recoveries',
  tag: 'sign-in',
  summary: 'Recoveries of the people for whom I answer',
  description:
    'By those who manage every side on which the person sits; where nobody does, by the platform’s ' +
    'administrators, who also take part where the half was shown. Never one’s own. Those that ended too, in the order in which they were asked for.',
  query: z.strictObject(pageQuery),
  returns: pageOf(recovery).meta({ id: 'Recoveries' }),
});

const decision = {
  method: 'POST',
  tag: 'sign-in',
  params: byId,
  body: z
    .strictObject({ password: knownPassword.meta({ description: 'Mine' }) })
    .meta({ id: 'RecoveryDecision', example: { password: 'correct horse battery staple' } }),
  status: 200,
  problems: ['wrong-credentials', 'too-many-attempts', 'recovery-closed'],
} as const;

export const approveRecovery = operation({
  ...decision,
  id: 'approveRecovery',
  path: '/v1/recoveries/{id}/approve',
  summary: 'Approve a recovery; the code is shown once',
  description:
    'Speak to the person first, in person or by a number known before, and compare the mark. The ' +
    'code opens nothing without the person’s half: hand it over yourself. Where that half was shown ' +
    'and not mailed, two approve, one of whom answers for the person, and the second has the code; ' +
    'an administrator may be the other. The owner and the others who answer for them are told by ' +
    'mail, and can still refuse.',
  returns: recovery
    .extend({
      code: words.nullable().meta({
        description: 'Shown this once; none where another has yet to approve',
        example: 'K7QF-2M9D-XR4T',
      }),
    })
    .meta({ id: 'ApprovedRecovery' }),
  shownOnce: true,
  problems: [...decision.problems, 'already-given'],
});

export const refuseRecovery = operation({
  ...decision,
  id: 'refuseRecovery',
  path: '/v1/recoveries/{id}/refuse',
  summary: 'Refuse a recovery, also one that was approved and is not used yet',
  description: 'It opens nothing from now on. The person may ask for another.',
  returns: recovery,
});
