import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './receipts.schemas.js';
import { ReceiptsService } from './receipts.service.js';

@Controller()
export class ReceiptsController {
  constructor(private readonly receipts: ReceiptsService) {}

  @Route(op.listReceiptKeys)
  keys(@In() input: Input<typeof op.listReceiptKeys>) {
    return this.receipts.keys(input);
  }

  @Route(op.getReceipt)
  receipt(@In() input: Input<typeof op.getReceipt>) {
    return this.receipts.receipt(input);
  }

  @Route(op.getReceiptOpening)
  opening(@In() input: Input<typeof op.getReceiptOpening>) {
    return this.receipts.opening(input);
  }
}
