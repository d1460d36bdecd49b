import { Injectable } from '@nestjs/common';
import { embargoRefused, warningOf } from '../../kernel/embargo.js';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, raise, Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { Publication, type Document } from './documents.entity.js';
import { mayBeHeldBack, mayBeKept } from './documents.rules.js';
import { DocumentsService } from './documents.service.js';
import { MASK, withdrawnOf } from '../record/index.js';
import { asWhom, documentStanding, type DocumentFound } from './find-filing.js';
import { publishDocuments } from './publish-documents.js';
import type * as op from './publications.schemas.js';

type Set = Partial<
  Pick<Publication, 'audience' | 'until' | 'firstAskedAt' | 'warnedAt' | 'endedAt'>
>;
type Asked = Pick<Input<typeof op.putEmbargo>, 'viewer' | 'params' | 'ifMatch'> & {
  readonly body: { readonly reason: string };
};
interface Deciding {
  readonly tx: Tx;
  readonly document: Document;
  readonly was: Publication | undefined;
  /** The side through which the viewer acts. */
  readonly by: string;
}

/**
 * When a document comes before the public, and whether: asked by the side whose it is, by who filed
 * it for that side, or by the secretariat. The secretariat may hold back; what a side held back, that
 * side alone lets out sooner. What a State hands in comes out at its stage.
 */
@Injectable()
export class SchedulePublication {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly documents: DocumentsService,
  ) {}

  embargo(input: Input<typeof op.putEmbargo>) {
    const { until } = input.body;
    return this.ask(input, { what: 'embargo-set' }, (deciding) => {
      const { tx, was, document } = deciding;
      if (was?.until && (until === null || new Date(until) < was.until)) assertLetsOut(deciding);
      const firstAskedAt = was?.firstAskedAt ?? tx.now;
      if (until === null) return { until: null, firstAskedAt, warnedAt: null, endedAt: null };
      assertMay(mayBeHeldBack, document);
      const now = tx.now.toISOString();
      raise(embargoRefused({ until, now, firstAskedAt: firstAskedAt.toISOString() }));
      // One that ends so soon is its own warning.
      const warnedAt = warningOf(until) <= now ? tx.now : null;
      return { until: new Date(until), firstAskedAt, warnedAt, endedAt: null };
    });
  }

  audience(input: Input<typeof op.putAudience>) {
    const { audience } = input.body;
    return this.ask(input, { what: 'audience-set' }, (deciding) => {
      const { was, document } = deciding;
      if (was?.audience === 'parties' && audience === 'public') assertLetsOut(deciding);
      assertMay(mayBeKept, document);
      return { audience };
    });
  }

  private ask(
    { viewer, params, ifMatch, body: { reason } }: Asked,
    { what }: { what: string },
    decide: (deciding: Deciding) => Set,
  ) {
    return this.work.write(viewer, async (tx) => {
      const id = params.id;
      const shown = await documentStanding(tx, this.engine, id, { lock: true });
      const { document, standing } = shown;
      expectVersion(ifMatch, shown.version);
      const by = asWhom(tx, standing, document);
      if (document.status === 'published') throw new Refused('already-published');
      const { proceedingId, filedBy } = document;
      // With the procedure's eyes: what binds whoever decides does not hang on what they see.
      const asked = () => tx.findOne(Publication, { documentId: id });
      const was = await tx.asProcedure(proceedingId, asked);
      const own = document.side;
      const gone = await withdrawnOf(tx, document.publicId);
      const told = {
        // Reasons to come are withdrawn too.
        reason: gone?.parts.includes('reason') ? MASK : reason,
        askedBy: claimantOf({ document, was, by }),
      };
      const set = { ...decide({ tx, document, was, by }), ...told };
      const desks = await keepAsked(tx, this.engine, shown, set);
      const facts = {
        documentId: id,
        audience: set.audience ?? was?.audience ?? 'public',
        until: (set.until === undefined ? was?.until : set.until)?.toISOString() ?? null,
      };
      const onBehalfOf = by === filedBy && by !== own ? { onBehalfOf: own } : {};
      const happening = { proceedingId, what, by, ...onBehalfOf, at: tx.now, facts };
      // What was held back and no longer is comes out at once, if its stage has come.
      const { proceeding, definition } = standing;
      await tx.asProcedure(proceedingId, async () => {
        for (const compartment of desks) await append(tx, { ...happening, compartment });
        await publishDocuments(tx, proceeding, definition);
      });
      return this.documents.present(tx, await documentStanding(tx, this.engine, id));
    });
  }
}

function assertMay(rule: typeof mayBeKept, { side }: Document): void {
  if (!rule({ side })) throw new Refused('audience-not-offered', { side });
}

/**
 * Whose what is asked counts as: its own side's before its filer's before the secretariat's, for as
 * long as anything is held back.
 */
function claimantOf({ document, was, by }: Omit<Deciding, 'tx'>): string {
  if (!was || (was.until === null && was.audience === 'public')) return by;
  const ranks = [document.side, document.filedBy];
  const [before, now] = [was.askedBy, by].map((side) => [...ranks, side].indexOf(side));
  return before! < now! ? was.askedBy : by;
}

/** What its own side has asked for, nobody undoes for it; what others asked, those, or its filer. */
function assertLetsOut({ document: { side, filedBy }, was, by }: Deciding): void {
  if (by === side || by === was?.askedBy || (by === filedBy && was?.askedBy !== side)) return;
  throw new Refused('wrong-role', {
    by: [...new Set([side, ...(was?.askedBy === side ? [] : [filedBy])])],
  });
}

/** The sides that decide about a document; about a draft, the one that sees it. */
const sidesDeciding = ({ document, standing }: DocumentFound): string[] => {
  const { side, filedBy, status } = document;
  if (status === 'draft') return [filedBy];
  return [...new Set([side, filedBy, secretariatSide(standing.proceeding.mechanism)])];
};

/**
 * Keeps what was asked in the desk of each side that decides, and of no other: a document is read
 * by more than those.
 *
 * @returns the desks
 */
async function keepAsked(
  tx: Tx,
  engine: Engine,
  shown: DocumentFound,
  set: Set & Pick<Publication, 'reason' | 'askedBy'>,
): Promise<string[]> {
  const { document, standing } = shown;
  const { id: documentId, proceedingId } = document;
  const sides = sidesDeciding(shown);
  for (const side of sides) await engine.joinSide(tx, standing, side);
  const desks = sides.map(deskOf);
  await tx.asProcedure(proceedingId, async () => {
    const there = await tx.find(Publication, { documentId });
    const [was] = there;
    const now = { ...(was ?? NOTHING_ASKED), ...set, edits: (was?.edits ?? 0) + 1 };
    await tx.update(Publication, { documentId }, { ...set, edits: now.edits });
    const kept = there.map(({ compartment }) => compartment);
    for (const compartment of desks.filter((desk) => !kept.includes(desk))) {
      await tx.insert(Publication, { ...now, documentId, proceedingId, compartment });
    }
  });
  return desks;
}

/** What was asked about a draft is known to all that decide about it once it is handed in. */
export async function shareAsked(tx: Tx, engine: Engine, shown: DocumentFound): Promise<void> {
  const { document, publication } = shown;
  if (!publication) return;
  const { reason, askedBy } = publication;
  const handedIn = { ...shown, document: { ...document, status: 'submitted' as const } };
  await keepAsked(tx, engine, handedIn, { reason, askedBy });
}

const NOTHING_ASKED = {
  audience: 'public',
  until: null,
  firstAskedAt: null,
  warnedAt: null,
  endedAt: null,
} as const;
