import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { splitStates, stripRecommenders } from './recommenders.rules.js';
import { stateNames, type State } from './state-names.rules.js';

const file = new URL('../../../data/states.json', import.meta.url);
const names = stateNames(JSON.parse(readFileSync(file, 'utf8')) as State[]);

describe('a list of States', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['Peru', ['Peru']],
    ['Iran (Islamic Republic of)', ['Iran (Islamic Republic of)']],
    ['Ukraine, Slovakia and Côte d’Ivoire', ['Ukraine', 'Slovakia', 'Côte d’Ivoire']],
    ['France; Peru; and Chad', ['France', 'Peru', 'Chad']],
    ['France, Peru, and Chad,', ['France', 'Peru', 'Chad']],
    [
      'Trinidad and Tobago and Bosnia & Herzegovina and Croatia',
      ['Trinidad and Tobago', 'Bosnia & Herzegovina', 'Croatia'],
    ],
    [
      'Antigua &amp; Barbuda, Saint Vincent and the Grenadines, Sao Tome and Principe',
      ['Antigua & Barbuda', 'Saint Vincent and the Grenadines', 'Sao Tome and Principe'],
    ],
    ['Korea, Republic of, Korea', ['Korea, Republic of', 'Korea']],
    ['Congo, Democratic Republic of the Congo', ['Congo', 'Democratic Republic of the Congo']],
    ['Venezuela (Bolivarian Republic of),Peru', ['Venezuela (Bolivarian Republic of)', 'Peru']],
    ['Atlantis and Peru', ['Atlantis', 'Peru']],
    ['C&ocirc;te d&rsquo;Ivoire; Peru', ['Côte d’Ivoire', 'Peru']],
  ])('%s', (text, expected) => {
    expect(splitStates(text, names)).toEqual(expected);
  });

  it('joins a former name only on a day when it was borne', () => {
    const text = 'Serbia and Montenegro';
    expect(splitStates(text, names)).toEqual(['Serbia', 'Montenegro']);
    expect(splitStates(text, names, { on: '2005-01-01' })).toEqual([text]);
  });
});

describe('a printed recommendation', () => {
  it.each<[string, string, string[]]>([
    ['Plant trees (Peru)', 'Plant trees', ['PER']],
    ['Plant trees (Peru). ', 'Plant trees', ['PER']],
    ['Plant trees (Chad) (Peru)', 'Plant trees', ['TCD', 'PER']],
    ['Plant trees (Chad, Peru* and Fiji; Chad)', 'Plant trees', ['TCD', 'PER', 'FJI']],
    ['Plant trees (Iran (Islamic Republic of))', 'Plant trees', ['IRN']],
    ['Plant trees (Venezuela (Bolivarian Republic of)),Peru', 'Plant trees', ['VEN', 'PER']],
    [
      'Plant trees (Chad, Bolivia (Plurinational State of),Peru)',
      'Plant trees',
      ['TCD', 'BOL', 'PER'],
    ],
    ['Plant trees (Serbia and Montenegro)', 'Plant trees', ['SRB', 'MNE']],
    ['Join the pact, 2011 (No. 7) (Chad)', 'Join the pact, 2011 (No. 7)', ['TCD']],
    [
      'Plant (Chad); dig (Fiji);water (Peru)',
      'Plant (Chad); dig (Fiji);water',
      ['TCD', 'FJI', 'PER'],
    ],
    ['Plant (Chad; Fiji); dig (Peru; Chad)', 'Plant (Chad; Fiji); dig', ['TCD', 'FJI', 'PER']],
    ['Work with Iran (Islamic Republic of)', 'Work with Iran (Islamic Republic of)', []],
    [
      'Work with Georgia (the country), too (Chad)',
      'Work with Georgia (the country), too',
      ['TCD'],
    ],
    ['Plant trees (Chad, Atlantis)', 'Plant trees (Chad, Atlantis)', []],
    ['Plant trees &#40;Unknown&#41;', 'Plant trees &#40;Unknown&#41;', []],
    ['Ratify the treaty (CAT)', 'Ratify the treaty (CAT)', []],
    ['Plant trees', 'Plant trees', []],
    ['Plant trees (', 'Plant trees (', []],
    ['(Peru)', '', ['PER']],
  ])('%s', (printed, text, states) => {
    expect(stripRecommenders(printed, names)).toEqual({ text, states });
  });

  it('reads names as of the day of the review', () => {
    const printed = 'Plant trees (Turkey)';
    expect(stripRecommenders(printed, names, { on: '2019-11-12' }).states).toEqual(['TUR']);
    expect(stripRecommenders(printed, names, { on: '2023-01-01' }).text).toBe(printed);
  });
});
