import type { Comity, Schemas } from '../../client/index.js';
import { particularsOf, type PrintedReport } from './report-text.js';

/** A report or an addendum as the house composes it. */
export type ComposedReport = Schemas['Report'];

/** What the house composes of the State's dialogue: these it writes itself. */
const COMPOSED = /^During the interactive dialogue\b/;

interface Written {
  readonly report: ComposedReport;
  /** Names of the particulars that the house did not know. */
  readonly copied: readonly string[];
}

/** The draft as it is composed now. */
export const readReport = (review: string, secretariat: Comity): Promise<ComposedReport> =>
  secretariat.get('/v1/reviews/{id}/report', { path: { id: review } });

/**
 * Writes into the draft what the printed report says by hand, and the house does not know: who headed
 * the delegation, what was said, who came. @returns the draft as it is composed then
 */
export async function writeReport(
  review: string,
  printed: PrintedReport,
  secretariat: Comity,
): Promise<Written> {
  const path = { id: review };
  const { version, particulars: asked } = await readReport(review, secretariat);
  const known = asked.filter((each) => each.known !== null).map(({ name }) => name);
  const particulars = Object.fromEntries(
    Object.entries(particularsOf(printed)).filter(([name]) => !known.includes(name)),
  );
  await secretariat.put('/v1/reviews/{id}/report', { path, version, body: { particulars } });
  const byHand = printed.paragraphs.filter(
    ({ section, text }) =>
      (section === 'presentation' || section === 'dialogue') && !COMPOSED.test(text),
  );
  const members = printed.delegation.map((text) => ({ section: 'delegation', text }));
  for (const { section, text } of [...byHand, ...members]) {
    await secretariat.post('/v1/reviews/{id}/report/paragraphs', { path, body: { section, text } });
  }
  return { report: await readReport(review, secretariat), copied: Object.keys(particulars) };
}

/** Circulates the list, and has the newest version of the report signed off, as adoption asks. */
export async function signOff(
  review: string,
  documentId: string,
  by: { secretariat: Comity; rapporteurs: readonly Comity[] },
): Promise<void> {
  const path = { id: review };
  await by.secretariat.post('/v1/reviews/{id}/circulations', { path });
  const { versions } = await by.secretariat.get('/v1/documents/{id}', { path: { id: documentId } });
  const body = { documentId, version: versions.length };
  for (const rapporteur of by.rapporteurs) {
    await rapporteur.post('/v1/reviews/{id}/sign-offs', { path, body });
  }
}
