/** What stands in the path of an operation beside the id. */
export const HOLES: Record<string, string> = {
  iso3: 'SVN',
  n: '1',
  key: 'hrc',
  day: '2026-11-01',
  kind: 'positions',
  token: 'cf_nothing',
  field: 'facts',
  test: 'compatible',
};
