import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stateNames, type State } from '../modules/directory/state-names.rules.js';
import { InputFault } from './input-fault.js';
import { findQuestions, readQuestions } from './read-questions.js';

const file = fileURLToPath(new URL('../../data/states.json', import.meta.url));
const names = stateNames(JSON.parse(readFileSync(file, 'utf8')) as State[]);

const CIRCULATED = `bjbj
ADVANCE QUESTIONS TO PALAU (FIRST BATCH)
FIJI on behalf of the Friends of the Reef
Which reefs are
 watched at night, and by whom?
Does the ministry
s budget cover the
"old" boats? 
UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND
The UN asked for a plan. Where is it?
Who pays for ferries?
ATLANTIS
Who found us?
CZECH REPUBLIC
xQ$1
When will courts sit?
PAGE   \\* MERGEFORMAT
FRANCE
This is debris behind the footer?
`;

describe('advance questions in the text of a word processor’s file', () => {
  it('stand under the names of the States that ask them, joined again where a character was lost', () => {
    expect(readQuestions(CIRCULATED, names)).toEqual({
      asked: [
        {
          state: 'FJI',
          group: 'the Friends of the Reef',
          questions: [
            'Which reefs are watched at night, and by whom?',
            'Does the ministry’s budget cover the "old" boats?',
          ],
        },
        {
          state: 'GBR',
          group: undefined,
          questions: ['The UN asked for a plan. Where is it?', 'Who pays for ferries?'],
        },
        { state: 'CZE', group: undefined, questions: ['When will courts sit?'] },
      ],
      unknown: ['ATLANTIS'],
    });
  });

  it('are none where no title stands, or nothing', () => {
    const none = { asked: [], unknown: [] };
    expect(readQuestions('word/document.xml\nPK\nFRANCE\nWho are you?', names)).toEqual(none);
    expect(readQuestions('', names)).toEqual(none);
  });

  it('are looked for in the files of their cycle alone; what cannot be read is told', () => {
    const texts: Record<string, string> = {
      'cycle2-AdvanceQuestions.txt': CIRCULATED,
      'cycle3-Advance_questions_a.txt': CIRCULATED.replace('ATLANTIS\nWho found us?\n', ''),
      'cycle3-Advance_questions_b.txt': '[Content_Types].xml\nPK',
      'recommendations-cycle3.json': '[]',
    };
    const folder = {
      place: 'here',
      files: [...Object.keys(texts), 'cycle3-questions_c.txt'],
      text(name: string) {
        const text = texts[name];
        if (text === undefined) throw new InputFault('document-unreadable', [name]);
        return text;
      },
    };
    const { asked, files, warnings } = findQuestions(folder, 3, names);
    expect(asked.map(({ state }) => state)).toEqual(['FJI', 'GBR', 'CZE']);
    expect(files).toHaveLength(3);
    expect(warnings).toEqual([
      'cycle3-Advance_questions_b.txt: no advance question could be read in it',
      'cycle3-questions_c.txt: no advance question could be read in it',
    ]);
    expect(findQuestions(folder, 2, names).warnings).toEqual([
      'cycle2-AdvanceQuestions.txt: an unknown State asks, and is left out: ATLANTIS',
    ]);
  });
});
