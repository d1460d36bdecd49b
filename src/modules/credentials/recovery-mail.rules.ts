import type { Language } from '../../platform/labels/languages.js';
import type { MailKind } from '../../platform/mail/mail-kinds.js';
import { tellMoment } from '../../platform/mail/tell-moment.js';

interface Told {
  readonly at: string;
  readonly from: string;
  readonly mark: string;
  readonly by: string;
  readonly member: string;
  /** Where to go on. */
  readonly place: string;
}
type Text = (told: Told) => { subject: string; before: string[]; after?: string[] };
type Texts = Record<Language, Text>;

export const ASKED: Texts = {
  ar: ({ at, mark }) => ({
    subject: 'طلب استعادة حسابك على Comity',
    before: [
      `طُلبت في ${at} استعادة حسابك دون بريدك الإلكتروني. علامة الطلب: ${mark}.`,
      'إذا لم تكن أنت من طلبها، فغيّر كلمة مرورك الآن: فبذلك ينتهي الطلب. ثم أبلغ من يديرون طرفك.',
    ],
  }),
  en: ({ at, mark }) => ({
    subject: 'Somebody asks for your account on Comity',
    before: [
      `On ${at} a way back into your account was asked for, without your mailbox. The mark of the request: ${mark}.`,
      'If it was not you, change your password now: that ends the request. Then tell whoever manages your side.',
    ],
  }),
  es: ({ at, mark }) => ({
    subject: 'Solicitud de recuperación de su cuenta en Comity',
    before: [
      `El ${at} se solicitó recuperar su cuenta sin su buzón de correo. Marca de la solicitud: ${mark}.`,
      'Si no fue usted, cambie ahora su contraseña: con ello termina la solicitud. Después avise a quienes gestionan su parte.',
    ],
  }),
  fr: ({ at, mark }) => ({
    subject: 'Demande de récupération de votre compte sur Comity',
    before: [
      `Le ${at}, la récupération de votre compte a été demandée sans votre messagerie. Marque de la demande : ${mark}.`,
      'Si ce n’était pas vous, changez maintenant votre mot de passe : la demande prend alors fin. Prévenez ensuite les personnes qui gèrent votre partie.',
    ],
  }),
  ru: ({ at, mark }) => ({
    subject: 'Запрос на восстановление Вашей учётной записи в Comity',
    before: [
      `${at} было запрошено восстановление Вашей учётной записи без доступа к почте. Метка запроса: ${mark}.`,
      'Если это были не Вы, смените пароль сейчас: запрос потеряет силу. Затем сообщите управляющим Вашей стороны.',
    ],
  }),
  zh: ({ at, mark }) => ({
    subject: '有人请求恢复您的Comity账户',
    before: [
      `${at}，有人请求在不使用您邮箱的情况下恢复您的账户。请求标记：${mark}。`,
      '如果不是您本人，请立即更改密码，该请求即告终止；然后告知您所在方的管理人员。',
    ],
  }),
};

