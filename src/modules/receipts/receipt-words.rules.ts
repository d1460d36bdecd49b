import type { Language } from '../../platform/labels/languages.js';

/** What the page of a receipt says. */
interface ReceiptWords {
  readonly title: string;
  readonly proves: string;
  readonly rehearsal: string;
  readonly procedure: string;
  readonly receipt: string;
  readonly filedAt: string;
  readonly act: string;
  readonly digest: string;
  readonly key: string;
  readonly signature: string;
  readonly code: string;
  /** @param keys where the public keys are */
  readonly check: (keys: string) => string;
}

export const RECEIPT_WORDS: Record<Language, ReceiptWords> = {
  en: {
    title: 'Receipt of a filing',
    proves:
      'This receipt proves that the content with the digest below was filed at this instant. It tells neither what was filed nor by whom.',
    rehearsal: 'REHEARSAL: this receipt proves nothing about a real filing.',
    procedure: 'Procedure',
    receipt: 'Receipt',
    filedAt: 'Filed at (UTC)',
    act: 'What was filed',
    digest: 'Digest of the content, salted',
    key: 'Signed with the key',
    signature: 'Signature (Ed25519)',
    code: 'The code holds this receipt, signature included.',
    check: (keys) =>
      `To check it, save what the code holds as a file and run “npm run verify-receipt” with the public keys from ${keys}. Whoever is shown the file and its salt by the person who filed can check that it is this very file.`,
  },
  fr: {
    title: 'Reçu de dépôt',
    proves:
      'Le présent reçu prouve que le contenu dont l’empreinte figure ci-dessous a été déposé à cet instant. Il ne révèle ni ce qui a été déposé, ni par qui.',
    rehearsal: 'RÉPÉTITION : ce reçu ne prouve rien quant à un dépôt réel.',
    procedure: 'Procédure',
    receipt: 'Reçu',
    filedAt: 'Déposé le (UTC)',
    act: 'Objet du dépôt',
    digest: 'Empreinte du contenu, salée',
    key: 'Signé avec la clé',
    signature: 'Signature (Ed25519)',
    code: 'Le code contient le présent reçu, signature comprise.',
    check: (keys) =>
      `Pour le vérifier, enregistrez le contenu du code dans un fichier et lancez « npm run verify-receipt » avec les clés publiques de ${keys}. Quiconque reçoit de la personne qui a déposé le fichier et son sel peut vérifier qu’il s’agit bien de ce fichier.`,
  },
  es: {
    title: 'Recibo de presentación',
    proves:
      'Este recibo prueba que el contenido cuya huella figura a continuación se presentó en este instante. No revela qué se presentó ni quién lo hizo.',
    rehearsal: 'ENSAYO: este recibo no prueba nada sobre una presentación real.',
    procedure: 'Procedimiento',
    receipt: 'Recibo',
    filedAt: 'Presentado el (UTC)',
    act: 'Qué se presentó',
    digest: 'Huella del contenido, con sal',
    key: 'Firmado con la clave',
    signature: 'Firma (Ed25519)',
    code: 'El código contiene este recibo, incluida la firma.',
    check: (keys) =>
      `Para comprobarlo, guarde lo que contiene el código en un archivo y ejecute «npm run verify-receipt» con las claves públicas de ${keys}. Quien reciba de la persona que lo presentó el archivo y su sal podrá comprobar que se trata de ese mismo archivo.`,
  },
  ru: {
    title: 'Расписка о подаче',
    proves:
      'Настоящая расписка доказывает, что содержание, отпечаток которого приведён ниже, было подано в указанный момент. Из неё не видно ни что было подано, ни кем.',
    rehearsal: 'РЕПЕТИЦИЯ: эта расписка ничего не доказывает о настоящей подаче.',
    procedure: 'Процедура',
    receipt: 'Расписка',
    filedAt: 'Подано (UTC)',
    act: 'Что подано',
    digest: 'Отпечаток содержания с солью',
    key: 'Подписано ключом',
    signature: 'Подпись (Ed25519)',
    code: 'Код содержит эту расписку вместе с подписью.',
    check: (keys) =>
      `Чтобы проверить её, сохраните содержимое кода в файл и запустите «npm run verify-receipt» с открытыми ключами с ${keys}. Тот, кому подавшее лицо покажет файл и соль, может проверить, что подан именно этот файл.`,
  },
  ar: {
    title: 'إيصال إيداع',
    proves:
      'يثبت هذا الإيصال أن المحتوى المبينة بصمته أدناه قد أودع في هذه اللحظة. ولا يكشف عما أودع ولا عمن أودعه.',
    rehearsal: 'تجربة: لا يثبت هذا الإيصال شيئا عن إيداع حقيقي.',
    procedure: 'الإجراء',
    receipt: 'الإيصال',
    filedAt: 'تاريخ الإيداع (UTC)',
    act: 'ما أودع',
    digest: 'بصمة المحتوى المملحة',
    key: 'موقع بالمفتاح',
    signature: 'التوقيع (Ed25519)',
    code: 'يحتوي الرمز على هذا الإيصال وتوقيعه.',
    check: (keys) =>
      `للتحقق منه، احفظ محتوى الرمز في ملف وشغل “npm run verify-receipt” مع المفاتيح العامة من ${keys}. ويمكن لمن يطلعه المودع على الملف وملحه أن يتحقق من أنه هذا الملف بعينه.`,
  },
  zh: {
    title: '提交回执',
    proves: '本回执证明，摘要如下的内容已在所示时刻提交。回执不透露所提交的内容，也不透露提交者。',
    rehearsal: '演练：本回执不能证明任何真实的提交。',
    procedure: '程序',
    receipt: '回执',
    filedAt: '提交时间（UTC）',
    act: '提交事项',
    digest: '内容摘要（加盐）',
    key: '签名密钥',
    signature: '签名（Ed25519）',
    code: '二维码中含有本回执及其签名。',
    check: (keys) =>
      `如需核验，请将二维码中的内容存为文件，并使用 ${keys} 的公钥运行“npm run verify-receipt”。提交者向谁出示文件及其盐值，谁就可以核验这正是该文件。`,
  },
};
