import type { NoteCites } from './summaries.entity.js';
import { withoutSigns } from './notes.rules.js';
import { namesHidden, type Named } from './sources.rules.js';

interface Marked {
  readonly id: string;
  readonly sourceId: string;
  readonly mark: string | null;
  readonly words: string;
}

/** Words that are capital because a sentence begins with them. */
const OPENING =
  /^(?:The|A|An|There|This|These|Those|That|It|In|On|At|By|For|From|With|No|Not|Many|Most|Some|Several|All|Few|While|Although|Since|Despite|According|Its|Their|They|People|Persons|Women|Children)\b/;
const ASKS = /^(?:we |to )?(?:recommend|urge|call)\w*\s/i;

const sentence = (words: string): string => {
  const flat = withoutSigns(words)
    .replace(/^\s*\d{1,3}(?:[.)]\s|\.?\t|\s{2,})\s*/, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[.;,:]+$/, '');
  return OPENING.test(flat) ? flat.slice(0, 1).toLowerCase() + flat.slice(1) : flat;
};

/** How a passage begins to be told; a source that is not named is somebody who contributed. */
const verb = (words: string): string => (ASKS.test(words) ? 'recommended:' : 'stated that');
const bare = (words: string): string => (ASKS.test(words) ? words.replace(ASKS, '') : words);

/**
 * A first text from passages, one sentence and one note for each source in a row. It is a proposal:
 * words of the passage that would name somebody who is not named are left out.
 */
export function proposeText(
  passages: readonly Marked[],
  named: readonly Named[],
): { readonly text: string; readonly notes: NoteCites[] } {
  const notes: { passages: string[]; seeAlso: string[] }[] = [];
  const told = passages.map(({ id, mark, words }) => {
    const said = sentence(words);
    const who = mark ?? 'One of the submissions';
    const what = namesHidden(said, named) ? '…' : bare(said);
    notes.push({ passages: [id], seeAlso: [] });
    return `${who} ${verb(said)} ${what}.[^${notes.length}]`;
  });
  return { text: told.join(' '), notes };
}
