import { Module } from '@nestjs/common';
import { IssueReceipts } from './issue-receipts.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsService } from './receipts.service.js';

/** Signed proofs of filings, which show neither what was filed nor by whom. */
@Module({
  controllers: [ReceiptsController],
  providers: [IssueReceipts, ReceiptsService],
  exports: [IssueReceipts],
})
export class ReceiptsModule {}
