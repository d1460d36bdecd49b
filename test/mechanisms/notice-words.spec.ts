import { describe, expect, it } from '@jest/globals';
import { inProject } from '../../src/config/project-root.js';
import { StartRefused } from '../../src/config/start-refused.js';
import { LANGUAGES, type Language } from '../../src/platform/labels/languages.js';
import { readVocabularies } from '../../src/platform/labels/labels.js';
import { PLATFORM_LABELS } from '../../src/platform/labels/platform-labels.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';
import { vocabulariesOf } from '../../src/modules/mechanisms/vocabulary.rules.js';
import { loadNotices } from '../../src/modules/notices/load-notices.js';
import { loadWords } from '../../src/modules/notices/load-words.js';
import {
  sayNotice,
  wordFaults,
  type NoticeWords,
} from '../../src/modules/notices/notice-words.rules.js';
import { presentNotice } from '../../src/modules/notices/notices.presenter.js';
import type { NoticeRow } from '../../src/modules/notices/notices.repository.js';

const { definitions } = loadMechanisms(inProject('mechanisms'));
const events = Object.keys(PLATFORM_LABELS['journal-events'] ?? {});
const ground = { definitions, events };
const notices = loadNotices(inProject('mechanisms/notices'), ground);
const all = loadWords(inProject('mechanisms/notices/words'), {
  ...ground,
  told: notices.map(({ mechanism }) => mechanism),
});

const SCRIPTS: Partial<Record<Language, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  ru: /\p{Script=Cyrillic}/u,
  zh: /\p{Script=Han}/u,
};
const stateNames = {
  en: 'Slovenia',
  fr: 'Slovénie',
  es: 'Eslovenia',
  ru: 'Словения',
  ar: 'سلوفينيا',
  zh: '斯洛文尼亚',
};
const row = (mechanism: string, what: string, facts: object): NoticeRow => ({
  id: '1',
  urgency: 'normal',
  toldAt: new Date('2027-01-10T09:00:00Z'),
  readAt: null,
  archivedAt: null,
  body: JSON.stringify({ at: '2027-01-10T09:00:00.000Z', what, by: 'clock', facts }),
  n: 1,
  compartment: 'case',
  proceedingId: '2',
  mechanism,
  mechanismVersion: 1,
  state: 'SVN',
  stateNames,
  test: false,
});
const DUE = '2027-01-25T16:00:00.000Z';
const LATER = '2027-02-01T16:00:00.000Z';

/** Everything that is told in a mechanism: each event, with every move or deadline that it may be of. */
const happenings = notices.flatMap(({ mechanism, notices: rules }) => {
  const versions = definitions.filter(({ key }) => key === mechanism);
  const moves = [...new Set(versions.flatMap((each) => each.moves.map(({ move }) => move)))];
  const deadlines = [
    ...new Set(versions.flatMap((each) => each.deadlines.map(({ deadline }) => deadline))),
  ];
  const dates = { due: DUE, was: DUE, isNow: LATER, days: 3 };
  return [...new Set(rules.map(({ event }) => event))].flatMap((event) => [
    { mechanism, event, facts: {} },
    ...(/^moved$|move$/.test(event) ? moves : []).map((move) => ({
      mechanism,
      event,
      facts: { move },
    })),
    ...(event.startsWith('deadline-') ? deadlines : []).map((deadline) => ({
      mechanism,
      event,
      facts: { deadline, ...dates },
    })),
  ]);
});
const wordsOf = (mechanism: string) => all.find((each) => each.mechanism === mechanism)!;
const labels = new Map(
  definitions.map((each) => [
    each.key,
    vocabulariesOf(each, readVocabularies(inProject(`mechanisms/labels/${each.key}.yaml`))),
  ]),
);
const say = ({ mechanism, event, facts }: (typeof happenings)[number], language: Language) =>
  presentNotice(row(mechanism, event, facts), {
    labels: labels.get(mechanism)!,
    words: wordsOf(mechanism),
    language,
    zone: 'Europe/Zurich',
  });

