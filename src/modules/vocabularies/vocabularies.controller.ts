import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './vocabularies.schemas.js';
import { VocabulariesService } from './vocabularies.service.js';

@Controller()
export class VocabulariesController {
  constructor(private readonly vocabularies: VocabulariesService) {}

  @Route(op.listVocabularies)
  list(@In() input: Input<typeof op.listVocabularies>) {
    return this.vocabularies.list(input);
  }

  @Route(op.getVocabulary)
  get(@In() input: Input<typeof op.getVocabulary>) {
    return this.vocabularies.get(input);
  }
}
