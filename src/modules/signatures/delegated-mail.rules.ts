import type { Language } from '../../platform/labels/languages.js';
import type { MailKind } from '../../platform/mail/mail-kinds.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';

interface Delegated {
  readonly by: string;
  readonly member: string;
  readonly side: string;
  readonly from: string;
  readonly until: string;
  /** Where it is ended. */
  readonly place: string;
}
type Text = (delegated: Delegated) => { subject: string; before: string[] };

export const DELEGATED: Record<Language, Text> = {
  ar: ({ by, member, side, from, until, place }) => ({
    subject: `تفويض التوقيع باسم ${side} على Comity`,
    before: [
      `فوّض ${by} توقيعه باسم ${side} إلى ${member} من ${from} إلى ${until}.`,
      `إذا لم يكن ذلك متوقعا، فيمكن للاثنين ولمن يديرون هذا الطرف إنهاؤه فورا عن طريق ${place}`,
    ],
  }),
  en: ({ by, member, side, from, until, place }) => ({
    subject: `A signature of ${side} is delegated on Comity`,
    before: [
      `${by} has delegated the signature for ${side} to ${member}, from ${from} until ${until}.`,
      `If you did not expect this, either of them and whoever manages this side can end it at once through ${place}`,
    ],
  }),
  es: ({ by, member, side, from, until, place }) => ({
    subject: `Delegación de firma de ${side} en Comity`,
    before: [
      `${by} ha delegado su firma por ${side} en ${member}, desde el ${from} hasta el ${until}.`,
      `Si no lo esperaba, cualquiera de ambos y quienes gestionan esta parte pueden ponerle fin de inmediato mediante ${place}`,
    ],
  }),
  fr: ({ by, member, side, from, until, place }) => ({
    subject: `Délégation de signature de ${side} sur Comity`,
    before: [
      `${by} a délégué sa signature pour ${side} à ${member}, du ${from} au ${until}.`,
      `Si vous ne vous y attendiez pas, l’une ou l’autre de ces personnes et celles qui gèrent cette partie peuvent y mettre fin aussitôt par ${place}`,
    ],
  }),
  ru: ({ by, member, side, from, until, place }) => ({
    subject: `Право подписи передано: ${side} — Comity`,
    before: [
      `${by} передал(а) право подписи за сторону «${side}»: ${member}, с ${from} по ${until}.`,
      `Если это для Вас неожиданность, любой из них и управляющие этой стороной могут немедленно прекратить это: ${place}`,
    ],
  }),
  zh: ({ by, member, side, from, until, place }) => ({
    subject: `${side}在Comity上的签字权已委托`,
    before: [
      `${by}已将代表${side}的签字权委托给${member}，自${from}起至${until}止。`,
      `如果这出乎您的意料，双方任何一人和该方的管理人员均可通过 ${place} 立即终止。`,
    ],
  }),
};

/** That a signature was lent: for both, and whoever manages the side. */
export const delegatedMail: MailKind = {
  name: 'signature-delegated',
  write: ({ language, told, url }) =>
    DELEGATED[language]({
      by: told['by'] ?? '',
      member: told['member'] ?? '',
      side: told['sideName'] ?? '',
      from: tellMoment(language, told['from']),
      until: tellMoment(language, told['until']),
      place: `${url}/v1/signatures`,
    }),
};
