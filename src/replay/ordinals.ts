const ONES =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const TENS = 'twent thirt fort fift sixt sevent eight ninet'.split(' ');

/** `thirty-fourth`, `Twentieth`, `34th` → the number; undefined for other words. */
export function readOrdinal(words: string): number | undefined {
  const word = words
    .trim()
    .toLowerCase()
    .replace(/\s*-\s*/g, '-');
  const digits = /^(\d+)(?:st|nd|rd|th)$/.exec(word)?.[1];
  if (digits) return Number(digits);
  const unit = (name: string): number => ONES.indexOf(name) + 1;
  const ten = (name: string, ending: string): number =>
    name.endsWith(ending) ? 10 * (TENS.indexOf(name.slice(0, -ending.length)) + 2) : 10;
  const [head = '', tail] = word.split('-');
  if (tail === undefined) {
    const round = ten(head, 'ieth');
    return unit(head) || (round > 10 ? round : undefined);
  }
  const tens = ten(head, 'y');
  const ones = unit(tail);
  return tens > 10 && ones > 0 && ones < 10 ? tens + ones : undefined;
}
