import type { Language } from '../labels/languages.js';

/** An instant in the words of a language, in UTC, with digits that everybody reads alike. */
export const tellMoment = (language: Language, instant = ''): string => {
  const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return `${format.format(new Date(instant))} UTC`;
};
