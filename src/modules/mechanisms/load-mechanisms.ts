import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Definition } from '../../kernel/definition.js';
import { type Catalogue, faultsOf, type Flaw } from '../../kernel/soundness.js';
import { explainIssues } from './explain-issues.js';
import {
  definitionSchema,
  type HolidayCalendar,
  holidayCalendarSchema,
} from './definition.schemas.js';

/** Something wrong with a file of `mechanisms/`. */
export interface MechanismFault extends Flaw {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A file that was read, and what it says where its shape is right. */
interface Source<T> {
  readonly content?: T;
  /** The fault that a flaw at some place of this file is. */
  readonly at: (flaw: Flaw) => MechanismFault;
  readonly faults: readonly MechanismFault[];
}

/** What the files of a folder say, those left out whose shape is wrong. */
export interface Mechanisms {
  /** By key, then version. */
  readonly definitions: readonly Definition[];
  readonly calendars: readonly HolidayCalendar[];
  /** Faults of shape, and files that say the same thing twice. */
  readonly faults: readonly MechanismFault[];
  /** Every fault: those of shape, then of soundness against the names that are registered. */
  readonly faultsUnder: (registered: Omit<Catalogue, 'calendars'>) => MechanismFault[];
}

/** The line of the value at a JSON pointer, or of the nearest thing that stands around it. */
const lineOf = (document: Document, lines: LineCounter, pointer: string): number => {
  const path = pointer.split('/').slice(1);
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
};

const readSource = <T>(folder: string, file: string, schema: z.ZodType<T>): Source<T> => {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(folder, file), 'utf8'), {
    lineCounter: lines,
    prettyErrors: false,
  });
  const at = (flaw: Flaw): MechanismFault => ({
    file,
    line: lineOf(document, lines, flaw.path),
    ...flaw,
  });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => ({
      file,
      line: lines.linePos(pos[0]).line,
      path: '',
      message,
    }));
    return { at, faults };
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { content: parsed.data, at, faults: [] };
  return { at, faults: explainIssues(parsed.error.issues).map(at) };
};

const readFolder = <T>(folder: string, below: string, schema: z.ZodType<T>): Source<T>[] => {
  if (!existsSync(join(folder, below))) return [];
  return readdirSync(join(folder, below))
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => readSource(folder, join(below, file), schema));
};

const contentsOf = <T>(sources: readonly Source<T>[]): T[] =>
  sources.flatMap(({ content }) => (content === undefined ? [] : [content]));

/** A fault for each file that says what an earlier one is for. */
const repeatedFaults = <T>(
  sources: readonly Source<T>[],
  identify: (content: T) => string,
  path: string,
): MechanismFault[] => {
  const seen = new Set<string>();
  return sources.flatMap(({ content, at }) => {
    if (content === undefined) return [];
    const identity = identify(content);
    if (seen.has(identity)) return [at({ path, message: `another file is ${identity} already` })];
    seen.add(identity);
    return [];
  });
};

const byKeyAndVersion = (one: Definition, other: Definition): number =>
  one.key === other.key ? one.version - other.version : one.key < other.key ? -1 : 1;

/** Reads every definition (`*.yaml`) and every table of holidays (`holidays/*.yaml`). */
export const loadMechanisms = (folder: string): Mechanisms => {
  const sources = readFolder(folder, '.', definitionSchema);
  const tables = readFolder(folder, 'holidays', holidayCalendarSchema);
  const calendars = contentsOf(tables);
  const faults = [
    ...[...sources, ...tables].flatMap((source) => source.faults),
    ...repeatedFaults(sources, ({ key, version }) => `${key} version ${version}`, '/version'),
    ...repeatedFaults(tables, ({ calendar }) => calendar, '/calendar'),
  ];
  return {
    definitions: contentsOf(sources).toSorted(byKeyAndVersion),
    calendars,
    faults,
    faultsUnder: (registered) => {
      const names = { ...registered, calendars: new Set(calendars.map((each) => each.calendar)) };
      const unsound = sources.flatMap(({ content, at }) =>
        content === undefined ? [] : faultsOf(content, names).map(at),
      );
      return [...faults, ...unsound];
    },
  };
};
