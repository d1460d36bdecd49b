/** Lists of States as reports print them, and the "(State; State)" at the end of a recommendation. */
import { decodeEntities, type NameDate, type StateNames } from './state-names.rules.js';

/** What may stand between two names; the last is nothing between two brackets: "(Chad) (Peru)". */
const SEPARATOR = /([;,&]|\band\b|(?<=\))\s*(?=\())/i;
/** A day on which no former name holds. */
const LAST_DAY = '9999-12-31';
/** Characters; all the world's short names, with their separators, fill some 2,500. */
const LONGEST_LIST = 3_000;

function* listed(text: string, names: StateNames, { on = LAST_DAY }: NameDate) {
  const pieces = decodeEntities(text).split(SEPARATOR);
  let held = '';
  for (let i = 0; i < pieces.length; i += 2) {
    const [separator = '', name = ''] = [pieces[i - 1], pieces[i]];
    if (name.trim() === '') continue;
    const joined = `${held}${separator}${name}`;
    if (held && separator !== ';' && names.resolve(joined, { on })) {
      held = joined;
    } else {
      if (held) yield held.trim();
      held = name;
    }
  }
  if (held) yield held.trim();
}

/**
 * The names in a list, as printed (entities decoded) and in order; known or not.
 * Commas, semicolons, "and" and "&" separate, unless what they join is itself a State's name.
 * Former names don't join ("Serbia and Montenegro" is two States), unless `on` is a day when they
 * were borne.
 */
export const splitStates = (text: string, names: StateNames, at: NameDate = {}): string[] => [
  ...listed(text, names, at),
];

/** The alpha-3 codes of a list; none if a single name in it is not a State's. */
function statesOnly(list: string, names: StateNames, at: NameDate): string[] {
  const states: string[] = [];
  for (const name of listed(list, names, at)) {
    const state = names.resolve(name, at);
    if (state === null) return [];
    states.push(state);
  }
  return states;
}

/** The longest end of a text, from a bracket on, that is nothing but States. */
function trailingStates(text: string, names: StateNames, at: NameDate) {
  for (const { index } of text.matchAll(/\(/g)) {
    if (text.length - index > LONGEST_LIST) continue;
    const states = statesOnly(text.slice(index), names, at);
    if (states.length > 0) return { index, states };
  }
  return { index: text.length, states: [] };
}

/**
 * A printed recommendation without its trailing brackets of recommending States, and those States
 * (alpha-3, each once, in order). Where several requests are joined, "A (France); B (Peru)", the
 * States of every request are found, and only the last brackets are taken off. A bracket that
 * holds anything but States stays, and counts for none. `at` is best the day of the review.
 */
export function stripRecommenders(
  printed: string,
  names: StateNames,
  at: NameDate = {},
): { text: string; states: string[] } {
  const last = trailingStates(printed, names, at);
  const text = printed.slice(0, last.index).trim();
  const requests = text.split(/(?<=\))\s*;/).slice(0, -1);
  const earlier = requests.flatMap((request) => trailingStates(request, names, at).states);
  return { text, states: [...new Set([...earlier, ...last.states])] };
}
