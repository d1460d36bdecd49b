import type { Language } from '../../platform/labels/languages.js';
import type { MailKind } from '../../platform/mail/mail-kinds.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';

interface SwitchedOff {
  readonly description: string;
  /** The other side said that it wants no more. */
  readonly gone: boolean;
  readonly since: string;
  readonly at: string;
  /** Where its owner switches it on. */
  readonly place: string;
}
type Text = (off: SwitchedOff) => { subject: string; before: string[] };

export const WEBHOOK_OFF: Record<Language, Text> = {
  ar: ({ description, gone, since, at, place }) => ({
    subject: 'أُوقف خطاف ويب لحسابك على Comity',
    before: [
      `أُوقف في ${at} خطاف الويب «${description}» الذي ترسل إليه إشعاراتك.`,
      gone
        ? 'فقد أجاب المستقبل بأنه لم يعد يريد المزيد (410).'
        : `فمنذ ${since} لم ينجح أي إرسال إليه.`,
      `لم تعد الإشعارات ترسل إليه، لكنها تبقى كلها في صندوقك. ولتشغيله من جديد: ${place}`,
    ],
  }),
  en: ({ description, gone, since, at, place }) => ({
    subject: 'A webhook of your account on Comity was switched off',
    before: [
      `On ${at} the webhook “${description}”, to which your notices are posted, was switched off.`,
      gone
        ? 'The receiver answered that it wants no more (410).'
        : `Since ${since} nothing that was posted there has been taken.`,
      `Nothing more is posted there; all your notices are still in your inbox. To switch it on again: ${place}`,
    ],
  }),
  es: ({ description, gone, since, at, place }) => ({
    subject: 'Se desactivó un webhook de su cuenta en Comity',
    before: [
      `El ${at} se desactivó el webhook «${description}», al que se envían sus avisos.`,
      gone
        ? 'El receptor respondió que no desea recibir más (410).'
        : `Desde el ${since} no se ha aceptado nada de lo enviado.`,
      `Ya no se envía nada allí; todos sus avisos siguen en su bandeja. Para activarlo de nuevo: ${place}`,
    ],
  }),
  fr: ({ description, gone, since, at, place }) => ({
    subject: 'Un webhook de votre compte sur Comity a été désactivé',
    before: [
      `Le ${at}, le webhook « ${description} », auquel vos avis sont envoyés, a été désactivé.`,
      gone
        ? 'Le destinataire a répondu qu’il ne veut plus rien recevoir (410).'
        : `Depuis le ${since}, rien de ce qui y a été envoyé n’a été accepté.`,
      `Plus rien n’y est envoyé ; tous vos avis restent dans votre boîte. Pour le réactiver : ${place}`,
    ],
  }),
  ru: ({ description, gone, since, at, place }) => ({
    subject: 'Вебхук Вашей учётной записи в Comity отключён',
    before: [
      `${at} отключён вебхук «${description}», на который отправляются Ваши уведомления.`,
      gone
        ? 'Получатель ответил, что больше ничего не принимает (410).'
        : `С ${since} ничего из отправленного принято не было.`,
      `Туда больше ничего не отправляется; все уведомления остаются в Вашем ящике. Включить снова: ${place}`,
    ],
  }),
  zh: ({ description, gone, since, at, place }) => ({
    subject: '您的Comity账户的一个网络钩子已停用',
    before: [
      `接收您的通知的网络钩子“${description}”已于${at}停用。`,
      gone ? '接收方答复不再接收（410）。' : `自${since}起，发往该处的内容均未被接收。`,
      `今后不再向该处发送；所有通知仍在您的收件箱中。重新启用：${place}`,
    ],
  }),
};

/** That a webhook was switched off, and why; not where it leads, for that may hold secrets. */
export const webhookOffMail: MailKind = {
  name: 'webhook-off',
  write: ({ language, told, url }) =>
    WEBHOOK_OFF[language]({
      description: told['description'] ?? '',
      gone: told['why'] === 'gone',
      since: tellMoment(language, told['since']),
      at: tellMoment(language, told['at']),
      place: `${url}/v1/webhooks/${told['id'] ?? ''}`,
    }),
};
