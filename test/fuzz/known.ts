import type { Schema } from './schema.js';

const A_NAME = 12;
const A_PATTERN = 20;

/** Values that the house has shown, by the name of their field. */
export class Known {
  readonly #texts = new Map<string, Set<string>>();
  readonly #numbers = new Map<string, Set<number>>();
  readonly #all = new Set<string>();

  /** Ids of what stands under an address such as `/v1/reviews/{id}`. */
  readonly ids = new Map<string, readonly string[]>();

  /** @param secret what must not be asked for by its name */
  constructor(private readonly secret: RegExp) {}

  learn(value: unknown, name = ''): void {
    if (typeof value === 'string') this.learnText(value, name);
    else if (typeof value === 'number') this.enter(this.#numbers, name, value);
    else if (Array.isArray(value)) for (const each of value) this.learn(each, name);
    else if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value)) this.learn(each, key);
  }

  private learnText(value: string, name: string): void {
    if (value.length > 120 || this.secret.test(value)) return;
    this.#all.add(value);
    this.enter(this.#texts, name, value);
  }

  private enter<T>(into: Map<string, Set<T>>, name: string, value: T): void {
    const known = into.get(name) ?? new Set<T>();
    if (known.size < A_NAME) into.set(name, known.add(value));
  }

  numbers(name: string): number[] {
    return [...(this.#numbers.get(name) ?? [])];
  }

  /** Texts seen under this name, or anywhere in the pattern that the schema asks for. */
  texts(name: string, { pattern, format }: Schema): string[] {
    const fits = pattern === undefined ? undefined : new RegExp(pattern);
    const named = [...(this.#texts.get(name) ?? [])].filter((text) => fits?.test(text) ?? true);
    if (named.length > 0) return named;
    if (format === 'uuid') return [...this.ids.values()].flat();
    return fits ? [...this.#all].filter((text) => fits.test(text)).slice(0, A_PATTERN) : [];
  }
}
