import path from 'node:path';
import { z } from 'zod';
import { LineFile } from '../../platform/storage/line-file.js';

const entrySchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.string(),
  proceedingId: z.uuid(),
  itemId: z.uuid(),
  publicId: z.uuid(),
  parts: z.array(z.string()),
  /** Keys of the files that were removed. */
  files: z.array(z.string()),
});

/** One withdrawal as the ledger keeps it: ids and names of fields, no content, no reason. */
export type LedgerEntry = z.infer<typeof entrySchema>;

const departureSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.literal('partner'),
  proceedingId: z.uuid(),
  documentId: z.uuid(),
  partnerId: z.uuid(),
  became: z.enum(['left', 'removed', 'sealed']),
});

/** That a partner is named no longer, or no longer one: ids alone, for a name endangers somebody. */
export type Departure = z.infer<typeof departureSchema>;

export const LEDGER_FILE = 'withdrawals.ndjson';

/**
 * The withdrawals, and the partners who left, outside the database: what was withdrawn since a backup was made would be
 * public again when it is restored. Lies with the files, and grows only.
 */
export class WithdrawalLedger {
  readonly #file: LineFile;

  constructor(filesDir: string) {
    this.#file = new LineFile(path.join(filesDir, LEDGER_FILE));
  }

  /** On disk when it answers. */
  append(entry: LedgerEntry | Departure): Promise<void> {
    return this.#file.append(entry);
  }

  /** What can be read, in order, and how many lines could not. */
  async read(): Promise<{ entries: LedgerEntry[]; departures: Departure[]; unreadable: number }> {
    const { lines, unreadable } = await this.#file.read();
    const parsed = lines.map((line) => entrySchema.safeParse(line));
    const entries = parsed.flatMap(({ data }) => data ?? []);
    const departures = lines.flatMap((line) => departureSchema.safeParse(line).data ?? []);
    const known = entries.length + departures.length;
    return { entries, departures, unreadable: unreadable + lines.length - known };
  }
}
