import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { z } from 'zod';
import { isSecretariat } from '../../kernel/sides.js';
import { PublicReader } from '../../platform/database/public-reader.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { date } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { found, notFound, Refused } from '../../platform/refused.js';
import { assertStateFilter } from './check-filters.js';
import { BodySeat } from './directory.entity.js';
import * as directory from './directory.repository.js';
import type * as op from './directory.schemas.js';

/** States and bodies: public, dated, and never a column on something else. */
@Injectable()
export class DirectoryService {
  constructor(
    private readonly reader: PublicReader,
    private readonly work: UnitOfWork,
  ) {}

  states({ query }: Input<typeof op.listStates>) {
    return readPage(this.reader, query, {
      key: [z.string()],
      rows: (reads, part) => directory.statePage(reads, query, part),
      keyOf: (row) => [row.iso3],
      item: (row) => row.state,
    });
  }

  async state({ params }: Input<typeof op.getState>) {
    return found(await directory.stateByCode(this.reader, params.iso3)).state;
  }

  async seats({ params, query }: Input<typeof op.listSeats>) {
    if (!(await directory.bodyExists(this.reader, params.key))) throw notFound();
    await assertStateFilter(this.reader, 'state', query.state);
    const filter = { ...query, key: params.key };
    return readPage(this.reader, query, {
      key: [z.string(), date],
      rows: (reads, part) => directory.seatPage(reads, filter, part),
      keyOf: (row) => [row.state, row.from],
      item: (row) => row,
    });
  }

  /** Loading the same terms again changes nothing. */
  async addSeats({ viewer, params, body }: Input<typeof op.addSeats>) {
    const mayEnter = viewer.seats.some(
      (seat) => isSecretariat(seat.side) && seat.permissions.includes('submit'),
    );
    if (!mayEnter) throw new Refused('forbidden', { needs: 'secretariat' });
    if (!(await directory.bodyExists(this.reader, params.key))) throw notFound();
    return this.work.write(viewer, async (tx) => {
      const unknown = await directory.unknownStates(
        tx,
        body.seats.map((seat) => seat.state),
      );
      if (unknown.length > 0) throw new Refused('unknown-state', { unknown });
      const wrong = body.seats.find((seat) => seat.until !== undefined && seat.until <= seat.from);
      if (wrong) throw new Refused('dates-in-disorder', wrong);
      const there = await directory.knownSeats(tx, params.key);
      const known = new Set(there.map((seat) => `${seat.state} ${seat.from}`));
      const fresh = body.seats.filter((seat) => {
        const key = `${seat.state} ${seat.from}`;
        return !known.has(key) && known.add(key);
      });
      await tx.insert(
        BodySeat,
        fresh.map((seat) => ({
          id: v7(),
          bodyKey: params.key,
          iso3: seat.state,
          validFrom: seat.from,
          validUntil: seat.until ?? null,
          source: seat.source ?? null,
          verified: seat.source !== undefined,
        })),
      );
      return { added: fresh.length, known: body.seats.length - fresh.length };
    });
  }
}
