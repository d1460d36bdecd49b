import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stateNames, type State } from '../modules/directory/state-names.rules.js';
import { readSpeakers } from './read-speakers.js';
import type { PrintedReport } from './report-text.js';

const file = fileURLToPath(new URL('../../data/states.json', import.meta.url));
const names = stateNames(JSON.parse(readFileSync(file, 'utf8')) as State[]);

describe('the speakers of a printed report', () => {
  const said = (section: 'presentation' | 'dialogue', ...texts: string[]) =>
    texts.map((text, number) => ({ number, section, text, items: [] }));

  it('are the States with whose names paragraphs of the dialogue begin, each once', () => {
    const printed: PrintedReport = {
      delegation: [],
      paragraphs: [
        ...said('presentation', 'France had helped.'),
        ...said(
          'dialogue',
          'During the interactive dialogue, 7 delegations made statements.',
          'Nigeria asked about ferries. Niger listened.',
          'The Niger welcomed the new boats.',
          'The former Yugoslav Republic of Macedonia noted them.',
          'The Bolivarian Republic of Venezuela recognized the work done.',
          'Palau replied.',
          'The delegation of Palau thanked Fiji.',
          'Côte d’Ivoire was pleased.',
          'Nigeria spoke again.',
          'The European Union congratulated it.',
        ),
      ],
    };
    expect(readSpeakers(printed, names, 'PLW')).toEqual(['NGA', 'NER', 'MKD', 'VEN', 'CIV']);
  });
});