describe('the words of notices', () => {
  it('say everything that is told in whatever mechanism there is, in each language', () => {
    expect(happenings.length).toBeGreaterThan(100);
    for (const language of LANGUAGES) {
      for (const happening of happenings) {
        const { subject, sentence } = say(happening, language).text;
        const which = JSON.stringify({ language, happening, subject, sentence });
        for (const text of [subject, sentence]) {
          const faults = {
            hole: /[{}]|undefined|null|NaN|Invalid/.test(text),
            nameless: !text.includes(stateNames[language]),
            foreign: !(SCRIPTS[language] ?? /\p{Script=Latin}/u).test(text),
            // No code stands for what has no word.
            code: /\b[a-z]+-[a-z]+-[a-z]+\b/.test(text.replaceAll('mid-term', '')),
          };
          expect({ which, ...faults }).toEqual({
            which,
            hole: false,
            nameless: false,
            foreign: false,
            code: false,
          });
        }
      }
    }
  });

  it('are of their own language: none says what another says', () => {
    for (const happening of happenings) {
      const sentences = LANGUAGES.map((language) => say(happening, language).text.sentence);
      expect(new Set(sentences).size).toBe(LANGUAGES.length);
    }
  });

  it('tell dates in the reader’s own time, and the names of what moved', () => {
    const facts = { deadline: 'national-report', was: DUE, isNow: LATER };
    const { text, detail } = say({ mechanism: 'upr', event: 'deadline-recomputed', facts }, 'en');
    expect(detail).toBe('Submission of the national report');
    expect(text).toEqual({
      subject: 'Slovenia: new date for “Submission of the national report”',
      sentence:
        'Universal Periodic Review, Slovenia: the deadline “Submission of the national report” was moved from ' +
        'January 25, 2027 at 17:00 (Europe/Zurich) to February 1, 2027 at 17:00 (Europe/Zurich).',
    });
  });

  it('say nothing of an entry but what may be said', () => {
    const facts = {
      deadline: 'positions',
      was: DUE,
      isNow: LATER,
      secret: 'SECRET',
      why: 'SECRET',
    };
    for (const event of events) {
      const { text } = say({ mechanism: 'upr', event, facts }, 'en');
      expect(JSON.stringify(text)).not.toContain('SECRET');
    }
  });

  it('leave no hole where an entry lacks what they need', () => {
    const { text } = say({ mechanism: 'upr', event: 'deadline-recomputed', facts: {} }, 'en');
    expect(text.subject).toBe('Slovenia: Deadline counted again');
    expect(text.sentence).toContain('Deadline counted again');
  });
});

describe('words that are no good', () => {
  const each = (text: string) => Object.fromEntries(LANGUAGES.map((name) => [name, text]));
  const sound: NoticeWords = {
    mechanism: 'upr',
    general: { subject: each('{state}'), sentence: each('{event} {at}') },
    events: [{ event: 'moved', moves: ['adopt-report'], sentence: each('{detail}') }],
  };

  it('are refused, with a line for each fault', () => {
    expect(wordFaults(sound, ground)).toEqual([]);
    const { zh: _, ...five } = each('{state}');
    const faults = wordFaults(
      {
        ...sound,
        general: { subject: five, sentence: each('{event} {detail}') },
        events: [
          { event: 'sung', sentence: each('{state}') },
          { event: 'moved', moves: ['fly'], sentence: each('{state}') },
          { event: 'deadline-lapsed', sentence: { ...each('{due}'), fr: '{was} {name}', es: '{' } },
        ],
      },
      ground,
    );
    expect(faults).toEqual([
      '  upr words general.subject: lacks zh',
      ...LANGUAGES.map((name) => `  upr words general.sentence.${name}: no such field {detail}`),
      '  upr words events[0]: no such event sung',
      '  upr words events[1]: no such move fly',
      '  upr words events[2].sentence.fr: no such field {was}',
      '  upr words events[2].sentence.fr: no such field {name}',
      '  upr words events[2].sentence.fr: lacks {due}',
      '  upr words events[2].sentence.es: lacks {due}',
      '  upr words events[2].sentence.es: a brace that opens or closes no field',
    ]);
    expect(wordFaults({ ...sound, mechanism: 'wto' }, ground)).toEqual([
      '  wto: no such mechanism',
    ]);
  });

  it('are missing where a mechanism that tells has none', () => {
    const folder = inProject('mechanisms/notices/words');
    expect(() => loadWords(folder, { ...ground, told: ['upr', 'wto'] })).toThrow(StartRefused);
    expect(() => loadWords(folder, { ...ground, told: ['wto'] })).toThrow(
      'wto: its notices have no words',
    );
  });

  it('serve the first event that fits', () => {
    const told = { state: 'S', mechanism: 'M', event: 'E', at: 'A', detail: 'D' };
    const said = (move: string) => sayNotice(sound, { event: 'moved', move, told }, 'en').sentence;
    expect([said('adopt-report'), said('hold-dialogue')]).toEqual(['D', 'E A']);
  });
});
