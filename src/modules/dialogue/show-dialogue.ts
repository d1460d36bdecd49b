import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { Engine, isMine } from '../proceedings/index.js';
import { presentSpeaker } from './dialogue.presenter.js';
import { speakersOf, type SpeakerRow } from './dialogue.repository.js';
import { sittingOf } from './find-sitting.js';
import { subjectSeconds, type ListName } from './lists.rules.js';
import { elapsed } from './statements.rules.js';
import type * as op from './statements.schemas.js';

/** The chair's view: who has the floor, who is next, how much time is left. */
@Injectable()
export class ShowDialogue {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params, query: { occasion } }: Input<typeof op.getDialogue>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      const sitting = await sittingOf(tx, standing, occasion);
      const names = sitting.lists.map(({ list }) => list);
      const all = await speakersOf(tx, params.id, names);
      const used = (rows: readonly SpeakerRow[]): number =>
        rows.reduce((sum, row) => sum + spentBy(row, tx.now), 0);
      const parts = all.filter(({ part }) => part !== null);
      const own = spent(subjectSeconds(standing.definition, occasion) ?? 0, used(parts));
      const lists = sitting.lists.map(({ list, time }) => {
        const rows = all.filter((row) => row.list === list && row.part === null);
        const counts = {
          spoken: rows.filter(({ endedAt }) => endedAt !== null).length,
          waiting: rows.filter(isWaiting).length,
        };
        return { list, ...spent(time.total, used(rows)), ...counts };
      });
      const now = all.find((row) => row.beganAt !== null && row.endedAt === null);
      const next = nextOf(all, names);
      const present = (row: SpeakerRow | undefined) =>
        row ? presentSpeaker(row, isMine(tx, row)) : null;
      return {
        occasion,
        startsAt: sitting.startsAt?.toISOString() ?? null,
        endsAt: sitting.endsAt?.toISOString() ?? null,
        now: present(now),
        rest: now ? restOf(now, { own: own.rest, spent: spentBy(now, tx.now) }) : null,
        next: present(next),
        stateUnderReview: {
          ...own,
          parts: parts.map((row) => presentSpeaker(row, isMine(tx, row))),
        },
        lists,
        left: lists.reduce((sum, { rest }) => sum + rest, own.rest),
      };
    });
  }
}

/** Seconds that a statement has taken, so far. */
const spentBy = ({ beganAt, endedAt, used }: SpeakerRow, now: Date): number => {
  if (beganAt === null) return 0;
  return endedAt === null ? elapsed(beganAt, now) : (used ?? 0);
};

const spent = (seconds: number, used: number) => ({
  seconds,
  used,
  rest: Math.max(0, seconds - used),
});

/** Of its own time; of the State under review, of all of it. */
const restOf = (row: SpeakerRow, { own, spent: gone }: { own: number; spent: number }): number =>
  row.part === null ? Math.max(0, (row.seconds ?? 0) - gone) : own;

const isWaiting = (row: SpeakerRow): boolean =>
  row.place !== null && row.leftAt === null && row.beganAt === null;

/**
 * A national institution of the first rank right after the State under review; then list by list the
 * first behind who spoke last, and at the end whoever was passed over.
 */
function nextOf(all: readonly SpeakerRow[], lists: readonly ListName[]): SpeakerRow | undefined {
  const isInstitution = ({ accreditation }: SpeakerRow): boolean => accreditation === 'nhri-a';
  const others = all.filter((row) => row.part === null && !isInstitution(row));
  if (others.every(({ beganAt }) => beganAt === null)) {
    const institution = all.find((row) => isWaiting(row) && isInstitution(row));
    if (institution) return institution;
  }
  for (const list of lists) {
    const rows = all.filter((row) => row.list === list && row.part === null);
    const last = Math.max(0, ...rows.filter(({ beganAt }) => beganAt !== null).map(placeOf));
    const waiting = rows.filter(isWaiting);
    const next = waiting.find((row) => placeOf(row) > last) ?? waiting[0];
    if (next) return next;
  }
  return undefined;
}

const placeOf = ({ place }: SpeakerRow): number => place ?? 0;
