/** So many texts are named in a process; statements that are made up as they come are not. */
const MOST = 1_000;
const names = new Map<string, string>();

/**
 * The name under which a connection prepares a statement: the same for the same text, so that
 * PostgreSQL reads it once a connection.
 */
export function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}
