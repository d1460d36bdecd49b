import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';

/** What another module knows of a review: null where it does not know (yet). As the viewer. */
type Source = (tx: Tx, proceedingId: string) => Promise<string | null>;

/** Particulars of a report that other modules know: they register here at start. */
@Injectable()
export class Particulars {
  readonly #sources = new Map<string, Source>();

  /** @param name as it stands in braces in a layout: `statements` */
  add(name: string, source: Source): void {
    this.#sources.set(name, source);
  }

  async of(tx: Tx, proceedingId: string): Promise<Record<string, string | null>> {
    const told: Record<string, string | null> = {};
    for (const [name, source] of this.#sources) told[name] = await source(tx, proceedingId);
    return told;
  }
}
