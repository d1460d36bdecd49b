import { Injectable } from '@nestjs/common';
import type { KnownFacts } from '../../kernel/compare-facts.js';
import type { Action } from '../../kernel/decide.js';
import type { Definition } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission } from '../../platform/identity/viewer.js';
import { MechanismsService } from '../mechanisms/index.js';
import type { Proceeding } from './proceedings.entity.js';
import type { ParticipantRow } from './proceedings.repository.js';

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
  /** The facts of each proceeding, by its id. Runs as the procedure of each of them. */
  gather(tx: Tx, proceedings: readonly Proceeding[]): Promise<ReadonlyMap<string, KnownFacts>>;
}

/** A move that was decided and is being made. */
export interface MoveMade {
  readonly proceeding: Proceeding;
  readonly move: string;
  readonly from: string;
  readonly to: string;
  readonly byRole: string;
  readonly at: Date;
}

/** What a move brings about, in its own transaction, as the procedure. */
export interface Consequence {
  readonly name: string;
  apply(tx: Tx, made: MoveMade): Promise<void>;
}

export type OfferedAction = Action & { readonly deadline: string | null };

/**
 * What can be done with a proceeding beside its moves, and what stands against it. Runs as the
 * viewer. Names have a colon, which no move has: `begin:national-report`.
 */
export interface Offer {
  actions(tx: Tx, standing: Standing): Promise<OfferedAction[]>;
}

/** The engine's ports: modules above it register here at start. */
@Injectable()
export class Parts {
  readonly #sources: FactSource[] = [];
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

  async facts(tx: Tx, proceeding: Proceeding): Promise<KnownFacts> {
    const facts: Record<string, KnownFacts[string]> = {};
    for (const source of this.#sources) {
      const known = await source.gather(tx, [proceeding]);
      Object.assign(facts, known.get(proceeding.id));
    }
    return facts;
  }

  async offered(tx: Tx, standing: Standing): Promise<OfferedAction[]> {
    const offered: OfferedAction[] = [];
    for (const offer of this.#offers) offered.push(...(await offer.actions(tx, standing)));
    return offered;
  }

  /** @throws Error for a name that no module registered; start refuses such a definition */
  consequence(name: string): Consequence {
    const known = this.#consequences.get(name);
    if (!known) throw new Error(`no consequence ${name}`);
    return known;
  }
}
