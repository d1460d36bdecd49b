import { randomInt } from 'node:crypto';

/** Letters and digits that are not taken for each other when they are read out. */
const LEGIBLE = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

const drawn = (from: string, length: number): string =>
  Array.from({ length }, () => from[randomInt(from.length)]).join('');

/** By which two who speak to each other know that they mean the same request. */
export const newMark = (): string => `${drawn('0123456789', 3)}-${drawn('0123456789', 3)}`;

/** To be read out: about sixty bits, of which few guesses are taken. */
export const newCode = (): string =>
  [drawn(LEGIBLE, 4), drawn(LEGIBLE, 4), drawn(LEGIBLE, 4)].join('-');

/** What was meant by a code, however it was written down. */
export const readCode = (written: string): string =>
  written.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** Roughly from where: enough to know a ministry by, and not which of its desks. */
export const roughly = (network: string): string => network.replace(/\.\d+$/, '.0/24');
