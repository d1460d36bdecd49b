import { francAll } from 'franc';
import { TAGS } from './language-tags.js';

const OPTIONS = { only: Object.keys(TAGS), minLength: 1 };
/** Below so many letters (a third in scripts that write words as signs) one guesses. */
const ENOUGH = 300;
/** The library looks at two thousand characters; so many places of a text are asked. */
const PLACES = 5;
const SAMPLE = 2_000;
/** So many of the places must agree. */
const AGREED = 0.6;

/**
 * The language of a text as its tag begins, or null where there is too little of it, or too
 * many, to say.
 */
export function findLanguage(text: string): string | null {
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  const signs = (text.match(/\p{sc=Han}/gu) ?? []).length;
  if (letters + 2 * signs < ENOUGH) return null;
  const places = Math.min(PLACES, Math.ceil(text.length / SAMPLE));
  const votes = new Map<string, number>();
  for (let n = 0; n < places; n++) {
    const at = Math.floor((text.length / places) * n);
    const [best] = francAll(text.slice(at, at + SAMPLE), OPTIONS);
    const tag = TAGS[best?.[0] ?? ''];
    if (tag) votes.set(tag, (votes.get(tag) ?? 0) + 1);
  }
  const [winner] = [...votes].toSorted((a, b) => b[1] - a[1]);
  return winner && winner[1] >= places * AGREED ? winner[0] : null;
}
