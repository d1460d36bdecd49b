const HOLES: Record<string, string> = {
  iso3: 'SVN',
  n: '1',
  key: 'hrc',
  day: '2026-11-01',
  kind: 'positions',
  token: 'cf_nothing',
  field: 'facts',
  test: 'compatible',
};

/** The address of a path: an id, and beside it what can stand there. */
export const filled = (path: string, id: string): string =>
  path
    .replace('treaties/{key}', 'treaties/aarhus')
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => HOLES[name] ?? id);
