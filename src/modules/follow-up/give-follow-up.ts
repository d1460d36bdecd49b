import { Injectable } from '@nestjs/common';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { Refused } from '../../platform/refused.js';
import {
  chosen,
  Engine,
  publishPage,
  type Prepared,
  type Proceeding,
  type Published,
  type Standing,
} from '../proceedings/index.js';
import { MASK, publishAssessments } from '../record/index.js';
import { speakerOf } from './find-speaker.js';
import { Assessment } from './follow-up.entity.js';
import { publicAssessment } from './follow-up.presenter.js';
import { placeWords } from './follow-up.repository.js';
import type * as op from './follow-up.schemas.js';

/** Where a word is published, and under which name. */
interface Place {
  readonly proceeding: Proceeding;
  /** None of a rehearsal, of which nothing is published. */
  readonly page: Published | undefined;
  readonly name: string;
}

/** A side hands in all that it has prepared: signed, public at once, beside what it said before. */
@Injectable()
export class GiveFollowUp {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params: { id }, body }: Input<typeof op.giveFollowUp>) {
    return this.work.write(viewer, async (tx) =>
      this.giveAll(tx, await this.engine.standing(tx, id, { lock: true }), {
        as: body.as,
        items: body.items?.map(({ recommendation, version }) => ({ id: recommendation, version })),
      }),
    );
  }

  /** Under the proceeding's lock: what was asked for alone, as it was read. */
  async giveAll(
    tx: Tx,
    standing: Standing,
    { as, items }: { as: string | undefined; items?: readonly Prepared[] | undefined },
  ) {
    const { id } = standing.proceeding;
    const asked = { as, permission: 'submit' } as const;
    const { side, kind } = await speakerOf(tx, standing, asked);
    const revised = await tx.asProcedure(id, () => give(tx, standing.proceeding, { side, items }));
    const { given, later } = revised;
    const facts = { kind, given, revised: later };
    const place = { proceedingId: id, compartment: CASE };
    await append(tx, { ...place, what: 'follow-up-given', by: side, at: tx.now, facts });
    return { kind, given, revised: later };
  }
}

/** As the procedure. */
async function give(
  tx: Tx,
  proceeding: Proceeding,
  { side, items }: { side: string; items: readonly Prepared[] | undefined },
) {
  const own = { proceedingId: proceeding.id, side };
  const byLabel = { order: { label: 'ASC', id: 'ASC' } } as const;
  const prepared = await tx.find(Assessment, { ...own, status: 'draft' }, byLabel);
  const drafts = chosen(prepared, items, ({ recommendationId }) => recommendationId);
  if (drafts.length === 0) throw new Refused('nothing-to-submit');
  const before = await tx.find(Assessment, { ...own, status: 'given' });
  const page = await publishPage(tx, proceeding);
  const named = await tx.row<{ name: string | null }>('SELECT identity.side_name($1) AS name', [
    side,
  ]);
  const place = { proceeding, page, name: named?.name ?? MASK };
  const words = drafts.flatMap((draft): Assessment[] => {
    const last = before.find((each) => each.recommendationId === draft.recommendationId);
    const given = { ...draft, status: 'given' as const, compartment: CASE, givenAt: tx.now };
    return last ? [{ ...last, status: 'superseded' }, given] : [given];
  });
  await become(tx, place, words);
  return { given: drafts.length, later: words.length - drafts.length };
}

/** Words take their place, in casework and in the record: by as many statements as one would. */
async function become(
  tx: Tx,
  { proceeding, page, name }: Place,
  words: readonly Assessment[],
): Promise<void> {
  const published =
    page &&
    (await publishAssessments(
      tx,
      words.map((word) => ({
        publicId: word.publicId,
        given: publicAssessment(word, proceeding, { page, name }),
      })),
    ));
  const now = words.map((word, index) => ({ ...word, publicId: published?.[index] ?? null }));
  // One word of a side stands at a time: what is superseded makes room first.
  const standing = now.filter(({ status }) => status === 'given');
  await placeWords(
    tx,
    now.filter(({ status }) => status === 'superseded'),
  );
  await placeWords(tx, standing);
}
