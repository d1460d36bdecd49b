import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { ReplaceRapporteur } from './replace-rapporteur.js';
import * as op from './troika.schemas.js';

@Controller()
export class TroikaController {
  constructor(private readonly replacing: ReplaceRapporteur) {}

  @Route(op.getTroika)
  troika(@In() input: Input<typeof op.getTroika>) {
    return this.replacing.get(input);
  }

  @Route(op.askOfTroika)
  ask(@In() input: Input<typeof op.askOfTroika>) {
    return this.replacing.ask(input);
  }

  @Route(op.answerTroikaRequest)
  answer(@In() input: Input<typeof op.answerTroikaRequest>) {
    return this.replacing.answer(input);
  }
}
