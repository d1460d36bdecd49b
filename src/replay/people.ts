import { randomBytes, randomUUID } from 'node:crypto';
import type { Comity } from '../../client/index.js';

const SECRETARIAT = 'secretariat:upr';

type Role = 'head' | 'drafter' | 'president';

/**
 * All who act in a review, each with an account and a session of their own. Their addresses are
 * under a reserved domain (RFC 2606), their passwords are random and kept nowhere.
 */
export class People {
  readonly #known = new Map<string, Promise<Comity>>();

  constructor(private readonly administrator: Comity) {}

  secretariat(): Promise<Comity> {
    return this.#person(SECRETARIAT, 'head');
  }

  /** Of the Council, who chairs the Working Group too. */
  president(): Promise<Comity> {
    return this.#person('body:hrc', 'president');
  }

  /** Speaks for a State (alpha-3). */
  head(state: string): Promise<Comity> {
    return this.#person(`state:${state}`, 'head');
  }

  /** Prepares what the head of the same delegation then hands in. */
  drafter(state: string): Promise<Comity> {
    return this.#person(`state:${state}`, 'drafter');
  }

  get count(): number {
    return this.#known.size;
  }

  #person(side: string, role: Role): Promise<Comity> {
    const key = `${side} ${role}`;
    const known = this.#known.get(key) ?? this.#arrive(side, role);
    this.#known.set(key, known);
    return known;
  }

  async #arrive(side: string, role: Role): Promise<Comity> {
    const address = `${role}-${side.replace(':', '-').toLowerCase()}-${randomUUID().slice(0, 8)}`;
    const email = `${address}@replay.example`;
    const password = randomBytes(18).toString('base64url');
    const name = `${role} of ${side}, in a replay`;
    await this.administrator.post('/v1/accounts', { body: { email, password, name } });
    const granter = await this.#granter(side, role);
    await granter.post('/v1/memberships', { body: { email, side, role } });
    return this.administrator.signIn({ email, password });
  }

  #granter(side: string, role: Role): Promise<Comity> | Comity {
    if (side === SECRETARIAT) return this.administrator;
    return role === 'drafter' ? this.#person(side, 'head') : this.secretariat();
  }
}
