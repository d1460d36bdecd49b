import { posix } from 'node:path';
import type { Source } from './sources.js';

type File = Pick<Source, 'path' | 'code'>;

const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) +(\w+)/gm;
const UNPACKED = /^export const \{([^}]*)\} =/gm;
const LISTED = /^export (?:type )?\{([^}]*)\}(?: from '([^']+)')?/gm;
const WHOLE = /^export \* (?:as (\w+) )?from '([^']+)'/gm;
const IMPORTED = /^import (?:type )?(?:(\w+),? ?)?(?:\{([^}]*)\}|\* as (\w+))? ?from '([^']+)'/gm;
const LATER = /(?:const \{([^}]*)\} = )?(?:await )?\bimport\(\s*'([^']+)'\s*\)(?:\)?\.(\w+))?/g;
/** From a file whose place is computed: any that has the name. */
const SOMEWHERE = /const \{([^}]*)\} = await import\(\s*(?!\s|')/g;

/** The names in braces: as they are called where they come from, and here. */
const namesIn = (braces = ''): { name: string; here: string }[] =>
  braces
    .split(',')
    .map((each) => each.trim().replace(/^type /, ''))
    .filter(Boolean)
    .map((each) => {
      const [name = '', here = name] = each.split(/ as |: */);
      return { name, here };
    });

/** What each file exports, as `file name`, and what others take of it. */
class Trade {
  readonly exported = new Map<string, Set<string>>();
  readonly taken = new Set<string>();
  private readonly known: ReadonlySet<string>;

  constructor(private readonly files: readonly File[]) {
    this.known = new Set(files.map(({ path }) => path));
    for (const file of files) this.exported.set(file.path, exportsOf(file));
    for (const file of files) this.readImports(file);
  }

  private resolve(from: string, request: string): string | undefined {
    if (!request.startsWith('.')) return undefined;
    const whole = posix.join(posix.dirname(from), request).replace(/^dist\//, '');
    return [whole.replace(/\.js$/, '.ts'), whole].find((path) => this.known.has(path));
  }

  private take(from: string, request: string, names: Iterable<string>): void {
    const file = this.resolve(from, request);
    if (file) for (const name of names) this.taken.add(`${file} ${name}`);
  }

  private all(from: string, request: string): Iterable<string> {
    return this.exported.get(this.resolve(from, request) ?? '') ?? [];
  }

  private readImports({ path, code }: File): void {
    for (const [, main, braces, space, request = ''] of code.matchAll(IMPORTED)) {
      if (main) this.take(path, request, ['default']);
      this.take(
        path,
        request,
        namesIn(braces).map(({ name }) => name),
      );
      if (space) this.take(path, request, usedOf(space, code, [...this.all(path, request)]));
      for (const { name, here } of namesIn(braces)) this.follow(path, request, name, here, code);
    }
    for (const [, braces, request = '', name] of code.matchAll(LATER)) {
      const names = name ? [name] : braces ? namesIn(braces).map((each) => each.name) : undefined;
      this.take(path, request, names ?? this.all(path, request));
    }
    for (const [, braces] of code.matchAll(SOMEWHERE)) {
      for (const { name } of namesIn(braces)) this.taken.add(name);
    }
    for (const [, braces, request] of code.matchAll(LISTED)) {
      if (request)
        this.take(
          path,
          request,
          namesIn(braces).map(({ name }) => name),
        );
    }
    for (const [, space, request = ''] of code.matchAll(WHOLE)) {
      if (!space) this.take(path, request, this.all(path, request));
    }
  }

  /** A file that another one hands on whole, under a name: what is used of it here. */
  private follow(path: string, request: string, name: string, here: string, code: string): void {
    const by = this.resolve(path, request);
    const hander = this.files.find((each) => each.path === by);
    for (const [, space, from = ''] of hander?.code.matchAll(WHOLE) ?? []) {
      if (space !== name) continue;
      this.take(hander!.path, from, usedOf(here, code, [...this.all(hander!.path, from)]));
    }
  }
}

/** Which of these names are used of a namespace: all of them, where it is used as a whole. */
function usedOf(space: string, code: string, names: readonly string[]): string[] {
  const body = code.replaceAll(/^import [^;]*;|^export [^;]* from '[^;]*;/gm, '');
  const unpacked = new RegExp(`\\{([^{}]*)\\} =\\s+${space}\\b(?!\\.)`, 'g');
  // Handed on or taken apart, rather than a word in a text.
  const whole = new RegExp(`(?:[(,=:[] *|\\.\\.\\.|\\bof )${space}(?= *[,)\\];}])`);
  const texts = /'(?:[^'\\\n]|\\.)*'/g;
  if (whole.test(body.replaceAll(texts, "''").replaceAll(unpacked, ''))) return [...names];
  const picked = new Set(
    [...body.matchAll(unpacked)].flatMap(([, braces]) => namesIn(braces).map(({ name }) => name)),
  );
  return names.filter(
    (name) => picked.has(name) || new RegExp(`\\b${space}\\.${name}\\b`).test(body),
  );
}

function exportsOf({ code }: File): Set<string> {
  const names = Array.from(code.matchAll(DECLARED), ([, name = '']) => name);
  const lists = [...code.matchAll(UNPACKED), ...code.matchAll(LISTED)];
  const listed = lists.flatMap(([, braces]) => namesIn(braces).map(({ here }) => here));
  const spaces = Array.from(code.matchAll(WHOLE), ([, space]) => space ?? '').filter(Boolean);
  return new Set([...names, ...listed, ...spaces]);
}

/**
 * The exports that no other file imports, as `file name`.
 *
 * @param isPublic files that others than these read
 */
export function idleExports(
  files: readonly File[],
  isPublic: (path: string) => boolean = () => false,
): string[] {
  const { exported, taken } = new Trade(files);
  return [...exported].flatMap(([path, names]) =>
    [...names]
      .filter((name) => !isPublic(path) && !taken.has(name) && !taken.has(`${path} ${name}`))
      .map((name) => `${path} ${name}`),
  );
}
