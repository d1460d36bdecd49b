import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { WithdrawItem } from './withdraw-item.js';
import * as op from './withdrawals.schemas.js';
import { WithdrawalsService } from './withdrawals.service.js';

@Controller()
export class WithdrawalsController {
  constructor(
    private readonly withdrawals: WithdrawalsService,
    private readonly withdrawing: WithdrawItem,
  ) {}

  @Route(op.withdraw)
  withdraw(@In() input: Input<typeof op.withdraw>) {
    return this.withdrawing.run(input);
  }

  @Route(op.listWithdrawals)
  list(@In() input: Input<typeof op.listWithdrawals>) {
    return this.withdrawals.list(input);
  }

  @Route(op.getWithdrawal)
  get(@In() input: Input<typeof op.getWithdrawal>) {
    return this.withdrawals.get(input);
  }

  @Route(op.requestWithdrawal)
  request(@In() input: Input<typeof op.requestWithdrawal>) {
    return this.withdrawals.request(input);
  }

  @Route(op.listWithdrawalRequests)
  requests(@In() input: Input<typeof op.listWithdrawalRequests>) {
    return this.withdrawals.requests(input);
  }

  @Route(op.getWithdrawalRequest)
  getRequest(@In() input: Input<typeof op.getWithdrawalRequest>) {
    return this.withdrawals.getRequest(input);
  }

  @Route(op.answerWithdrawalRequest)
  answer(@In() input: Input<typeof op.answerWithdrawalRequest>) {
    return this.withdrawing.answer(input);
  }
}
