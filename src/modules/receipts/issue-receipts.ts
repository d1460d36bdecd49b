import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { LOG } from '../../platform/log/log.js';
import { Refused } from '../../platform/refused.js';
import { contentDigest, signatureDigest, signedText } from '../../platform/signing/receipt.js';
import { Signer } from '../../platform/signing/signer.js';
import { KeysUnusable } from '../../platform/vault/keys.js';
import { Receipt, ReceiptOpening } from './receipts.entity.js';
import { signingKey, type Filed } from './receipts.repository.js';

/** A text that was filed. */
interface FiledText extends Filed {
  readonly original: boolean;
  /** SHA-256 of the file as it was sent, in hex. */
  readonly sha256: string;
}

interface Filing {
  readonly proceeding: {
    readonly id: string;
    readonly mechanism: string;
    readonly test: boolean;
  };
  /** Who filed: the receipts lie in this side's desk. */
  readonly filedBy: string;
  /** What kind of act: `document`, `corrigendum`, `language`. */
  readonly filing: string;
  readonly subjectId: string;
  readonly texts: readonly FiledText[];
}

/** Every filing earns receipts, one a file: whatever takes filings asks here, as it takes them. */
@Injectable()
export class IssueReceipts {
  constructor(
    private readonly signer: Signer,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * As who filed, in the transaction of the filing.
   *
   * @returns the digests of the signatures, for the journal's entry
   * @throws Refused `unavailable` where there is no key to sign with
   */
  async run(tx: Tx, filing: Filing): Promise<string[]> {
    const key = await this.keyToSign(tx);
    const digests: string[] = [];
    for (const text of filing.texts) digests.push(await this.issue(tx, key, filing, text));
    return digests;
  }

  private async issue(tx: Tx, key: Key, filing: Filing, text: FiledText): Promise<string> {
    const { proceeding, filedBy, subjectId } = filing;
    const { version, language, original, sha256 } = text;
    const id = randomUUID();
    const opening = { salt: randomBytes(32).toString('hex'), sha256 };
    const body = signedText({
      v: 1,
      mechanism: proceeding.mechanism,
      receiptId: id,
      filedAt: tx.now.toISOString(),
      filing: filing.filing,
      rehearsal: proceeding.test || key.moved,
      contentDigest: contentDigest(opening),
      keyId: key.id,
    });
    const signature = await this.sign(key, body);
    const place = { proceedingId: proceeding.id, compartment: deskOf(filedBy) };
    const row = { id, ...place, subjectId, version, language, original };
    await tx.insert(Receipt, { ...row, body, signature, keyId: key.id });
    await tx.insert(ReceiptOpening, { receiptId: id, ...place, ...opening });
    return signatureDigest(signature);
  }

  private async keyToSign(tx: Tx): Promise<Key> {
    const key = await signingKey(tx);
    return key ?? this.unable('no signing key is published');
  }

  private async sign(key: Key, body: string): Promise<string> {
    try {
      return await this.signer.sign(key, body);
    } catch (error) {
      if (error instanceof KeysUnusable) return this.unable(error);
      throw error;
    }
  }

  private unable(err: unknown): never {
    this.log.fatal({ err }, 'nothing can be filed: there is no key to sign receipts with');
    throw new Refused('unavailable');
  }
}

type Key = NonNullable<Awaited<ReturnType<typeof signingKey>>>;
