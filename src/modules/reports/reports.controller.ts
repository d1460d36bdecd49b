import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { CirculateList } from './circulate-list.js';
import * as op from './reports.schemas.js';
import { RecordReservation } from './record-reservation.js';
import * as reserving from './reservations.schemas.js';
import { SignReport } from './sign-report.js';

@Controller()
export class ReportsController {
  constructor(
    private readonly lists: CirculateList,
    private readonly signing: SignReport,
    private readonly reservations: RecordReservation,
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

  @Route(reserving.recordReservation)
  reserve(@In() input: Input<typeof reserving.recordReservation>) {
    return this.reservations.record(input);
  }

  @Route(reserving.listReservations)
  reserved(@In() input: Input<typeof reserving.listReservations>) {
    return this.reservations.all(input);
  }

  @Route(reserving.getReservation)
  reservation(@In() input: Input<typeof reserving.getReservation>) {
    return this.reservations.get(input);
  }
}
