import type { Language } from '../../platform/labels/languages.js';
import type { MailKind } from '../../platform/mail/mail-kinds.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';

interface Created {
  readonly name: string;
  readonly scopes: string;
  readonly at: string;
  readonly until: string;
  /** Where the owner ends it. */
  readonly place: string;
}
type Text = (created: Created) => { subject: string; before: string[] };

export const KEY_CREATED: Record<Language, Text> = {
  ar: ({ name, scopes, at, until, place }) => ({
    subject: 'مفتاح جديد لحسابك على Comity',
    before: [
      `أنشئ في ${at} مفتاح يتصرف باسمك: «${name}».`,
      `نطاقاته: ${scopes}. ويصلح حتى ${until}.`,
      `إذا لم تكن أنت من أنشأه، فألغه فورا عن طريق ${place} وغير كلمة مرورك: فبذلك تنتهي جميع المفاتيح والجلسات الأخرى. ثم أبلغ المشرف على المنصة.`,
    ],
  }),
  en: ({ name, scopes, at, until, place }) => ({
    subject: 'A new key for your account on Comity',
    before: [
      `On ${at} a key was made that acts in your name: “${name}”.`,
      `Its scopes: ${scopes}. It is good until ${until}.`,
      `If it was not you, end it at once through ${place} and change your password, which ends all keys and all other sessions; then tell the administrator of the platform.`,
    ],
  }),
  es: ({ name, scopes, at, until, place }) => ({
    subject: 'Nueva clave de su cuenta en Comity',
    before: [
      `El ${at} se creó una clave que actúa en su nombre: «${name}».`,
      `Sus alcances: ${scopes}. Es válida hasta el ${until}.`,
      `Si no fue usted, anúlela de inmediato mediante ${place} y cambie su contraseña, con lo que se anulan todas las claves y se cierran las demás sesiones; después avise a la administración de la plataforma.`,
    ],
  }),
  fr: ({ name, scopes, at, until, place }) => ({
    subject: 'Nouvelle clé pour votre compte sur Comity',
    before: [
      `Le ${at}, une clé qui agit en votre nom a été créée : « ${name} ».`,
      `Ses droits : ${scopes}. Elle est valable jusqu’au ${until}.`,
      `Si ce n’était pas vous, supprimez-la aussitôt par ${place} et changez votre mot de passe, ce qui met fin à toutes les clés et à toutes les autres sessions ; puis prévenez l’administration de la plateforme.`,
    ],
  }),
  ru: ({ name, scopes, at, until, place }) => ({
    subject: 'Новый ключ Вашей учётной записи в Comity',
    before: [
      `${at} был создан ключ, действующий от Вашего имени: «${name}».`,
      `Его права: ${scopes}. Он действует до ${until}.`,
      `Если это сделали не Вы, немедленно отзовите его по адресу ${place} и смените пароль: все ключи и все остальные сеансы прекратят действие; затем сообщите администратору платформы.`,
    ],
  }),
  zh: ({ name, scopes, at, until, place }) => ({
    subject: '您的Comity账户有新密钥',
    before: [
      `${at}创建了一个以您的名义行事的密钥：“${name}”。`,
      `其权限范围：${scopes}。有效期至${until}。`,
      `如果不是您本人所为，请立即通过 ${place} 予以撤销并更改密码，所有密钥和其他会话即告终止；然后告知平台管理员。`,
    ],
  }),
};

/** That a key was made, so that an owner who did not make it hears of it; never the secret. */
export const keyCreatedMail: MailKind = {
  name: 'key-created',
  write: ({ language, told, url }) =>
    KEY_CREATED[language]({
      name: told['name'] ?? '',
      scopes: told['scopes'] ?? '',
      at: tellMoment(language, told['at']),
      until: tellMoment(language, told['expiresAt']),
      place: `${url}/v1/api-keys`,
    }),
};
