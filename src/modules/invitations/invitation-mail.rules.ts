import type { Language } from '../../platform/labels/languages.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import type { MailKind } from '../../platform/mail/mail-kinds.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';

interface Invited {
  readonly by: string;
  readonly side: string;
  readonly role: string;
  readonly place: string;
  readonly until: string;
}
type Text = (invited: Invited) => { subject: string; before: string[]; after: string[] };

export const INVITATION: Record<Language, Text> = {
  ar: ({ by, side, role, place, until }) => ({
    subject: `دعوة للانضمام إلى ${side} على Comity`,
    before: [
      `يدعوك ${by} إلى المشاركة باسم ${side} بصفة: ${role}.`,
      `للقبول، أرسل الرمز التالي مع اسمك وكلمة مرور تختارها إلى ${place}`,
      'إذا كان لديك حساب بهذا العنوان فاستعمل كلمة مروره.',
    ],
    after: [
      `يصلح الرمز مرة واحدة حتى ${until}.`,
      'إذا لم تكن تتوقع هذه الدعوة، فتجاهل هذه الرسالة: فلن يحدث شيء من دون الرمز.',
    ],
  }),
  en: ({ by, side, role, place, until }) => ({
    subject: `Invitation to join ${side} on Comity`,
    before: [
      `${by} invites you to take part for ${side}. Your role: ${role}.`,
      `To accept, send this token with your name and a password of your choice to ${place}`,
      'If you have an account under this address already, use its password.',
    ],
    after: [
      `The token works once, until ${until}.`,
      'If you did not expect this invitation, ignore this mail: without the token nothing happens.',
    ],
  }),
  es: ({ by, side, role, place, until }) => ({
    subject: `Invitación a participar por ${side} en Comity`,
    before: [
      `${by} le invita a participar por ${side}, con la función siguiente: ${role}.`,
      `Para aceptar, envíe este código con su nombre y una contraseña de su elección a ${place}`,
      'Si ya tiene una cuenta con esta dirección, use la contraseña de esa cuenta.',
    ],
    after: [
      `El código sirve una sola vez, hasta el ${until}.`,
      'Si no esperaba esta invitación, haga caso omiso de este mensaje: sin el código no ocurre nada.',
    ],
  }),
  fr: ({ by, side, role, place, until }) => ({
    subject: `Invitation à participer pour ${side} sur Comity`,
    before: [
      `${by} vous invite à participer pour ${side}, avec la fonction suivante : ${role}.`,
      `Pour accepter, envoyez ce code avec votre nom et un mot de passe de votre choix à ${place}`,
      'Si vous avez déjà un compte à cette adresse, utilisez son mot de passe.',
    ],
    after: [
      `Le code ne sert qu’une fois, jusqu’au ${until}.`,
      'Si vous n’attendiez pas cette invitation, ignorez ce message : sans le code, rien ne se passe.',
    ],
  }),
  ru: ({ by, side, role, place, until }) => ({
    subject: `Приглашение участвовать от имени: ${side} — Comity`,
    before: [
      `${by} приглашает Вас участвовать от имени стороны «${side}», роль: ${role}.`,
      `Чтобы принять приглашение, отправьте этот код вместе со своим именем и выбранным паролем по адресу ${place}`,
      'Если у Вас уже есть учётная запись с этим адресом, используйте её пароль.',
    ],
    after: [
      `Код действует один раз, до ${until}.`,
      'Если Вы не ждали этого приглашения, оставьте письмо без внимания: без кода ничего не произойдёт.',
    ],
  }),
  zh: ({ by, side, role, place, until }) => ({
    subject: `邀请您在Comity上代表${side}参与工作`,
    before: [
      `${by}邀请您代表${side}参与工作，职务：${role}。`,
      `如接受邀请，请将以下代码连同您的姓名和自选密码发送至 ${place}`,
      '如果您已有使用本地址的账户，请使用该账户的密码。',
    ],
    after: [
      `该代码只能使用一次，有效期至${until}。`,
      '如果您并未预期收到此邀请，请忽略本邮件：没有该代码，不会发生任何事情。',
    ],
  }),
};

/** What somebody who is invited to a side gets, with the token that accepts. */
export const invitationMail: MailKind = {
  name: 'invitation',
  write: ({ language, told, token, url }) => ({
    ...INVITATION[language]({
      by: told['by'] ?? '',
      side: told['sideName'] ?? '',
      role: platformLabel('membership-roles', told['role'] ?? '', language),
      place: `${url}/v1/invitations/accept`,
      until: tellMoment(language, told['expiresAt']),
    }),
    token,
  }),
};
