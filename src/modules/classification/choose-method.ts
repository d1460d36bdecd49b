import { Inject, Injectable } from '@nestjs/common';
import path from 'node:path';
import { Environment } from '../../config/environment.js';
import { Refused } from '../../platform/refused.js';
import { loadMethods } from './load-methods.js';
import { proposing, type Facet, type Method, type Proposals } from './proposals.rules.js';

interface Chosen {
  readonly method: Method;
  readonly propose: (text: string) => Proposals;
}

/** How the recommendations of each mechanism are understood: its files are read at start, once. */
@Injectable()
export class ChooseMethod {
  readonly #chosen: ReadonlyMap<string, Chosen>;

  constructor(@Inject(Environment) { mechanismsDir }: Pick<Environment, 'mechanismsDir'>) {
    const methods = loadMethods(path.join(mechanismsDir, 'classification'));
    this.#chosen = new Map(
      methods.map((method) => [method.mechanism, { method, propose: proposing(method) }]),
    );
  }

  of(mechanism: string): Chosen | undefined {
    return this.#chosen.get(mechanism);
  }

  /** @throws Refused `unknown-kind` where nothing is said of this procedure's recommendations */
  known(mechanism: string): Chosen {
    const chosen = this.of(mechanism);
    if (!chosen) throw new Refused('unknown-kind', { kind: 'classification', known: [] });
    return chosen;
  }

  codes(mechanism: string, facet: Facet): string[] {
    const { codes = [] } = this.of(mechanism)?.method.vocabularies[facet] ?? {};
    return codes.map(({ code }) => code);
  }
}
