import { describe, expect, it } from '@jest/globals';
import type { DocumentKind } from '../../kernel/definition.js';
import { judgeSubmission } from './documents.rules.js';

const report: DocumentKind = {
  kind: 'national-report',
  by: ['stateUnderReview'],
  limit: { words: 10_700, over: 'refuse' },
  during: ['preparation'],
  filedIn: 'filed',
  publishedAt: 'documented',
  late: 'flag',
  count: 'one',
};
const cover = [{ part: 'cover', words: 60 }];

const judge = (words: number, leftOut: readonly object[] = [], kind = report) =>
  judgeSubmission({
    kind,
    stage: 'preparation',
    at: new Date('2027-01-10T09:00:00Z'),
    closing: undefined,
    corrigendum: false,
    another: null,
    texts: [{ standing: 'original', words, leftOut }],
  });

describe('the limit of a document', () => {
  it('is exact where the text was counted whole', () => {
    expect(judge(10_700)).toEqual({ late: false, overLimit: false });
    expect(judge(10_701)).toEqual({
      code: 'over-word-limit',
      facts: { counted: 10_701, allowed: 10_700, leftOut: [] },
    });
  });

  it('gives the filer the doubt where parts were left out by a heuristic, and flags it', () => {
    expect(judge(10_914, cover)).toEqual({ late: false, overLimit: true });
    expect(judge(10_915, cover)).toMatchObject({ code: 'over-word-limit' });
  });

  it('judges every language by itself: the doubt of one excuses no other', () => {
    const exact = { standing: 'original', words: 10_750, leftOut: [] };
    const doubtful = { standing: 'courtesy', words: 10_800, leftOut: cover };
    const judged = judgeSubmission({
      kind: report,
      stage: 'preparation',
      at: new Date('2027-01-10T09:00:00Z'),
      closing: undefined,
      corrigendum: false,
      another: null,
      texts: [exact, doubtful],
    });
    expect(judged).toMatchObject({ code: 'over-word-limit', facts: { counted: 10_750 } });
  });

  it('flags only, for kinds that say so', () => {
    const limit = { words: 5350, over: 'flag' } as const;
    expect(judge(9000, [], { ...report, limit })).toEqual({ late: false, overLimit: true });
  });

  it('needs an original', () => {
    const texts = [{ standing: 'courtesy', words: 2, leftOut: [] }];
    const at = new Date('2027-01-10T09:00:00Z');
    const filing = { kind: report, stage: 'preparation', at, closing: undefined };
    const judged = judgeSubmission({ ...filing, corrigendum: false, another: null, texts });
    expect(judged).toMatchObject({ code: 'content-missing' });
  });
});
