import { describe, expect, it } from '@jest/globals';
import { checkRecord, countPublished } from './check-record.js';
import type { PublishedReview } from './read-record.js';
import type { RealRecommendation, RealReview } from './real-review.js';
import { sha256 } from './sha256.js';

const bytesOf = (file: string): Buffer => Buffer.from(`the text of ${file}`);

const recommendation: RealRecommendation = {
  label: '51.9',
  text: 'Ratify the convention',
  recommendingStates: ['Fiji', 'Chile'],
  recommendingCodes: ['FJI', 'CHL'],
  position: 'supported',
  given: 'in-the-room',
};
const compilation = {
  kind: 'compilation',
  symbol: 'A/HRC/WG.6/33/PLW/2',
  file: 'two.txt',
  corrigenda: [{ symbol: 'A/HRC/WG.6/33/PLW/2/Corr.1', file: 'corrected.txt' }],
};
const review = {
  documents: [compilation],
  recommendations: [recommendation, { ...recommendation, label: '51.10', given: 'unanswered' }],
} as unknown as RealReview;

const document = {
  kind: 'compilation',
  symbol: 'A/HRC/WG.6/33/PLW/2',
  digests: ['two.txt', 'corrected.txt'].map((file) => sha256(bytesOf(file))),
};
const first = {
  label: '51.9',
  text: 'Ratify the convention',
  recommendingStates: ['CHL', 'FJI'],
  position: 'supported',
  givenIn: 'room',
  deemed: false,
};
const second = { ...first, label: '51.10', givenIn: null, deemed: true };
const published: PublishedReview = {
  documents: [document],
  recommendations: [first, second],
  speakers: [],
  questions: [],
};

const differences = (change: Partial<PublishedReview>): string[] =>
  checkRecord(review, { ...published, ...change }, bytesOf);

describe('the record beside the files', () => {
  it('is counted, and equal in every item', () => {
    expect(differences({})).toEqual([]);
    expect(countPublished(published)).toEqual({
      documents: 1,
      recommendations: 2,
      supported: 2,
      noted: 0,
      recommendingStates: 2,
    });
  });

  it('tells each difference of a recommendation by its label', () => {
    const changed = {
      ...first,
      text: 'Consider it',
      recommendingStates: ['CHL'],
      position: 'noted',
      givenIn: 'writing',
    };
    expect(differences({ recommendations: [changed, { ...second, deemed: false }] })).toEqual([
      '51.9: text “Consider it”, not “Ratify the convention”',
      '51.9: by CHL, not CHL, FJI',
      '51.9: noted, not supported',
      '51.9: given in writing, not room',
      '51.10: deemed is false',
    ]);
  });

  it('tells what is missing, twice there, or unknown to the files', () => {
    const stranger = { ...first, label: '51.11' };
    expect(differences({ recommendations: [first, first, stranger] })).toEqual([
      '51.9: published 2 times',
      '51.10: published 0 times',
      '51.11: only in the record',
    ]);
    const decision = { ...document, kind: 'decision' };
    expect(differences({ documents: [decision] })).toEqual([
      'compilation: published 0 times',
      'decision: only in the record',
    ]);
  });

  it('tells other bytes, another symbol and a lost corrigendum', () => {
    const changed = { ...document, symbol: null, digests: [sha256(Buffer.from('another'))] };
    expect(differences({ documents: [changed] })).toEqual([
      'compilation: symbol null, not A/HRC/WG.6/33/PLW/2',
      'compilation: 1 versions, not 2',
      'compilation: version 1 hasn’t the bytes of two.txt',
      'compilation: version 2 hasn’t the bytes of corrected.txt',
    ]);
  });
});