export const HALF: Texts = {
  ar: ({ at, mark, place }) => ({
    subject: 'نصفك من رمز استعادة حسابك على Comity',
    before: [`طُلبت في ${at} استعادة حسابك. علامة الطلب: ${mark}. هذا نصفك:`],
    after: [
      `يعطيك من يوافق على الطلب رمزا بنفسه. أرسل الاثنين مع كلمة مرور جديدة إلى ${place}`,
      'إذا لم تكن أنت من طلبها، فلا تعط هذا لأحد وأبلغ من يديرون طرفك.',
    ],
  }),
  en: ({ at, mark, place }) => ({
    subject: 'Your half of the way back into Comity',
    before: [
      `On ${at} a way back into your account was asked for. The mark of the request: ${mark}. This is your half:`,
    ],
    after: [
      `Whoever approves gives you a code themselves. Send both with a new password to ${place}`,
      'If it was not you, give this to nobody, and tell whoever manages your side.',
    ],
  }),
  es: ({ at, mark, place }) => ({
    subject: 'Su mitad para recuperar su cuenta en Comity',
    before: [
      `El ${at} se solicitó recuperar su cuenta. Marca de la solicitud: ${mark}. Esta es su mitad:`,
    ],
    after: [
      `Quien apruebe la solicitud le dará personalmente un código. Envíe ambos con una nueva contraseña a ${place}`,
      'Si no fue usted, no se lo dé a nadie y avise a quienes gestionan su parte.',
    ],
  }),
  fr: ({ at, mark, place }) => ({
    subject: 'Votre moitié pour récupérer votre compte sur Comity',
    before: [
      `Le ${at}, la récupération de votre compte a été demandée. Marque de la demande : ${mark}. Voici votre moitié :`,
    ],
    after: [
      `La personne qui approuve vous remettra elle-même un code. Envoyez les deux avec un nouveau mot de passe à ${place}`,
      'Si ce n’était pas vous, ne donnez ceci à personne et prévenez les personnes qui gèrent votre partie.',
    ],
  }),
  ru: ({ at, mark, place }) => ({
    subject: 'Ваша половина для восстановления доступа к Comity',
    before: [
      `${at} было запрошено восстановление Вашей учётной записи. Метка запроса: ${mark}. Ваша половина:`,
    ],
    after: [
      `Тот, кто одобрит запрос, лично передаст Вам код. Отправьте обе части вместе с новым паролем по адресу ${place}`,
      'Если это были не Вы, никому это не передавайте и сообщите управляющим Вашей стороны.',
    ],
  }),
  zh: ({ at, mark, place }) => ({
    subject: '恢复Comity账户：您的一半',
    before: [`${at}，有人请求恢复您的账户。请求标记：${mark}。以下是您的一半：`],
    after: [
      `批准人会亲自把一个代码交给您。请将两者连同新密码发送至 ${place}`,
      '如果不是您本人，请勿交给任何人，并告知您所在方的管理人员。',
    ],
  }),
};

export const TO_DECIDE: Texts = {
  ar: ({ at, mark, member, place }) => ({
    subject: `${member}: طلب استعادة حساب على Comity`,
    before: [
      `طُلبت في ${at} استعادة حساب ${member}. علامة الطلب: ${mark}.`,
      `تحدث أولا إلى صاحب الحساب على رقم تعرفه من قبل وقارن العلامة، ثم وافق أو ارفض عن طريق ${place}`,
    ],
  }),
  en: ({ at, mark, member, place }) => ({
    subject: `${member} asks for a way back into Comity`,
    before: [
      `On ${at} a way back into the account of ${member} was asked for. The mark of the request: ${mark}.`,
      `Speak to the person first, by a number that you knew before, and compare the mark. Then approve or refuse through ${place}`,
    ],
  }),
  es: ({ at, mark, member, place }) => ({
    subject: `${member} solicita recuperar su cuenta en Comity`,
    before: [
      `El ${at} se solicitó recuperar la cuenta de ${member}. Marca de la solicitud: ${mark}.`,
      `Hable primero con la persona, por un número que ya conociera, y compare la marca. Después apruebe o rechace mediante ${place}`,
    ],
  }),
  fr: ({ at, mark, member, place }) => ({
    subject: `${member} demande à récupérer son compte sur Comity`,
    before: [
      `Le ${at}, la récupération du compte de ${member} a été demandée. Marque de la demande : ${mark}.`,
      `Parlez d’abord à la personne, à un numéro que vous connaissiez déjà, et comparez la marque. Puis approuvez ou refusez par ${place}`,
    ],
  }),
  ru: ({ at, mark, member, place }) => ({
    subject: `${member}: запрос на восстановление доступа к Comity`,
    before: [
      `${at} было запрошено восстановление учётной записи: ${member}. Метка запроса: ${mark}.`,
      `Сначала поговорите с этим человеком по заранее известному номеру и сверьте метку. Затем одобрите или отклоните запрос: ${place}`,
    ],
  }),
  zh: ({ at, mark, member, place }) => ({
    subject: `${member}请求恢复Comity账户`,
    before: [
      `${at}，有人请求恢复${member}的账户。请求标记：${mark}。`,
      `请先通过您原已知道的号码与本人通话并核对标记，然后通过 ${place} 批准或拒绝。`,
    ],
  }),
};

