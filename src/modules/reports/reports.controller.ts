import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { CirculateList } from './circulate-list.js';
import * as op from './reports.schemas.js';
import { SignReport } from './sign-report.js';

@Controller()
export class ReportsController {
  constructor(
    private readonly lists: CirculateList,
    private readonly signing: SignReport,
  ) {}

  @Route(op.circulateList)
  circulate(@In() input: Input<typeof op.circulateList>) {
    return this.lists.run(input);
  }

  @Route(op.listCirculations)
  circulations(@In() input: Input<typeof op.listCirculations>) {
    return this.lists.all(input);
  }

  @Route(op.signReport)
  sign(@In() input: Input<typeof op.signReport>) {
    return this.signing.run(input);
  }

  @Route(op.listSignOffs)
  signatures(@In() input: Input<typeof op.listSignOffs>) {
    return this.signing.all(input);
  }
}
