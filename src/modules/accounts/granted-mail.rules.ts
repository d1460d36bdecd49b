import type { Language } from '../../platform/labels/languages.js';
import { platformLabel } from '../../platform/labels/platform-labels.js';
import type { MailKind } from '../../platform/mail/mail-kinds.js';

interface Granted {
  readonly by: string;
  readonly member: string;
  readonly side: string;
  readonly role: string;
}

type Text = (granted: Granted) => { subject: string; before: string[] };

export const GRANTED: Record<Language, Text> = {
  ar: ({ by, member, side, role }) => ({
    subject: `عضو جديد في ${side} على Comity`,
    before: [
      `منح ${by} عضوية في ${side} إلى ${member} بصفة: ${role}.`,
      'إذا لم يكن ذلك متوقعا، فيمكن لمن يديرون هذا الطرف إنهاء العضوية فورا. ولمعرفة من منحها ومتى، تراجع قائمة العضويات.',
    ],
  }),
  en: ({ by, member, side, role }) => ({
    subject: `A new member of ${side} on Comity`,
    before: [
      `${by} has made ${member} a member of ${side}. Role: ${role}.`,
      'If you did not expect this, whoever manages this side can end the membership at once. The list of memberships tells who granted it, and when.',
    ],
  }),
  es: ({ by, member, side, role }) => ({
    subject: `Nueva persona miembro de ${side} en Comity`,
    before: [
      `${by} ha incorporado a ${member} a ${side}, con la función siguiente: ${role}.`,
      'Si no lo esperaba, quienes gestionan esta parte pueden poner fin a la incorporación de inmediato. La lista de miembros indica quién la concedió y cuándo.',
    ],
  }),
  fr: ({ by, member, side, role }) => ({
    subject: `Nouveau membre de ${side} sur Comity`,
    before: [
      `${by} a fait entrer ${member} dans ${side}, avec la fonction suivante : ${role}.`,
      'Si vous ne vous y attendiez pas, les personnes qui gèrent cette partie peuvent y mettre fin immédiatement. La liste des membres indique qui a accordé cette qualité, et quand.',
    ],
  }),
  ru: ({ by, member, side, role }) => ({
    subject: `Новый участник: ${side} — Comity`,
    before: [
      `${by} включил(а) в состав стороны «${side}» нового участника: ${member}, роль: ${role}.`,
      'Если это для Вас неожиданность, управляющие этой стороной могут немедленно прекратить участие. В списке участников указано, кто и когда его предоставил.',
    ],
  }),
  zh: ({ by, member, side, role }) => ({
    subject: `${side}在Comity上有新成员`,
    before: [
      `${by}已将${member}列为${side}的成员，职务：${role}。`,
      '如果这出乎您的意料，该方的管理人员可以立即终止这一成员资格。成员名单载明由谁在何时授予。',
    ],
  }),
};

/** That somebody was seated on a side: for its managers, and for whoever was seated. */
export const grantedMail: MailKind = {
  name: 'membership-granted',
  write: ({ language, told }) => {
    const { by = '', member = '', sideName: side = '', role: code = '' } = told;
    const role = platformLabel('membership-roles', code, language);
    return GRANTED[language]({ by, member, side, role });
  },
};
