import type { Folder } from './folder.js';
import { readHead } from './read-head.js';
import type { DocumentKind, RealDocument } from './real-review.js';
import type { NamedFile } from './symbols.js';

const TITLES: Record<DocumentKind, string> = {
  'national-report': 'National report',
  compilation: 'Compilation of United Nations information',
  'stakeholder-summary': 'Summary of stakeholders’ submissions',
  'working-group-report': 'Report of the Working Group on the Universal Periodic Review',
  addendum: 'Report of the Working Group on the Universal Periodic Review',
  decision: 'Outcome of the universal periodic review',
};

/** What its own first page tells of a document; a warning where the page is another one's. */
export function describeDocument(
  folder: Folder,
  kind: DocumentKind,
  named: NamedFile,
  files: readonly NamedFile[],
  { state, warnings }: { state: string; warnings: string[] },
): RealDocument {
  const head = readHead(folder.text(named.file));
  if (head.symbols.length > 0 && !head.symbols.includes(named.symbol)) {
    warnings.push(`${named.file} calls itself ${head.symbols.join(', ')}`);
  }
  const title = head.title ?? TITLES[kind];
  const whole = title.toLowerCase().includes(state.toLowerCase()) ? title : `${title}: ${state}`;
  return {
    kind,
    symbol: named.symbol,
    file: named.file,
    title: kind === 'addendum' ? `${whole}, addendum` : whole,
    language: 'en',
    ...(head.issued && { issued: head.issued }),
    corrigenda: files
      .filter((each) => each.document === named.document && each.corrigendum !== undefined)
      .toSorted((a, b) => (a.corrigendum ?? 0) - (b.corrigendum ?? 0))
      .map(({ symbol, file }) => ({ symbol, file, ...issued(folder, file) })),
  };
}

function issued(folder: Folder, file: string): { issued?: string } {
  const day = readHead(folder.text(file)).issued;
  return day ? { issued: day } : {};
}
