import type { Refusal } from '../../kernel/refusal.js';
import { Injectable } from '@nestjs/common';
import type { KnownFacts } from '../../kernel/compare-facts.js';
import type { Offered } from '../../kernel/offered.js';
import type { DeadlineRule, Definition } from '../../kernel/definition.js';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Permission } from '../../platform/identity/viewer.js';
import { MechanismsService } from '../mechanisms/index.js';
import type { WithdrawableKind } from '../record/index.js';
import type { Part } from '../../platform/http/paging.js';
import type { Deadline, Proceeding } from './proceedings.entity.js';
import type { ReadingNote } from './note-readings.js';
import type { Departure } from './keep-ledger.js';
import type { DutyRow } from './duties.repository.js';
import type { DueRow, ParticipantRow } from './proceedings.repository.js';
import type { Authorship } from './withdrawals.entity.js';

/** A proceeding, and what whoever asks is in it. */
export interface Standing {
  readonly proceeding: Proceeding;
  readonly definition: Definition;
  readonly participants: readonly ParticipantRow[];
  /** Roles held through seats that have this permission; without one: through any seat. */
  roles(permission?: Permission): string[];
}

/** What a module knows of proceedings and rules may ask about. Read as the procedure. */
export interface FactSource {
  /** Every name that it can answer; `documents.<kind>.submitted` stands for every kind. */
  readonly names: readonly string[];
  /**
   * The facts of each proceeding, by its id, in as many statements however many there are. Runs as
   * the procedure of each of them.
   */
  gather(tx: Tx, proceedings: readonly Proceeding[]): Promise<ReadonlyMap<string, KnownFacts>>;
}

/** Where a proceeding stands after a move was made, or a deadline expired, and when that was. */
export interface Happened {
  readonly proceeding: Proceeding;
  readonly at: Date;
}

/** What a move or an expiry brings about, in its own transaction, as the procedure. */
export interface Consequence {
  readonly name: string;
  apply(tx: Tx, happened: Happened): Promise<void>;
}

/**
 * What else begins anew when a proceeding is resumed, that is, when it enters its first stage again;
 * its deadlines have been renewed by then. In the move's transaction, as the procedure.
 */
export type Resumption = (tx: Tx, happened: Happened) => Promise<void>;

/**
 * What can be done with a proceeding beside its moves, and what stands against it. Runs as the
 * viewer. Names have a colon, which no move has: `begin:national-report`.
 */
export interface Offer {
  actions(tx: Tx, standing: Standing): Promise<Offered[]>;
}

/** An item as its proceeding knows it; the record may not have it (yet, or any more). */
export interface ItemKnown {
  readonly id: string;
  readonly proceedingId: string;
  /** Where it lies: who reads this knows that it is there. */
  readonly compartment: string;
  readonly status: string;
  readonly publicId: string | null;
}

/** What was masked, as it was, and the files that belong to it. */
interface Original {
  readonly content: object;
  readonly fileKeys: readonly string[];
  /** Whose it was, where that was masked. */
  readonly author?: Pick<Authorship, 'side' | 'filedBy' | 'states'>;
}

/** A kind of item that can be withdrawn. */
export interface Withdrawable {
  readonly kind: WithdrawableKind;
  /** As whoever looks for it: what they may not see is not found. */
  find(
    tx: Tx,
    where: { readonly proceedingId?: string } & ({ publicId: string } | { id: string }),
  ): Promise<ItemKnown | undefined>;
  /**
   * Others that say the same, and the parts that leave them with it; itself among them where more
   * of it has to leave. As the procedure.
   */
  kin?(
    tx: Tx,
    item: { readonly id: string },
    parts: readonly string[],
  ): Promise<readonly { readonly item: ItemKnown; readonly parts: readonly string[] }[]>;
  /** Which of these parts it does not have, and has what instead. As the procedure. */
  lacking?(tx: Tx, id: string, parts: readonly string[]): Promise<Refusal | null>;
  /** Masks parts of it for everybody, and gives it this public id. As the procedure. */
  mask(
    tx: Tx,
    item: { readonly id: string; readonly publicId: string },
    parts: readonly string[],
  ): Promise<Original>;
}

/** Takes a partner out again after a restore. As the procedure, under the lock. */
type Departing = (
  tx: Tx,
  proceeding: Proceeding,
  departure: Departure,
) => Promise<'there' | 'again' | 'absent'>;
/**
 * What else a withdrawal takes along: texts that were written from what is withdrawn. In the same
 * transaction, when the item itself has been masked. As the procedure.
 */
export type WithdrawalFollower = (
  tx: Tx,
  withdrawn: {
    readonly kind: WithdrawableKind;
    readonly itemId: string;
    readonly parts: readonly string[];
  },
) => Promise<void>;

