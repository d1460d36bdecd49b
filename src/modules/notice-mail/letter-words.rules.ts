import type { Language } from '../../platform/labels/languages.js';

/** What mails say around their notices. */
interface LetterWords {
  readonly rehearsal: string;
  /** The subject of several notices. */
  readonly several: (count: number) => string;
  /** The subject of several that came of one act: of the first, and how many more there are. */
  readonly withMore: (subject: string, count: number) => string;
  readonly intro: string;
  readonly again: string;
  readonly urgent: string;
  /** Where one click ends all but what is urgent. */
  readonly unsubscribe: (url: string) => string;
  readonly preferences: (url: string) => string;
}

export const LETTER_WORDS: Record<Language, LetterWords> = {
  en: {
    rehearsal: 'Rehearsal',
    several: (count) => `Comity: notices (${count})`,
    withMore: (subject, count) => `${subject}, and ${count} more`,
    intro: 'This is what happened:',
    again: 'This may have reached you before.',
    urgent: 'This is urgent, and mailed whatever you wish otherwise.',
    unsubscribe: (url) => `To be mailed urgent notices only: ${url}`,
    preferences: (url) => `How and when you are told, you say through ${url}.`,
  },
  fr: {
    rehearsal: 'Répétition',
    several: (count) => `Comity : notifications (${count})`,
    withMore: (subject, count) => `${subject} (et ${count} de plus)`,
    intro: 'Voici ce qui s’est passé :',
    again: 'Ce message vous est peut-être déjà parvenu.',
    urgent: 'Ce message est urgent ; il est envoyé quels que soient vos souhaits.',
    unsubscribe: (url) => `Pour ne recevoir que les notifications urgentes par courriel : ${url}`,
    preferences: (url) => `Vous indiquez comment et quand être averti par ${url}.`,
  },
  es: {
    rehearsal: 'Ensayo',
    several: (count) => `Comity: avisos (${count})`,
    withMore: (subject, count) => `${subject} (y ${count} más)`,
    intro: 'Esto es lo que ha ocurrido:',
    again: 'Es posible que este mensaje ya le haya llegado.',
    urgent: 'Este aviso es urgente y se envía cualesquiera que sean sus preferencias.',
    unsubscribe: (url) => `Para recibir por correo solo los avisos urgentes: ${url}`,
    preferences: (url) => `Cómo y cuándo se le avisa lo indica usted mediante ${url}.`,
  },
  ru: {
    rehearsal: 'Репетиция',
    several: (count) => `Comity: уведомления (${count})`,
    withMore: (subject, count) => `${subject} (и ещё ${count})`,
    intro: 'Произошло следующее:',
    again: 'Возможно, Вы уже получали это сообщение.',
    urgent: 'Это срочное уведомление: оно отправляется независимо от Ваших пожеланий.',
    unsubscribe: (url) => `Чтобы получать по почте только срочные уведомления: ${url}`,
    preferences: (url) => `Как и когда Вас уведомлять, можно указать по адресу ${url}.`,
  },
  ar: {
    rehearsal: 'تجربة',
    several: (count) => `Comity: إشعارات (${count})`,
    withMore: (subject, count) => `${subject} (و${count} غيره)`,
    intro: 'هذا ما حدث:',
    again: 'ربما وصلتكم هذه الرسالة من قبل.',
    urgent: 'هذا إشعار عاجل يُرسل مهما كانت تفضيلاتكم.',
    unsubscribe: (url) => `لتلقي الإشعارات العاجلة فقط بالبريد: ${url}`,
    preferences: (url) => `تحددون كيف ومتى تُبلَّغون عن طريق ${url}.`,
  },
  zh: {
    rehearsal: '演练',
    several: (count) => `Comity：通知（${count}）`,
    withMore: (subject, count) => `${subject}（另有${count}项）`,
    intro: '发生了以下事项：',
    again: '您可能已收到过此邮件。',
    urgent: '这是紧急通知，无论您的偏好如何都会发送。',
    unsubscribe: (url) => `如只需通过邮件接收紧急通知：${url}`,
    preferences: (url) => `您可通过 ${url} 设定通知的方式和时间。`,
  },
};
