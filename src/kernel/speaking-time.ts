/** How the time of a list is shared out; all in seconds, all data of the procedure. */
export interface TimeRules {
  readonly total: number;
  /** What a member and an observer of the body have where there is time for everybody. */
  readonly member: number;
  readonly observer: number;
  /** Equal shares are multiples of this. */
  readonly step: number;
  /** `down` keeps within the total; `nearest` may exceed it, by half a step for each speaker. */
  readonly rounding: 'down' | 'nearest';
}

export interface Listed {
  readonly members: number;
  readonly observers: number;
}

/** Seconds for each. */
export interface Allotment {
  readonly member: number;
  readonly observer: number;
}

/**
 * What each on a closed list may speak: the full times if they fit, else the observer's for
 * everybody if that fits, else equal shares (decision 17/119 of the Human Rights Council). The
 * list is counted once, when it closes.
 */
export const allot = (rules: TimeRules, { members, observers }: Listed): Allotment => {
  const { total, member, observer, step, rounding } = rules;
  const speakers = members + observers;
  if (members * member + observers * observer <= total) return { member, observer };
  if (speakers * observer <= total) return { member: observer, observer };
  const steps = total / speakers / step;
  const share = (rounding === 'down' ? Math.floor(steps) : Math.round(steps)) * step;
  return { member: share, observer: share };
};
