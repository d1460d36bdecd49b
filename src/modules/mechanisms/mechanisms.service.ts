import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { join } from 'node:path';
import { Environment } from '../../config/environment.js';
import { StartRefused } from '../../config/start-refused.js';
import { CODES } from '../../kernel/codes.js';
import type { Definition } from '../../kernel/definition.js';
import type { Holidays } from '../../kernel/working-days.js';
import { readVocabularies, type Vocabularies } from '../../platform/labels/labels.js';
import { loadMechanisms, type MechanismFault, type Mechanisms } from './load-mechanisms.js';
import { holidaysOf, type Pin, pinOf } from './mechanisms.rules.js';
import { vocabulariesOf } from './vocabulary.rules.js';

/** Thrown at start: what is wrong with which file, all of it. */
export class UnsoundMechanisms extends StartRefused {
  constructor(readonly faults: readonly MechanismFault[]) {
    const lines = faults.map((each) => `  ${each.file}:${each.line} ${each.path} ${each.message}`);
    super(`The mechanisms have ${faults.length} fault(s):\n${lines.join('\n')}`);
  }
}

/**
 * The procedures, as the files of one folder define them. Modules register in their
 * `onModuleInit` what definitions may speak of; the start is refused if any is unsound.
 */
@Injectable()
export class MechanismsService implements OnApplicationBootstrap {
  private readonly mechanisms: Mechanisms;
  private readonly calendars: ReadonlyMap<string, Holidays>;
  private readonly vocabulariesBy: ReadonlyMap<Definition, Vocabularies>;
  private readonly registered = {
    facts: new Set<string>(),
    consequences: new Set<string>(),
    anchors: new Set<string>(),
    parameters: new Set<string>(),
    acts: new Set<string>(),
    refusalCodes: new Set(CODES.keys()),
  };

  constructor(@Inject(Environment) { mechanismsDir }: Pick<Environment, 'mechanismsDir'>) {
    this.mechanisms = loadMechanisms(mechanismsDir);
    this.calendars = new Map(
      this.mechanisms.calendars.map((each) => [each.calendar, holidaysOf(each)]),
    );
    const keys = new Set(this.mechanisms.definitions.map(({ key }) => key));
    const labels = new Map(
      [...keys].map((key) => [key, readVocabularies(join(mechanismsDir, 'labels', `${key}.yaml`))]),
    );
    this.vocabulariesBy = new Map(
      this.mechanisms.definitions.map((each) => [
        each,
        vocabulariesOf(each, labels.get(each.key)!),
      ]),
    );
  }

  /** Facts that a source supplies; `documents.<kind>.submitted` stands for every kind. */
  registerFacts(names: Iterable<string>): void {
    for (const name of names) this.registered.facts.add(name);
  }

  /** Consequences that moves may name in `then`. */
  registerConsequences(names: Iterable<string>): void {
    for (const name of names) this.registered.consequences.add(name);
  }

  /** Instants that deadlines may be counted from, beside `<stage>.enteredAt`. */
  registerAnchors(names: Iterable<string>): void {
    for (const name of names) this.registered.anchors.add(name);
  }

  /** Parameters that algorithms in code read from a definition. */
  registerParameters(names: Iterable<string>): void {
    for (const name of names) this.registered.parameters.add(name);
  }

  /** Acts beside moves that fulfil deadlines. */
  registerActs(names: Iterable<string>): void {
    for (const name of names) this.registered.acts.add(name);
  }

  /** @throws UnsoundMechanisms with every fault of every file. */
  onApplicationBootstrap(): void {
    const faults = this.mechanisms.faultsUnder(this.registered);
    if (faults.length > 0) throw new UnsoundMechanisms(faults);
  }

  /** Every version of every mechanism, by key, then version. */
  all(): readonly Definition[] {
    return this.mechanisms.definitions;
  }

  definition(key: string, version: number): Definition | undefined {
    return this.mechanisms.definitions.find((each) => each.key === key && each.version === version);
  }

  /** The highest version; `draft: false` leaves drafts out. */
  latest(key: string, { draft = true }: { draft?: boolean } = {}): Definition | undefined {
    return this.mechanisms.definitions.findLast(
      (each) => each.key === key && (draft || !each.draft),
    );
  }

  /** The days on which nobody works under a definition. */
  holidays(definition: Definition): Holidays {
    return this.calendars.get(definition.holidays) ?? new Set();
  }

  /** What a version calls its codes; the words stand outside it and serve all versions. */
  vocabularies(definition: Definition): Vocabularies {
    const known = this.vocabulariesBy.get(definition);
    if (!known) throw new Error(`no words for ${definition.key} ${definition.version}`);
    return known;
  }

  pins(): Pin[] {
    return this.mechanisms.definitions.map(pinOf);
  }
}
