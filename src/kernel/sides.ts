/**
 * Sides act in proceedings: a State, an organization, a secretariat, a body. Their keys name
 * principals; what they work on lies in compartments of their own.
 */

/** That the proceeding exists and where it stands; what its parties share. */
export const CASE = 'case';
export const PARTIES = 'parties';
/** What those who conduct the proceeding prepare among themselves. */
export const COMMITTEE = 'committee';

/** `SVN` → `state:SVN`. */
export const stateSide = (state: string): string => `state:${state}`;

/** `state:SVN` → `SVN`; undefined for a side that is no State. */
export const stateOf = (side: string): string | undefined => /^state:(.+)$/.exec(side)?.[1];

/** The side through which somebody stands in one case without a name; chance makes its id. */
export const communicantSide = (id: string): string => `communicant:${id}`;
export const isCommunicant = (side: string): boolean => side.startsWith('communicant:');

/** A person who sits on a body in personal capacity, where one of them alone takes part. */
export const memberSide = (id: string): string => `member:${id}`;
/** `member:<uuid>` → its id; undefined for a side that is no member. */
export const memberOf = (side: string): string | undefined => /^member:(.+)$/.exec(side)?.[1];

export const bodySide = (key: string): string => `body:${key}`;

export const organizationSide = (id: string): string => `organization:${id}`;

/** Organizations of States: Parties to treaties as States are, and no States. No ISO 3166 codes. */
const ORGANIZATIONS_OF_STATES: readonly string[] = ['EUU'];

/** The group that a side as such belongs to; undefined for one that belongs to none. */
export function groupOf(side: string): 'states' | 'stakeholders' | undefined {
  const state = stateOf(side);
  if (state !== undefined) return ORGANIZATIONS_OF_STATES.includes(state) ? undefined : 'states';
  return side.startsWith('organization:') ? 'stakeholders' : undefined;
}

export const secretariatSide = (mechanism: string): string => `secretariat:${mechanism}`;
export const isSecretariat = (side: string): boolean => side.startsWith('secretariat:');

/** Where a side keeps its drafts, which nobody else sees. */
export const deskOf = (side: string): string => `desk:${side}`;

export const isDesk = (compartment: string): boolean => compartment.startsWith('desk:');

/** Where what a side has handed in waits until the procedure shares it. */
export const trayOf = (side: string): string => `filed:${side}`;

/** Where a document of several sides lies, from its first draft on: before those who are in on it. */
export const circleOf = (documentId: string): string => `joint:${documentId}`;