/** What else it takes that a partner of a document is named no longer. As the procedure. */
export type UnnamingFollower = (
  tx: Tx,
  unnamed: { readonly documentId: string; readonly side: string },
) => Promise<void>;

/** What falls due beside deadlines, as the clock sees it. */
export interface DueSource {
  /** The first that has come by an instant, in order, outside the proceedings left out. */
  next(tx: Tx, before: Date, without: readonly string[]): Promise<DueRow | undefined>;
  /** Deals with it, once, under the proceeding's lock. As the procedure. */
  fire(tx: Tx, proceeding: Proceeding, due: DueRow): Promise<void>;
}

/** When the clock first looks whether somebody is to be reminded of a deadline that is set or moved now. */
type FirstLook = (
  definition: Definition,
  set: Pick<Deadline, 'key' | 'due' | 'zone'>,
  now: Date,
) => Date | null;

/** How far sides have come with what a deadline asks for. As the procedure. */
export interface Progress {
  /** Sides that have something in hand which it closes, and sides that have done their part of it. */
  of(
    tx: Tx,
    standing: Pick<Standing, 'proceeding' | 'definition'>,
    rule: DeadlineRule,
  ): Promise<{ readonly begun: readonly string[]; readonly done: readonly string[] }>;
}

/** What the viewer owes beside deadlines, in order of `due`. */
export interface DutySource {
  /** @param reads what the one statement is read from; `tx` tells who asks, and when */
  owed(tx: Tx, reads: Reads, part: Part): Promise<DutyRow[]>;
}

/** The engine's ports: modules above it register here at start. */
@Injectable()
export class Parts {
  readonly #sources: FactSource[] = [];
  readonly #withdrawables = new Map<string, Withdrawable>();
  /** Beside the deadlines. */
  readonly dues: DueSource[] = [];
  readonly duties: DutySource[] = [];
  readonly progress: Progress[] = [];
  depart: Departing = () => Promise.resolve('absent');
  firstLook: FirstLook = () => null;
  readonly followers: WithdrawalFollower[] = [];
  readonly resumptions: Resumption[] = [];
  readonly unnaming: UnnamingFollower[] = [];
  readonly readings: ReadingNote[] = [];
  readonly #consequences = new Map<string, Consequence>();
  readonly #offers: Offer[] = [];

  constructor(private readonly mechanisms: MechanismsService) {}

  addFacts(source: FactSource): void {
    this.#sources.push(source);
    this.mechanisms.registerFacts(source.names);
  }

  addConsequences(...consequences: readonly Consequence[]): void {
    for (const consequence of consequences) this.#consequences.set(consequence.name, consequence);
    this.mechanisms.registerConsequences(consequences.map(({ name }) => name));
  }

  addOffer(offer: Offer): void {
    this.#offers.push(offer);
  }

  /** Parameters that an algorithm of the module reads from definitions. */
  addParameters(...names: readonly string[]): void {
    this.mechanisms.registerParameters(names);
  }

  /** Acts beside moves that fulfil deadlines (`meetDeadlines`). */
  addActs(...names: readonly string[]): void {
    this.mechanisms.registerActs(names);
  }

  async facts(tx: Tx, proceeding: Proceeding): Promise<KnownFacts> {
    return (await this.factsOf(tx, [proceeding])).get(proceeding.id)!;
  }

  async factsOf(tx: Tx, proceedings: readonly Proceeding[]): Promise<Map<string, KnownFacts>> {
    const facts = new Map<string, KnownFacts>(proceedings.map(({ id }) => [id, {}]));
    for (const source of this.#sources) {
      const known = await source.gather(tx, proceedings);
      for (const [id, more] of known) facts.set(id, { ...facts.get(id), ...more });
    }
    return facts;
  }

  async offered(tx: Tx, standing: Standing): Promise<Offered[]> {
    const offered: Offered[] = [];
    for (const offer of this.#offers) offered.push(...(await offer.actions(tx, standing)));
    return offered;
  }

  addWithdrawable(withdrawable: Withdrawable): void {
    this.#withdrawables.set(withdrawable.kind, withdrawable);
  }

  /** @throws Error for a kind that no module registered */
  withdrawable(kind: string): Withdrawable {
    const known = this.#withdrawables.get(kind);
    if (!known) throw new Error(`nothing of the kind ${kind} can be withdrawn`);
    return known;
  }

  /** @throws Error for a name that no module registered; start refuses such a definition */
  consequence(name: string): Consequence {
    const known = this.#consequences.get(name);
    if (!known) throw new Error(`no consequence ${name}`);
    return known;
  }
}
