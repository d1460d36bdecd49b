/** What a membership lets a person do for its side. */
export type Permission = 'prepare' | 'submit' | 'manage';

export interface Seat {
  /** Of a seat through an organization's front: that on the organization. */
  readonly membershipId: string;
  /** The side's principal, such as `state:SVN`, `secretariat:upr` or `communicant:<uuid>`. */
  readonly side: string;
  readonly principalId: string;
  /** The group the side belongs to (`states`, `stakeholders`), if any. */
  readonly group: string | null;
  readonly role: string;
  readonly permissions: readonly Permission[];
  /** Names of those who lent their signature to this seat, for now. */
  readonly signsFor: readonly string[];
}

/** The person behind a request, read live at its start. */
export interface Viewer {
  readonly accountId: string;
  /** Null, with the name, for whoever bears a case key. */
  readonly email: string | null;
  readonly name: string | null;
  readonly administrator: boolean;
  readonly seats: readonly Seat[];
  /** Hash of the session's token, to end it; empty for whoever bears a key. */
  readonly sessionHash: string;
  /** What the key may be used for; a session has no such bounds. */
  readonly scopes?: readonly string[];
}
