import type { Language } from '../labels/languages.js';

/**
 * An instant in the words of a language, with digits that everybody reads alike.
 *
 * @param zone in whose time it is told, and which it names
 */
export const tellMoment = (language: Language, instant = '', zone = 'UTC'): string => {
  const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: zone,
  });
  const named = zone === 'UTC' ? zone : `(${zone})`;
  return `${format.format(new Date(instant))} ${named}`;
};
