import type { Refusal } from '../../kernel/refusal.js';
import { refusal } from '../../kernel/refusal.js';

export interface SlotTimes {
  readonly starts: Date;
  readonly ends: Date;
  readonly outcomeStarts: Date | null;
}

/** The dialogue ends after it starts, and the plenary comes after it. */
export function slotRefused({ starts, ends, outcomeStarts }: SlotTimes): Refusal | null {
  const ordered = starts < ends && (outcomeStarts === null || ends < outcomeStarts);
  if (ordered) return null;
  return refusal('dates-in-disorder', {
    starts: starts.toISOString(),
    ends: ends.toISOString(),
    outcomeStarts: outcomeStarts?.toISOString() ?? null,
  });
}

/**
 * What has begun is not moved, unless to a day to come where it was not `held`; nothing is moved into
 * the past.
 */
export function pastRefused(
  was: SlotTimes & { readonly held: boolean },
  isNow: SlotTimes,
  now: Date,
): Refusal | null {
  const moved = was.starts.getTime() !== isNow.starts.getTime();
  const shortened = was.ends.getTime() !== isNow.ends.getTime() && was.ends <= now;
  const outcome = was.outcomeStarts;
  const recalled =
    outcome !== null && outcome <= now && outcome.getTime() !== isNow.outcomeStarts?.getTime();
  const later = isNow.outcomeStarts;
  const summoned = later !== null && later <= now && later.getTime() !== outcome?.getTime();
  const back = (moved && (was.held || isNow.starts <= now)) || summoned;
  if (!back && !(shortened && !moved) && !(recalled && !moved)) return null;
  return refusal('too-late', { starts: isNow.starts.toISOString(), now: now.toISOString() });
}

/** First and last day of something; an open end is allowed. */
export function spanRefused(starts: string, ends: string | undefined): Refusal | null {
  return ends !== undefined && ends < starts
    ? refusal('dates-in-disorder', { starts, ends })
    : null;
}

/** Which of the keys name no deadline of the procedure. */
export function unknownDeadlines(
  known: readonly string[],
  ...maps: readonly (Readonly<Record<string, string>> | undefined)[]
): string[] {
  return maps.flatMap((map) => Object.keys(map ?? {})).filter((key) => !known.includes(key));
}
