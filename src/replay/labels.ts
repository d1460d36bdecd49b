/**
 * Labels of recommendations are opaque text with an order of their own: `140.10` follows `140.9`,
 * and a damaged `78.15..1` still has its place.
 */

/** The label's numbers in order; empty for a label without any. */
const labelNumbers = (label: string): number[] => (label.match(/\d+/g) ?? []).map(Number);

/** The paragraph of the report that a label hangs under: `121.4` → 121; none for a bare `4`. */
export function labelParagraph(label: string): number | undefined {
  const numbers = labelNumbers(label);
  return numbers.length > 1 ? numbers[0] : undefined;
}

/** Order by the numbers, part for part; a shorter label before its extensions, then by text. */
export function compareLabels(a: string, b: string): number {
  const left = labelNumbers(a);
  const right = labelNumbers(b);
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part !== other) return part - other;
  }
  if (right.length > left.length) return -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Some labels for a message, in order, and how many more there are. */
export function listLabels(labels: Iterable<string>, limit = 12): string {
  const sorted = [...labels].toSorted(compareLabels);
  const more = sorted.length - limit;
  return sorted.slice(0, limit).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
