import { refusal, type Refusal } from '../../kernel/refusal.js';
import {
  coversAllFiles,
  coversFile,
  filesPart,
  WITHDRAWABLE,
  type WithdrawableKind,
} from '../record/index.js';
import type { AskedToGo } from './withdrawals.schemas.js';

const isGone = (gone: readonly string[], part: string, asked: AskedToGo['files']): boolean => {
  if (gone.includes(part) || (asked && coversAllFiles(gone))) return true;
  const { version, language } = asked ?? {};
  return version !== undefined && language !== undefined && coversFile(gone, version, language);
};

/**
 * The parts of an item that a withdrawal takes out, sorted; those that are gone already are left.
 *
 * @param gone what was withdrawn of it before
 */
export function partsToGo(
  kind: WithdrawableKind,
  { fields, files, whole }: AskedToGo,
  gone: readonly string[],
): string[] | Refusal {
  const known: readonly string[] = WITHDRAWABLE[kind];
  const unknown = fields.filter((field) => !known.includes(field));
  if (unknown.length > 0) return refusal('invalid-content', { unknown, known });
  if (files && kind !== 'document') return refusal('invalid-content', { kind, known });
  const everyFile = whole && kind === 'document' ? {} : undefined;
  const asked = everyFile ?? files;
  const parts = [...(whole ? known : fields), ...(asked ? [filesPart(asked)] : [])];
  if (parts.length === 0) return refusal('invalid-content', { needs: 'fields, files or whole' });
  const left = [...new Set(parts)].filter(
    (part) => !isGone(gone, part, known.includes(part) ? undefined : asked),
  );
  return left.length > 0 ? left.toSorted() : refusal('already-withdrawn', { parts });
}
