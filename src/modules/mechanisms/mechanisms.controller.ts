import { Controller } from '@nestjs/common';
import type { Definition } from '../../kernel/definition.js';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { pageOfAll } from '../../platform/http/paging.js';
import type { Language } from '../../platform/labels/languages.js';
import { found } from '../../platform/refused.js';
import { presentMechanism, presentVersion } from './mechanisms.presenter.js';
import * as op from './mechanisms.schemas.js';
import { MechanismsService } from './mechanisms.service.js';
import { labelsIn, type Labels } from './vocabulary.rules.js';

@Controller()
export class MechanismsController {
  constructor(private readonly mechanisms: MechanismsService) {}

  @Route(op.listMechanisms)
  list(@In() { query, language }: Input<typeof op.listMechanisms>) {
    return pageOfAll(this.mechanisms.all(), query, (each) =>
      presentMechanism(each, this.labels(each, language)),
    );
  }

  @Route(op.getMechanism)
  get(@In() { params, language }: Input<typeof op.getMechanism>) {
    const definition = found(this.mechanisms.definition(params.key, params.n));
    return presentVersion(definition, this.labels(definition, language));
  }

  private labels(definition: Definition, language: Language): Labels {
    return labelsIn(this.mechanisms.vocabularies(definition), language);
  }
}
