import { NOW } from './compare-facts.js';
import type { Definition } from './definition.js';

/** The names that modules registered: all that a definition may speak of but its own. */
export interface Catalogue {
  /** May hold slots: `documents.<kind>.submitted` stands for every kind of the definition. */
  readonly facts: ReadonlySet<string>;
  readonly consequences: ReadonlySet<string>;
  readonly calendars: ReadonlySet<string>;
  readonly anchors: ReadonlySet<string>;
  readonly refusalCodes: ReadonlySet<string>;
  /** Parameters of the named algorithms in code. */
  readonly parameters: ReadonlySet<string>;
  /** What modules let people do beside moves, and deadlines may ask for. */
  readonly acts: ReadonlySet<string>;
}

/** A flaw of a definition; `path` is a JSON pointer into it. */
export interface Flaw {
  readonly path: string;
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** RFC 6901. */
const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const flaw = (path: Path, message: string): Flaw => ({ path: pointerOf(path), message });

/** All names that a definition may use, its own and the catalogue's. */
interface Names extends Catalogue {
  readonly stages: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  readonly moves: ReadonlySet<string>;
  readonly deadlines: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

const filled = (template: string, slot: string, names: ReadonlySet<string>): string[] =>
  template.includes(slot) ? [...names].map((name) => template.replace(slot, name)) : [template];

export const namesOf = (definition: Definition, catalogue: Catalogue): Names => {
  const own = {
    stages: new Set(definition.stages.map((each) => each.stage)),
    roles: new Set(definition.roles.map((each) => each.role)),
    moves: new Set(definition.moves.map((each) => each.move)),
    deadlines: new Set(definition.deadlines.map((each) => each.deadline)),
    kinds: new Set(definition.documents.map((each) => each.kind)),
  };
  const fill = (templates: Iterable<string>): Set<string> =>
    new Set(
      [...templates]
        .flatMap((each) => filled(each, '<kind>', own.kinds))
        .flatMap((each) => filled(each, '<stage>', own.stages))
        .flatMap((each) => filled(each, '<deadline>', own.deadlines)),
    );
  return {
    ...catalogue,
    ...own,
    facts: fill([...catalogue.facts, NOW]),
    anchors: fill([...catalogue.anchors, '<stage>.enteredAt']),
  };
};

const SPOKEN = {
  stages: 'a stage',
  roles: 'a role',
  moves: 'a move',
  deadlines: 'a deadline',
  kinds: 'a document kind',
  facts: 'a fact that a module supplies',
  consequences: 'a consequence that a module supplies',
  calendars: 'a calendar of holidays',
  anchors: 'an anchor that a module supplies',
  refusalCodes: 'a code of the problem catalogue',
  parameters: 'a parameter of an algorithm',
  acts: 'an act that a module offers',
} as const satisfies Record<keyof Names, string>;

/** Checks names against one set of them. */
export class NameCheck {
  constructor(private readonly names: Names) {}

  /** A flaw where `name` is given and unknown. */
  one(path: Path, name: string | undefined, set: keyof Names): Flaw[] {
    const fine = name === undefined || this.names[set].has(name);
    return fine ? [] : [flaw(path, `“${name}” is not ${SPOKEN[set]}`)];
  }

  /** A flaw for each unknown and each repeated name of a list. */
  each(path: Path, names: readonly string[], set: keyof Names): Flaw[] {
    return [
      ...names.flatMap((name, index) => this.one([...path, index], name, set)),
      ...repeated(names, (index) => [...path, index]),
    ];
  }
}

/** A flaw for every name that stands in the list before. */
export const repeated = (names: readonly string[], at: (index: number) => Path): Flaw[] =>
  names.flatMap((name, index) =>
    names.indexOf(name) < index ? [flaw(at(index), `“${name}” stands here twice`)] : [],
  );
