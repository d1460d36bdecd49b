/** A file named by its document's symbol, `_` for `/`, taken apart. */
export interface NamedFile {
  file: string;
  /** The whole symbol, with its corrigendum. */
  symbol: string;
  /** The symbol without revision and corrigendum. */
  document: string;
  series: 'working-group' | 'council' | 'decision';
  /** Of the Working Group in the series of that name, else of the Council. */
  session: number;
  /** Only in the series `working-group`. */
  iso3?: string;
  /** In the series `working-group`: 1 national report, 2 compilation, 3 stakeholder summary. */
  number: number;
  addendum?: number;
  revision: number;
  corrigendum?: number;
}

const NAME =
  /^A_HRC_(?:WG\.6_(\d+)_([A-Z]{3})_([123])|DEC_(\d+)_(\d+)|(\d+)_(\d+)(?:_Add\.(\d+))?)(?:_Rev\.(\d+))?(?:_Corr\.(\d+))?\.txt$/i;

/** `A_HRC_WG.6_34_SVN_1.txt` → its symbol and parts; undefined for any other name. */
export function readFileName(file: string): NamedFile | undefined {
  const match = NAME.exec(file);
  if (!match) return undefined;
  const [, wg, iso3, kind, decided, decision, council, report, addendum, revision, corrigendum] =
    match;
  const symbol = file.slice(0, -'.txt'.length).replaceAll('_', '/');
  return {
    file,
    symbol,
    document: symbol.replace(/\/(?:Rev|Corr)\.\d+/gi, ''),
    series: wg ? 'working-group' : decided ? 'decision' : 'council',
    session: Number(wg ?? decided ?? council),
    ...(iso3 && { iso3: iso3.toUpperCase() }),
    number: Number(kind ?? decision ?? report),
    ...(addendum && { addendum: Number(addendum) }),
    revision: Number(revision ?? 0),
    ...(corrigendum && { corrigendum: Number(corrigendum) }),
  };
}

/** `A/HRC/43/15/Add.1` → `A_HRC_43_15_Add.1.txt` */
export const fileNameOf = (symbol: string): string => `${symbol.replaceAll('/', '_')}.txt`;

/** Does the text name this symbol itself, or an addendum to it (not `A/HRC/43/150`)? */
export function namesSymbol(text: string, symbol: string): boolean {
  const literal = symbol.replace(/[.\\]/g, '\\$&');
  return new RegExp(`${literal}(?!\\d|/\\d)`, 'i').test(text.replace(/\/\s+/g, '/'));
}
