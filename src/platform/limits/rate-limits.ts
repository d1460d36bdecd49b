import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import type { PolicyName, Quota } from '../../config/rate-limits.js';
import { DatabasePool } from '../database/database-pool.js';
import { LOG } from '../log/log.js';
import { Metrics } from '../metrics/metrics.js';
import { Refused } from '../refused.js';
import { networkOf } from './address.js';
import { Allowance, written, type Taken } from './allowance.js';
import { counterOn, postgresStore, redisStore, type Store } from './counters.js';
import { policiesOf } from './policies.js';

/** Who may ask how often, counted for all processes together. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  readonly #allowances = new Map<PolicyName, Allowance>();
  readonly #store: Store | undefined;

  constructor(
    environment: Environment,
    pool: DatabasePool,
    private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    const { rateLimits, redisUrl } = environment;
    if (rateLimits === 'off') return;
    const store = redisUrl === undefined ? postgresStore(pool) : redisStore(redisUrl);
    this.#store = store;
    for (const each of Object.entries(rateLimits) as [PolicyName, Quota][]) {
      const counter = counterOn(store, each, (error) => this.#away(error));
      this.#allowances.set(each[0], new Allowance(...each, counter));
    }
  }

  onApplicationShutdown(): void {
    this.#store?.close();
  }

  /**
   * What can be counted before it is known who asks. Answers at once where nothing has to be
   * asked of the store: then there is no promise to wait for.
   *
   * @returns the refusal, if it is one
   */
  arrive(request: FastifyRequest, reply: FastifyReply): Refusal | Promise<Refusal> {
    const { operation } = request.routeOptions.config;
    if (this.#allowances.size === 0 || !operation) return undefined;
    const network = networkOf(request.ip);
    const { address } = policiesOf(operation);
    if (!address) return undefined;
    const allowance = this.#of(address);
    const taken = allowance.take(network);
    return taken instanceof Promise
      ? taken.then((late) => this.#tell(reply, [[allowance, late]]))
      : this.#tell(reply, [[allowance, taken]]);
  }

  /** @throws Refused `rate-limited` when the account has had its part */
  async enter(request: FastifyRequest, reply: FastifyReply, accountId: string): Promise<void> {
    const { operation } = request.routeOptions.config;
    if (this.#allowances.size === 0 || !operation) return;
    const told: [Allowance, Taken][] = [];
    for (const name of policiesOf(operation).account) {
      const allowance = this.#of(name);
      told.push([allowance, await allowance.take(accountId)]);
    }
    const refused = this.#tell(reply, told);
    if (refused) throw refused;
  }

  /**
   * Instead of a 401, where too many tokens from there were no good. Others who share the address
   * with whoever tried them come in with theirs.
   */
  turnedAway(request: FastifyRequest, reply: FastifyReply): Refusal {
    if (this.#allowances.size === 0) return undefined;
    const allowance = this.#of('refused');
    const refused = allowance.exhausted(networkOf(request.ip));
    return refused && this.#tell(reply, [[allowance, refused]]);
  }

  /** Whoever is not let in is counted by the address: tokens are not for guessing. */
  async turnAway(request: FastifyRequest): Promise<void> {
    const { operation } = request.routeOptions.config;
    if (this.#allowances.size === 0 || !operation || operation.open) return;
    await this.#of('refused').take(networkOf(request.ip));
  }

  /**
   * Takes one of what may be sent there.
   *
   * @param where a domain, or a host
   * @returns 0; or, where nothing was left to take, the seconds until there is more
   */
  async spare(name: 'mail' | 'webhook', where: string): Promise<number> {
    if (this.#allowances.size === 0) return 0;
    const { allowed, seconds } = await this.#of(name).take(where);
    if (!allowed) this.metrics.limited(name);
    return allowed ? 0 : seconds;
  }

  #of(name: PolicyName): Allowance {
    return this.#allowances.get(name)!;
  }

  #tell(reply: FastifyReply, told: readonly (readonly [Allowance, Taken])[]): Refusal {
    if (told.length === 0) return undefined;
    reply.header('ratelimit-policy', told.map(([{ policy }]) => policy).join(', '));
    reply.header('ratelimit', told.map(([each, taken]) => written(each, taken)).join(', '));
    const over = told.filter(([, { allowed }]) => !allowed);
    if (over.length === 0) return undefined;
    for (const [{ name }] of over) this.metrics.limited(name);
    const retryAfterSeconds = Math.max(...over.map(([, { seconds }]) => seconds));
    return new Refused('rate-limited', { retryAfterSeconds });
  }

  #away(error: unknown): void {
    this.metrics.limitsAlone();
    this.log.warn({ err: error }, 'rate limits are counted by this process alone');
  }
}

type Refusal = Refused | undefined;
