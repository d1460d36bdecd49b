import type { Definition } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { Speaker } from './dialogue.entity.js';

/** When statements are made: from the beginning of the occasion until it is declared over. */
export interface Sitting {
  readonly definition: Definition;
  readonly status: string;
  /** The move that ends it. */
  readonly until: string;
  readonly startsAt: Date | null;
}

/** The stages in which statements are recorded: those that the closing move leaves. */
const stagesOf = ({ definition, until }: Sitting): readonly string[] =>
  definition.moves.find(({ move }) => move === until)?.from ?? [];

export function sittingRefused(sitting: Sitting, at: Date): Refusal | null {
  const during = stagesOf(sitting);
  const { status, startsAt } = sitting;
  if (!during.includes(status)) return refusal('wrong-stage', { status, during });
  if (startsAt !== null && startsAt <= at) return null;
  return refusal('too-early', { notBefore: startsAt?.toISOString() ?? null });
}

type Placed = Pick<Speaker, 'beganAt' | 'endedAt' | 'place' | 'leftAt' | 'part'>;

/** Whether somebody may be given the floor, who does not have it. */
export function floorRefused({ beganAt, place, leftAt }: Placed): Refusal | null {
  if (beganAt !== null) return refusal('already-spoken');
  return place === null || leftAt !== null ? refusal('no-place') : null;
}

interface Times {
  readonly beganAt: Date;
  readonly endedAt: Date;
}

/** Nothing ends before it begins, or in time to come. */
export function timesRefused({ beganAt, endedAt }: Times, now: Date): Refusal | null {
  if (beganAt <= endedAt && endedAt <= now) return null;
  const told = { beganAt: beganAt.toISOString(), endedAt: endedAt.toISOString() };
  return refusal('dates-in-disorder', { ...told, now: now.toISOString() });
}

/** Seconds between two instants, as a watch shows them. */
export const elapsed = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000));
