import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { countDeliveries } from './deliveries.repository.js';

const LABELS = ['channel', 'status'];
const named = ({ channel, status }: { channel: string; status: string }) => ({ channel, status });

/** Shows what is not settled yet, and since when. */
@Injectable()
export class WatchDeliveries {
  constructor(work: UnitOfWork, metrics: Metrics) {
    const count = () => work.system('letters', countDeliveries);
    // Both values come of one reading: they are asked for together.
    let reading: ReturnType<typeof count> | undefined;
    const counted = () => (reading ??= count().finally(() => (reading = undefined)));
    metrics.watch('comity_deliveries', 'Deliveries that are not settled', LABELS, async () =>
      (await counted()).map(({ many, ...of }) => [named(of), many] as const),
    );
    metrics.watch(
      'comity_deliveries_overdue_seconds',
      'How long the oldest delivery that is not settled has been due',
      LABELS,
      async () => (await counted()).map(({ overdue, ...of }) => [named(of), overdue] as const),
    );
  }
}
