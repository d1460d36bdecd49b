import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputFault } from './input-fault.js';

/** A review's files. Reading goes through here, so that a test can hold them in memory. */
export interface Folder {
  /** Where it is, for messages. */
  readonly place: string;
  readonly files: readonly string[];
  /**
   * The file's text, with `\n` line ends and no byte order mark.
   * @throws InputFault `document-empty`, or `document-unreadable` when it isn't UTF-8 text.
   */
  text(file: string): string;
}

/** @throws InputFault `folder-missing` */
export function openFolder(place: string): Folder {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputFault('folder-missing', [`${place} is not a folder`]);
  }
  const texts = new Map<string, string>();
  return {
    place,
    files: readdirSync(place).toSorted(),
    text(file) {
      const text = texts.get(file) ?? decode(file, readFileSync(join(place, file)));
      texts.set(file, text);
      return text;
    },
  };
}

/** @throws InputFault as `Folder.text` does */
export function decode(file: string, bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputFault('document-unreadable', [`${file} is not UTF-8 text`]);
  }
  if (text.includes('\0')) throw new InputFault('document-unreadable', [`${file} is not text`]);
  if (text.trim() === '') throw new InputFault('document-empty', [`${file} has no text`]);
  return text.replace(/\r\n?|\f/g, '\n').normalize('NFC');
}
