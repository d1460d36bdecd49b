import type { StateNames } from '../modules/directory/state-names.rules.js';
import type { PrintedReport } from './report-text.js';

/** No State's printed name has more words. */
const MOST_WORDS = 9;

/**
 * The States that made statements in the dialogue, in the order of a printed report, each once: of
 * each it has a paragraph that begins with the State's name. What the State under review said, and
 * what others than States did, is no statement of a delegation.
 *
 * @param subject the State under review
 * @returns alpha-3 codes
 */
export function readSpeakers(
  { paragraphs }: PrintedReport,
  names: StateNames,
  subject: string,
): string[] {
  const said = paragraphs.filter(({ section }) => section === 'dialogue');
  const states = said.flatMap(({ text }) => leadingState(text, names) ?? []);
  return [...new Set(states)].filter((state) => state !== subject);
}

/** The longest beginning of a text that is a State's name. */
function leadingState(text: string, names: StateNames): string | undefined {
  const words = text.split(' ').slice(0, MOST_WORDS);
  for (let count = words.length; count > 0; count -= 1) {
    const state = names.resolve(words.slice(0, count).join(' '));
    if (state) return state;
  }
  return undefined;
}
