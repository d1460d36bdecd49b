import canonicalize from 'canonicalize';
import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '../database/tx.js';

/** What may stand in an entry: statuses, ids, dates, numbers, digests. Never content. */
type EntryFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface Happening {
  readonly proceedingId: string;
  readonly compartment: string;
  /** In the past tense, kebab-case: `document-submitted`. */
  readonly what: string;
  /** The role that acted; the person stands apart, sealed. */
  readonly by: string;
  /** The side for which somebody else acted. */
  readonly onBehalfOf?: string;
  readonly reason?: string;
  /** The procedures' clock; a lapse is dated at its due instant. */
  readonly at: Date;
  readonly facts: EntryFacts;
}

/**
 * Appends to the chain of this compartment, in the transaction of the change itself. The
 * person whose transaction it is stands apart from the entry; the platform itself is nobody.
 */
export async function append(tx: Tx, happening: Happening): Promise<void> {
  const { proceedingId, compartment, what, by, onBehalfOf, reason, at, facts } = happening;
  const body = canonicalize({
    at: at.toISOString(),
    what,
    by,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(reason === undefined ? {} : { reason }),
    facts,
  });
  const entryId = randomUUID();
  const author = tx.viewer?.accountId;
  const place = [entryId, proceedingId, compartment, body];
  // One statement: the entry stands before its row is signed.
  if (author === undefined) await tx.rows('SELECT journal.append($1, $2, $3, $4)', place);
  else {
    const sql = 'SELECT journal.sign($1, $2, $5) FROM journal.append($1, $2, $3, $4)';
    await tx.rows(sql, [...place, author]);
  }
  tx.touch({ proceedingId, compartment });
}

export interface Link {
  readonly n: number;
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
}

/** SHA-256 over the hash before it, the number and the canonical text (RFC 8785), in hex. */
export const linkHash = ({ n, body, previous }: Omit<Link, 'hash'>): string =>
  createHash('sha256').update(`${previous}\n${n}\n${body}`).digest('hex');

/** The end of a chain, as the chain itself keeps it. */
export type Head = Pick<Link, 'n' | 'hash'>;

/** Follows one chain from its first entry, and keeps the first number that does not hold. */
export class ChainCheck {
  entries = 0;
  head = '';
  firstBroken: number | null = null;

  add(link: Link): void {
    this.entries += 1;
    const { n, previous, hash } = link;
    const holds = n === this.entries && previous === this.head && hash === linkHash(link);
    if (!holds) this.firstBroken ??= this.entries;
    this.head = hash;
  }

  /** After the last entry: an end that was cut off, or added, shows against the head. */
  end({ n, hash }: Head): void {
    if (n !== this.entries || hash !== this.head) this.firstBroken ??= this.entries + 1;
  }
}
