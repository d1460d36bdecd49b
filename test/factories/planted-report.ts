import { randomUUID } from 'node:crypto';
import { queried } from '../database/direct.js';
import type { World } from './world.js';

/** A paragraph of a draft report and a reservation, before their time: as the administrator. */
export async function plantReport({ api }: World, review: string) {
  const { adminUrl } = api.database;
  const [report, paragraph, reservation] = [randomUUID(), randomUUID(), randomUUID()];
  const insert = (table: string, values: readonly unknown[]) =>
    queried(
      adminUrl,
      `INSERT INTO casework.${table} VALUES (${values.map((_, at) => `$${at + 1}`).join(', ')})`,
      [...values],
    );
  const kind = 'working-group-report';
  await insert('report_draft', [report, review, 'committee', kind, '{}', 1]);
  const place = [review, 'committee'];
  await insert('report_paragraph', [paragraph, ...place, report, 'presentation', 0, 1]);
  const said = ['Words', 'secretariat:upr', '2026-11-01T00:00:00Z'];
  await insert('report_paragraph_version', [randomUUID(), ...place, paragraph, 1, ...said]);
  await insert('reservation', [
    reservation,
    review,
    'parties',
    'FRA',
    'reservation',
    'Words',
    '2026-11-01',
    '2026-11-01T00:00:00Z',
    null,
    1,
  ]);
  return { paragraph, reservation };
}
