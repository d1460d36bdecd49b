import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, forEachOrRefuse, raise, Refused } from '../../platform/refused.js';
import { Engine, type Standing } from '../proceedings/index.js';
import { speakerOf, type Speaker } from './find-speaker.js';
import { Assessment } from './follow-up.entity.js';
import { documentsPublished, spokenOf } from './follow-up.repository.js';
import { wordRefused } from './follow-up.rules.js';
import type * as op from './follow-up.schemas.js';

type Word = Input<typeof op.prepareFollowUp>['body']['items'][number];

/** What a word is held against. */
interface Ground extends Speaker {
  readonly proceedingId: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly documents: ReadonlySet<string>;
  readonly drafts: readonly Assessment[];
}

/** A side prepares what it will say of implementation, in its own desk. */
@Injectable()
export class PrepareFollowUp {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  /** All refusals are told at once, and nothing stays where there is one. */
  run({ viewer, params: { id }, body }: Input<typeof op.prepareFollowUp>) {
    return this.work.write(viewer, async (tx) =>
      this.prepareAll(tx, await this.engine.standing(tx, id, { lock: true }), body),
    );
  }

  /** Under the proceeding's lock. */
  async prepareAll(
    tx: Tx,
    standing: Standing,
    body: Input<typeof op.prepareFollowUp>['body'],
  ): Promise<{ prepared: number }> {
    const { id } = standing.proceeding;
    const asked = { as: body.as, permission: 'prepare' } as const;
    const speaker = await speakerOf(tx, standing, asked);
    const { side } = speaker;
    await this.engine.joinSide(tx, standing, side);
    const spoken = await tx.asProcedure(id, () => spokenOf(tx, standing.proceeding));
    const labels = new Map(spoken.map(({ name, label }) => [name, label]));
    const cited = body.items.flatMap(({ evidence }) => evidence.flatMap(documentsIn));
    const documents = await documentsPublished(tx, cited);
    const drafts = await tx.find(Assessment, { proceedingId: id, side, status: 'draft' });
    const ground: Ground = { ...speaker, proceedingId: id, labels, documents, drafts };
    await forEachOrRefuse(
      body.items,
      ({ recommendation }) => recommendation,
      (word) => prepareOne(tx, ground, word),
    );
    const place = { proceedingId: id, compartment: deskOf(side) };
    const recommendationIds = body.items.map(({ recommendation }) => recommendation);
    const facts = { prepared: recommendationIds.length, recommendationIds };
    await append(tx, { ...place, what: 'follow-up-prepared', by: side, at: tx.now, facts });
    return { prepared: recommendationIds.length };
  }
}

const documentsIn = (each: Word['evidence'][number]): string[] =>
  'documentId' in each ? [each.documentId] : [];

/** Everything that refuses comes before anything is written. */
async function prepareOne(tx: Tx, ground: Ground, word: Word): Promise<void> {
  const { rule, side, kind, proceedingId, labels, documents, drafts } = ground;
  const { recommendation, version, grade, text, evidence, asOf } = word;
  const label = labels.get(recommendation);
  if (label === undefined) throw new Refused('unknown-recommendation');
  const was = drafts.find(({ recommendationId }) => recommendationId === recommendation);
  expectVersion(version, was?.version ?? 0);
  raise(wordRefused(rule, { kind, grade, asOf, today: tx.now.toISOString().slice(0, 10) }));
  const unknown = evidence.flatMap(documentsIn).find((id) => !documents.has(id));
  if (unknown !== undefined) throw new Refused('unknown-document', { documentId: unknown });
  const set = { kind, grade, text, evidence, asOf, preparedAt: tx.now, version: version + 1 };
  if (was) {
    await tx.update(Assessment, { id: was.id, version }, set);
    return;
  }
  await tx.insert(Assessment, {
    id: randomUUID(),
    proceedingId,
    compartment: deskOf(side),
    recommendationId: recommendation,
    label,
    side,
    status: 'draft',
    givenAt: null,
    publicId: null,
    ...set,
  });
}
