import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { Proceeding } from '../proceedings/index.js';

/** A recommendation whose words the parties see. */
export interface Worded {
  readonly id: string;
  readonly proceedingId: string;
  readonly compartment: string;
  readonly text: string;
}

/** What a module above makes of the words of recommendations. As the procedure. */
export interface WordsReader {
  /** They were made, or changed. */
  read(tx: Tx, proceeding: Proceeding, worded: Worded): Promise<void>;
  /** They were withdrawn, and all that tells of them goes. @returns what that was, to be sealed */
  forget(tx: Tx, id: string): Promise<object>;
  /** The codes that it can say, for filters to be held against. */
  codes(mechanism: string, facet: 'category' | 'themes'): readonly string[];
}

/** The port for whoever reads what recommendations say; a module above registers here at start. */
@Injectable()
export class ReadWords {
  #reader: WordsReader | undefined;

  use(reader: WordsReader): void {
    this.#reader = reader;
  }

  /** To be told whenever the parties see other words than before. */
  async read(tx: Tx, proceeding: Proceeding, worded: Worded): Promise<void> {
    await tx.asProcedure(proceeding.id, async () => this.#reader?.read(tx, proceeding, worded));
  }

  /** As the procedure. */
  async forget(tx: Tx, id: string): Promise<object> {
    return (await this.#reader?.forget(tx, id)) ?? {};
  }

  codes(mechanism: string, facet: 'category' | 'themes'): readonly string[] {
    return this.#reader?.codes(mechanism, facet) ?? [];
  }
}