export const APPROVED: Texts = {
  ar: ({ by, from, mark, member }) => ({
    subject: `${member}: وُفق على استعادة الحساب على Comity`,
    before: [
      `وافق ${by} على استعادة حساب ${member}. علامة الطلب: ${mark}. ويمكن تعيين كلمة مرور جديدة ابتداء من ${from}.`,
      'إذا كان ذلك خطأ، فأوقفه قبل ذلك: بتغيير كلمة المرور إن كان الحساب حسابك، وإلا فبرفض الطلب.',
    ],
  }),
  en: ({ by, from, mark, member }) => ({
    subject: `The way back into the account of ${member} on Comity is approved`,
    before: [
      `${by} has approved a way back into the account of ${member}. The mark of the request: ${mark}. A new password can be set from ${from}.`,
      'If that is wrong, stop it before: change the password where the account is yours, else refuse the request.',
    ],
  }),
  es: ({ by, from, mark, member }) => ({
    subject: `Aprobada la recuperación de la cuenta de ${member} en Comity`,
    before: [
      `${by} ha aprobado la recuperación de la cuenta de ${member}. Marca de la solicitud: ${mark}. Podrá fijarse una nueva contraseña a partir del ${from}.`,
      'Si es un error, deténgalo antes: cambie la contraseña si la cuenta es suya; si no, rechace la solicitud.',
    ],
  }),
  fr: ({ by, from, mark, member }) => ({
    subject: `Récupération du compte de ${member} sur Comity approuvée`,
    before: [
      `${by} a approuvé la récupération du compte de ${member}. Marque de la demande : ${mark}. Un nouveau mot de passe pourra être choisi à partir du ${from}.`,
      'Si c’est une erreur, arrêtez-la avant : changez le mot de passe si le compte est le vôtre, sinon refusez la demande.',
    ],
  }),
  ru: ({ by, from, mark, member }) => ({
    subject: `${member}: восстановление доступа к Comity одобрено`,
    before: [
      `${by} одобрил(а) восстановление учётной записи: ${member}. Метка запроса: ${mark}. Новый пароль можно задать начиная с ${from}.`,
      'Если это ошибка, остановите её раньше: смените пароль, если это Ваша учётная запись, иначе отклоните запрос.',
    ],
  }),
  zh: ({ by, from, mark, member }) => ({
    subject: `${member}的Comity账户恢复请求已获批准`,
    before: [
      `${by}已批准恢复${member}的账户。请求标记：${mark}。自${from}起可设置新密码。`,
      '如有错误，请在此之前制止：若是您的账户，请更改密码；否则请拒绝该请求。',
    ],
  }),
};

const mail = (name: string, texts: Texts, path = '', carries = false): MailKind => ({
  name,
  write: ({ language, told, token, url }) => ({
    ...texts[language]({
      at: tellMoment(language, told['at']),
      from: told['from'] === undefined ? '' : tellMoment(language, told['from']),
      mark: told['mark'] ?? '',
      by: told['by'] ?? '',
      member: told['member'] ?? '',
      place: `${url}${path}`,
    }),
    ...(carries && { token }),
  }),
});

/** To the owner, that it was asked without the mailbox, and the owner's half where it was not. */
export const recoveryAskedMail = mail('recovery-asked', ASKED);
export const recoveryHalfMail = mail('recovery-half', HALF, '/v1/auth/recoveries/redeem', true);
/** To whoever answers for the owner. */
export const recoveryToDecideMail = mail('recovery-to-decide', TO_DECIDE, '/v1/recoveries');
/** To the owner and the others who could have decided. */
export const recoveryApprovedMail = mail('recovery-approved', APPROVED);
