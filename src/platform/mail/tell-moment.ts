import type { Language } from '../labels/languages.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each language and zone: that takes a hundred times as long as to use it. */
function formatOf(language: Language, zone: string): Intl.DateTimeFormat {
  const key = `${language} ${zone}`;
  const made = formats.get(key);
  if (made) return made;
  const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: zone,
  });
  formats.set(key, format);
  return format;
}

/**
 * An instant in the words of a language, with digits that everybody reads alike.
 *
 * @param zone in whose time it is told, and which it names
 */
export const tellMoment = (language: Language, instant = '', zone = 'UTC'): string => {
  const named = zone === 'UTC' ? zone : `(${zone})`;
  return `${formatOf(language, zone).format(new Date(instant))} ${named}`;
};
