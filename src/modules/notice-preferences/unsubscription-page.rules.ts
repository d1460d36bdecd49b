import { escapeHtml } from '../../platform/escape-html.js';
import { Page } from '../../platform/http/pages.js';
import type { Language } from '../../platform/labels/languages.js';

interface Words {
  readonly title: string;
  /** What a click does. */
  readonly asks: string;
  readonly button: string;
  readonly done: string;
}

export const UNSUBSCRIPTION_WORDS: Record<Language, Words> = {
  en: {
    title: 'Notices by mail',
    asks: 'From now on, only urgent notices will be mailed to you. All of them stay in your inbox on Comity.',
    button: 'Send me urgent notices only',
    done: 'Done: only urgent notices are mailed to you. You can change this at any time in your preferences on Comity.',
  },
  fr: {
    title: 'Notifications par courriel',
    asks: 'Désormais, seules les notifications urgentes vous seront envoyées par courriel. Toutes restent dans votre boîte sur Comity.',
    button: 'Ne m’envoyer que les notifications urgentes',
    done: 'C’est fait : seules les notifications urgentes vous sont envoyées par courriel. Vous pouvez modifier ce choix à tout moment dans vos préférences sur Comity.',
  },
  es: {
    title: 'Avisos por correo electrónico',
    asks: 'A partir de ahora solo se le enviarán por correo los avisos urgentes. Todos permanecen en su buzón de Comity.',
    button: 'Enviarme solo los avisos urgentes',
    done: 'Hecho: solo se le envían por correo los avisos urgentes. Puede cambiarlo en cualquier momento en sus preferencias de Comity.',
  },
  ru: {
    title: 'Уведомления по электронной почте',
    asks: 'Отныне по почте Вам будут приходить только срочные уведомления. Все уведомления остаются в Вашем ящике в Comity.',
    button: 'Присылать только срочные уведомления',
    done: 'Готово: по почте Вам приходят только срочные уведомления. Это можно изменить в любое время в Ваших настройках в Comity.',
  },
  ar: {
    title: 'الإشعارات بالبريد الإلكتروني',
    asks: 'من الآن فصاعدا لن تُرسل إليكم بالبريد إلا الإشعارات العاجلة. وتبقى جميعها في صندوقكم على Comity.',
    button: 'إرسال الإشعارات العاجلة فقط',
    done: 'تم ذلك: لا تُرسل إليكم بالبريد إلا الإشعارات العاجلة. ويمكنكم تغيير ذلك في أي وقت ضمن تفضيلاتكم على Comity.',
  },
  zh: {
    title: '邮件通知',
    asks: '今后只有紧急通知会通过邮件发送给您。所有通知仍保留在您的Comity收件箱中。',
    button: '只给我发送紧急通知',
    done: '已完成：只有紧急通知会通过邮件发送给您。您可以随时在Comity的偏好设置中更改。',
  },
};

const STYLE = `
body{max-width:36em;margin:3em auto;padding:0 1em;font:16px/1.5 "Noto Sans","DejaVu Sans",Arial,sans-serif}
button{font:inherit;padding:.5em 1em}`;

/** Asks, or says that it is done. Nothing happens before somebody presses the button. */
export function unsubscriptionPage(mail: 'all' | 'urgent', language: Language): Page {
  const { title, asks, button, done } = UNSUBSCRIPTION_WORDS[language];
  const form = `<p>${escapeHtml(asks)}</p>
<form method="post"><button>${escapeHtml(button)}</button></form>`;
  const said = mail === 'all' ? form : `<p>${escapeHtml(done)}</p>`;
  const body = `<h1>${escapeHtml(title)}</h1>\n${said}`;
  return new Page({ language, title, style: STYLE, body, sends: true });
}
