/** What a move may be refused for: by the engine, and by what any definition requires of one. */
export const MOVING = [
  'unknown-move',
  'wrong-role',
  'permission-missing',
  'wrong-stage',
  'too-early',
  'too-late',
  'documents-missing',
  'labels-missing',
  'list-not-circulated',
  'sign-offs-missing',
  'troika-missing',
  'not-yet-held',
  'somebody-speaks',
  'not-rescheduled',
] as const;
