import type { Comity, Schemas } from '../../client/index.js';
import { particularsOf, type PrintedReport } from './report-text.js';

/** A report or an addendum as the house composes it. */
export type ComposedReport = Schemas['Report'];

/** What the house composes of the State's dialogue: these it writes itself. */
const COMPOSED = /^During the interactive dialogue\b/;

/**
 * Writes into the draft what the printed report says by hand: who headed the delegation, what was
 * said, who came. @returns the draft as it is composed then, and how long it is
 */
export async function writeReport(
  review: string,
  printed: PrintedReport,
  secretariat: Comity,
): Promise<ComposedReport> {
  const path = { id: review };
  const { version } = await secretariat.get('/v1/reviews/{id}/report', { path });
  const body = { particulars: particularsOf(printed) };
  await secretariat.put('/v1/reviews/{id}/report', { path, version, body });
  const byHand = printed.paragraphs.filter(
    ({ section, text }) =>
      (section === 'presentation' || section === 'dialogue') && !COMPOSED.test(text),
  );
  const members = printed.delegation.map((text) => ({ section: 'delegation', text }));
  for (const { section, text } of [...byHand, ...members]) {
    await secretariat.post('/v1/reviews/{id}/report/paragraphs', { path, body: { section, text } });
  }
  return secretariat.get('/v1/reviews/{id}/report', { path });
}
