import { refusal, type Refusal } from '../../kernel/refusal.js';

/** Who keeps the lists, records the draws, and holds the watch. */
export const KEEPERS: readonly string[] = ['president', 'secretariat'];

/** Of a proceeding, as far as it is asked here. */
interface Roles {
  roles(permission?: 'submit'): string[];
}

/** The role of these in which somebody acts. */
export const roleAmong = (standing: Roles, among: readonly string[]): string | undefined =>
  standing.roles('submit').find((role) => among.includes(role));

export function keepingRefused(
  standing: Roles,
  among: readonly string[] = KEEPERS,
): Refusal | null {
  if (!standing.roles().some((role) => among.includes(role))) {
    return refusal('wrong-role', { by: among });
  }
  return roleAmong(standing, among)
    ? null
    : refusal('permission-missing', { permission: 'submit' });
}
