/** Somebody on a list of speakers, with the English name that decides their place. */
export interface Named {
  readonly key: string;
  readonly name: string;
}

const alphabet = new Intl.Collator('en', { sensitivity: 'base' });

/** Keys in the alphabetical order of the English names, whoever came first. */
export const alphabetical = (speakers: readonly Named[]): string[] =>
  inOrder(speakers).map(({ key }) => key);

const inOrder = (speakers: readonly Named[]): Named[] =>
  speakers.toSorted((a, b) => alphabet.compare(a.name, b.name) || (a.key < b.key ? -1 : 1));

/**
 * The alphabetical order from where it was drawn to begin, and round: from the first name that
 * does not stand before it.
 *
 * @param first a letter, or a name, which need not be on the list
 */
export const orderFrom = (speakers: readonly Named[], first: string): string[] => {
  const sorted = inOrder(speakers);
  const found = sorted.findIndex(({ name }) => alphabet.compare(name, first) >= 0);
  const start = Math.max(found, 0);
  return [...sorted.slice(start), ...sorted.slice(0, start)].map(({ key }) => key);
};
