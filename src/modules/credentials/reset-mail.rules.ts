import type { Language } from '../../platform/labels/languages.js';
import type { MailKind } from '../../platform/mail/mail-kinds.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';

type Reset = (
  place: string,
  until: string,
) => { subject: string; before: string[]; after: string[] };

export const RESET: Record<Language, Reset> = {
  ar: (place, until) => ({
    subject: 'كلمة مرور جديدة على Comity',
    before: [
      'طلب شخص ما، ولعله أنت، كلمة مرور جديدة لحسابك.',
      `لاختيارها، أرسل الرمز التالي مع كلمة المرور الجديدة إلى ${place}`,
    ],
    after: [
      `يصلح الرمز مرة واحدة حتى ${until}. وعند استعماله تنتهي جميع الجلسات والمفاتيح المرتبطة بالحساب.`,
      'إذا لم تطلب ذلك، فتجاهل هذه الرسالة: فلن يتغير شيء.',
    ],
  }),
  en: (place, until) => ({
    subject: 'A new password on Comity',
    before: [
      'Somebody, probably you, asked for a new password for your account.',
      `To choose it, send this token with the new password to ${place}`,
    ],
    after: [
      `The token works once, until ${until}. When it is used, all sessions and keys of the account end.`,
      'If you did not ask for this, ignore this mail: nothing changes.',
    ],
  }),
  es: (place, until) => ({
    subject: 'Nueva contraseña en Comity',
    before: [
      'Alguien, probablemente usted, ha pedido una nueva contraseña para su cuenta.',
      `Para elegirla, envíe este código junto con la nueva contraseña a ${place}`,
    ],
    after: [
      `El código sirve una sola vez, hasta el ${until}. Al usarlo se cierran todas las sesiones y se anulan todas las claves de la cuenta.`,
      'Si no lo ha pedido usted, haga caso omiso de este mensaje: nada cambia.',
    ],
  }),
  fr: (place, until) => ({
    subject: 'Nouveau mot de passe sur Comity',
    before: [
      'Quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour votre compte.',
      `Pour le choisir, envoyez ce code avec le nouveau mot de passe à ${place}`,
    ],
    after: [
      `Le code ne sert qu’une fois, jusqu’au ${until}. Son utilisation met fin à toutes les sessions et à toutes les clés du compte.`,
      'Si vous n’avez rien demandé, ignorez ce message : rien ne change.',
    ],
  }),
  ru: (place, until) => ({
    subject: 'Новый пароль в Comity',
    before: [
      'Кто-то, вероятно Вы, запросил новый пароль для Вашей учётной записи.',
      `Чтобы задать его, отправьте этот код вместе с новым паролем по адресу ${place}`,
    ],
    after: [
      `Код действует один раз, до ${until}. После его использования все сеансы и ключи учётной записи прекращают действие.`,
      'Если Вы этого не запрашивали, оставьте письмо без внимания: ничего не изменится.',
    ],
  }),
  zh: (place, until) => ({
    subject: 'Comity新密码',
    before: [
      '有人（很可能是您本人）请求为您的账户设置新密码。',
      `如要设置，请将以下代码连同新密码发送至 ${place}`,
    ],
    after: [
      `该代码只能使用一次，有效期至${until}。一经使用，该账户的所有会话和密钥即告终止。`,
      '如果您没有提出请求，请忽略本邮件：一切照旧。',
    ],
  }),
};

type Changed = (at: string) => { subject: string; before: string[] };

export const CHANGED: Record<Language, Changed> = {
  ar: (at) => ({
    subject: 'تم تغيير كلمة مرورك على Comity',
    before: [
      `تم تغيير كلمة مرور حسابك في ${at}.`,
      'إذا لم تكن أنت من غيرها، فاطلب فورا كلمة مرور جديدة وأبلغ المشرف على المنصة.',
    ],
  }),
  en: (at) => ({
    subject: 'Your password on Comity was changed',
    before: [
      `The password of your account was changed on ${at}.`,
      'If it was not you, ask for a new password at once and tell the administrator of the platform.',
    ],
  }),
  es: (at) => ({
    subject: 'Su contraseña en Comity ha cambiado',
    before: [
      `La contraseña de su cuenta se cambió el ${at}.`,
      'Si no fue usted, pida de inmediato una nueva contraseña y avise a la administración de la plataforma.',
    ],
  }),
  fr: (at) => ({
    subject: 'Votre mot de passe sur Comity a été modifié',
    before: [
      `Le mot de passe de votre compte a été modifié le ${at}.`,
      'Si ce n’était pas vous, demandez aussitôt un nouveau mot de passe et prévenez l’administration de la plateforme.',
    ],
  }),
  ru: (at) => ({
    subject: 'Ваш пароль в Comity изменён',
    before: [
      `Пароль Вашей учётной записи был изменён ${at}.`,
      'Если это сделали не Вы, немедленно запросите новый пароль и сообщите администратору платформы.',
    ],
  }),
  zh: (at) => ({
    subject: '您的Comity密码已更改',
    before: [
      `您账户的密码已于${at}更改。`,
      '如果不是您本人所为，请立即请求设置新密码，并告知平台管理员。',
    ],
  }),
};

/** The token with which the owner of a mailbox sets the account's password. */
export const resetMail: MailKind = {
  name: 'password-reset',
  write: ({ language, told, token, url }) => ({
    ...RESET[language](
      `${url}/v1/auth/password-resets/redeem`,
      tellMoment(language, told['expiresAt']),
    ),
    token,
  }),
};

/** That it was done, so that an owner who did not do it hears of it. */
export const changedMail: MailKind = {
  name: 'password-changed',
  write: ({ language, told }) => CHANGED[language](tellMoment(language, told['at'])),
};
