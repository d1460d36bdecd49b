import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UnitOfWork } from '../database/unit-of-work.js';
import { hashToken, SESSION_IDLE } from './tokens.js';

/** Whether those who were let in once, and are still served, would be let in now. */
@Injectable()
export class Bearers {
  constructor(private readonly work: UnitOfWork) {}

  /** Hash of the token that a request was let in by. */
  static hashOf({ headers }: FastifyRequest): string {
    return hashToken((headers.authorization ?? '').split(' ')[1] ?? '');
  }

  /**
   * Those of these hashes whose session or key is good at this moment, its account too. Being asked
   * about is no use of a session: who is only served on, and asks for nothing, is idle.
   */
  async stillGood(hashes: readonly string[]): Promise<Set<string>> {
    const row = await this.work.identity<{ answer: string[] }>('identity.still_good', [
      hashes,
      SESSION_IDLE,
    ]);
    return new Set(row?.answer);
  }
}
