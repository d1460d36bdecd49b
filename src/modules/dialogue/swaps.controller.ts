import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { AccreditSpeaker } from './accredit-speaker.js';
import { SwapPlaces } from './swap-places.js';
import * as op from './swaps.schemas.js';

@Controller()
export class SwapsController {
  constructor(
    private readonly accrediting: AccreditSpeaker,
    private readonly swapping: SwapPlaces,
  ) {}

  @Route(op.accreditSpeaker)
  accredit(@In() input: Input<typeof op.accreditSpeaker>) {
    return this.accrediting.run(input);
  }

  @Route(op.proposeSwap)
  propose(@In() input: Input<typeof op.proposeSwap>) {
    return this.swapping.propose(input);
  }

  @Route(op.answerSwap)
  answer(@In() input: Input<typeof op.answerSwap>) {
    return this.swapping.answer(input);
  }
}
