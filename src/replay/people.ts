import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Session, type Api } from './api-client.js';

const SECRETARIAT = 'secretariat:upr';
const SignedIn = z.looseObject({ token: z.string() });

/** @throws ApiProblem `wrong-credentials`, `too-many-attempts` */
export async function signIn(
  api: Api,
  credentials: { email: string; password: string },
): Promise<Session> {
  const { token } = await new Session(api).post('/v1/auth/login', credentials, SignedIn);
  return new Session(api, token);
}

type Role = 'head' | 'drafter' | 'president';

/**
 * All who act in a review, each with an account and a session of their own. Their addresses are
 * under a reserved domain (RFC 2606), their passwords are random and kept nowhere.
 */
export class People {
  readonly #known = new Map<string, Promise<Session>>();

  constructor(
    private readonly api: Api,
    private readonly administrator: Session,
  ) {}

  secretariat(): Promise<Session> {
    return this.#person(SECRETARIAT, 'head');
  }

  /** Of the Council, who chairs the Working Group too. */
  president(): Promise<Session> {
    return this.#person('body:hrc', 'president');
  }

  /** Speaks for a State (alpha-3). */
  head(state: string): Promise<Session> {
    return this.#person(`state:${state}`, 'head');
  }

  /** Prepares what the head of the same delegation then hands in. */
  drafter(state: string): Promise<Session> {
    return this.#person(`state:${state}`, 'drafter');
  }

  get count(): number {
    return this.#known.size;
  }

  #person(side: string, role: Role): Promise<Session> {
    const key = `${side} ${role}`;
    const known = this.#known.get(key) ?? this.#arrive(side, role);
    this.#known.set(key, known);
    return known;
  }

  async #arrive(side: string, role: Role): Promise<Session> {
    const address = `${role}-${side.replace(':', '-').toLowerCase()}-${randomUUID().slice(0, 8)}`;
    const email = `${address}@replay.example`;
    const password = randomBytes(18).toString('base64url');
    const account = { email, password, name: `${role} of ${side}, in a replay` };
    await this.administrator.post('/v1/accounts', account, z.unknown());
    const granter = await this.#granter(side, role);
    await granter.post('/v1/memberships', { email, side, role }, z.unknown());
    return signIn(this.api, { email, password });
  }

  #granter(side: string, role: Role): Promise<Session> | Session {
    if (side === SECRETARIAT) return this.administrator;
    return role === 'drafter' ? this.#person(side, 'head') : this.secretariat();
  }
}
