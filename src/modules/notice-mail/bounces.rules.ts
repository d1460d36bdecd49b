import PostalMime from 'postal-mime';

/** That a mail of ours did not arrive after all. */
interface Bounce {
  /** Of the letter, by its Message-ID. */
  readonly letterId: string;
  /** What the other side said. */
  readonly answer: string;
}

const OURS = /^message-id:\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^>\s]+>/im;

/** The fields of a header, or of a group of a delivery status, by their names in small letters. */
function fieldsOf(block: string): Map<string, string> {
  const unfolded = block.replaceAll(/\r?\n[ \t]+/g, ' ');
  return new Map(
    unfolded.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), value!.trim()]];
    }),
  );
}

/**
 * Reads a delivery status notification (RFC 3464): that a letter failed, not that it is late or arrived.
 * What it says is not believed to be true of anybody but the letter that it names, whose id only the mail
 * told.
 *
 * @returns null for what is none, or none of a letter
 */
export async function readBounce(raw: Uint8Array): Promise<Bounce | null> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const type = mail.headers.find(({ key }) => key === 'content-type')?.value ?? '';
  if (!/multipart\/report/i.test(type) || !/report-type="?delivery-status/i.test(type)) return null;
  const part = (pattern: RegExp): string => {
    const found = mail.attachments.find(({ mimeType }) => pattern.test(mimeType));
    return typeof found?.content === 'string' ? found.content : '';
  };
  const groups = part(/^message\/(global-)?delivery-status$/i).split(/\r?\n[ \t]*\r?\n/);
  const failed = groups.map(fieldsOf).find((each) => /^failed\b/i.test(each.get('action') ?? ''));
  const returned = part(/^(message\/(rfc822|global)(-headers)?|text\/rfc822-headers)$/i);
  const headers = returned.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n\r?\n/, 1)[0]!;
  const letterId = OURS.exec(headers)?.[1];
  if (!failed || letterId === undefined) return null;
  const answer = [failed.get('status'), failed.get('diagnostic-code')].filter(Boolean).join(' ');
  return { letterId, answer: answer || 'failed' };
}
