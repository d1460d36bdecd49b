import { Injectable } from '@nestjs/common';
import type { Fault } from '../../kernel/choices.js';
import type { Drawn, DrawRules } from '../../kernel/lots.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import type { Standing } from '../proceedings/index.js';
import type { Ground } from './find-ground.js';

/** For which day the pool is looked up (ISO date), and what is known of the draw already. */
export interface PlanAsked {
  readonly day: string;
  /** The States whose reviews were announced; absent: all that need it. */
  readonly only?: readonly string[];
  /** What was drawn by hand. */
  readonly byHand?: readonly Drawn[];
}

/** What lots are drawn for: its pool and rules, and what follows from the result. */
export interface Purpose {
  readonly purpose: string;
  readonly scopes: readonly ('review' | 'session')[];
  /** Says in its own words what is wrong with one that was drawn by hand. */
  refuse?(fault: Fault, ground: Ground): Refusal;
  /** @throws Refused where there is nothing to draw, or nobody to draw from */
  plan(tx: Tx, ground: Ground, asked: PlanAsked): Promise<DrawRules>;
  /** Refuses nothing: a result that can be refused could be sought. */
  apply?(tx: Tx, ground: Ground, told: Told): Promise<void>;
}

/** What a lot gave. */
interface Told {
  readonly lot: string;
  readonly result: readonly Drawn[];
  /** In words, for whoever takes part by it. */
  readonly basis: string;
}

/** With what the lists of a session begin. */
export interface Start {
  readonly lot: string;
  readonly drawn: readonly string[];
}

/** Who was drawn of a list of States, or of organizations, in order. */
export interface DrawnList extends Start {
  readonly list: 'plenary' | 'stakeholders';
}

/** From whom a list is drawn, and how many. */
interface ListPool {
  readonly keys: readonly string[];
  readonly seats: number;
}

/** The lists of speakers, which another module keeps. */
export interface SpeakersList {
  /**
   * Who is to be drawn of those registered to speak when a review's outcome is considered: codes of
   * States; `id:` and the id of its place for whom a lot must not name, for it can forget nobody.
   *
   * @throws Refused while others may still register, or where there is nothing to draw
   */
  registered(tx: Tx, review: Standing, list: DrawnList['list']): Promise<ListPool>;
  /** They speak in this order when the outcome is considered. As the procedure. */
  drawn?(tx: Tx, review: Standing, list: DrawnList): Promise<void>;
  /** The list of the dialogue begins with this letter. As the procedure. */
  begins?(tx: Tx, review: Standing, start: Start): Promise<void>;
}

/** The purposes of lots, as modules register them at start. */
@Injectable()
export class Purposes {
  readonly #known = new Map<string, Purpose>();
  /** Absent where no module keeps one: no lot is drawn of it then. */
  speakers: SpeakersList | undefined;

  add(...purposes: readonly Purpose[]): void {
    for (const each of purposes) this.#known.set(each.purpose, each);
  }

  /** @throws Refused `lot-not-offered` */
  of(purpose: string, { state }: Pick<Ground, 'state'>): Purpose {
    const known = this.#known.get(purpose);
    const scope = state === null ? 'session' : 'review';
    if (!known?.scopes.includes(scope)) throw new Refused('lot-not-offered', { purpose, scope });
    return known;
  }
}
