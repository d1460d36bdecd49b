import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Environment } from '../../config/environment.js';
import { PublicReader } from '../../platform/database/public-reader.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { prefersPage } from '../../platform/http/pages.js';
import { readPage } from '../../platform/http/paging.js';
import { found, Refused } from '../../platform/refused.js';
import type { ReceiptBody, SignedReceipt } from '../../platform/signing/receipt.js';
import { ReceiptOpening } from './receipts.entity.js';
import { keyPage, receiptOf, type ReceiptRow } from './receipts.repository.js';
import { receiptPage } from './receipt-page.rules.js';
import type * as op from './receipts.schemas.js';

/** Receipts, for who filed; the keys that they are checked with, for everybody. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicReader,
    private readonly environment: Environment,
  ) {}

  keys({ query }: Input<typeof op.listReceiptKeys>) {
    return readPage(this.reader, query, {
      key: [instant, z.string()],
      rows: keyPage,
      keyOf: ({ from, id }) => [from.toISOString(), id],
      item: ({ from, until, revokedAt, ...key }) => ({
        ...key,
        algorithm: 'Ed25519' as const,
        from: from.toISOString(),
        until: until?.toISOString() ?? null,
        revokedAt: revokedAt?.toISOString() ?? null,
      }),
    });
  }

  receipt({ viewer, params, query, request, language }: Input<typeof op.getReceipt>) {
    return this.work.read(viewer, async (tx) => {
      const receipt = signed(found(await receiptOf(tx, params.id, query)));
      if (!prefersPage(request)) return receipt;
      return receiptPage(receipt, { language, url: this.environment.url });
    });
  }

  opening({ viewer, params, query }: Input<typeof op.getReceiptOpening>) {
    return this.work.read(viewer, async (tx) => {
      const { id: receiptId, version, language } = found(await receiptOf(tx, params.id, query));
      const { salt, sha256 } = await this.opened(tx, receiptId);
      return { receiptId, version, language, salt, sha256 };
    });
  }

  private async opened(tx: Tx, receiptId: string): Promise<ReceiptOpening> {
    const opening = await tx.findOne(ReceiptOpening, { receiptId });
    if (!opening) throw new Refused('withdrawn');
    return opening;
  }
}

const signed = ({ body, signature }: ReceiptRow): SignedReceipt => ({
  ...(JSON.parse(body) as ReceiptBody),
  signature,
});
