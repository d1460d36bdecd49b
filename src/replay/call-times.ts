const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

/** How long the calls of a replay took, by operation, in milliseconds. */
export class CallTimes {
  readonly #taken = new Map<string, number[]>();

  /** @param call method and path; the ids in it don't make it another operation */
  note(call: string, milliseconds: number): void {
    const operation = call.replace(/\?.*/, '').replaceAll(ID, '{id}');
    const taken = this.#taken.get(operation);
    if (taken) taken.push(milliseconds);
    else this.#taken.set(operation, [milliseconds]);
  }

  /** A line for all calls, then one for each of the operations that took most time together. */
  lines(operations: number): string[] {
    const each = [...this.#taken].toSorted(([, a], [, b]) => sum(b) - sum(a));
    const all = each.flatMap(([, taken]) => taken);
    return [
      describe('calls', all),
      ...each.slice(0, operations).map(([operation, taken]) => describe(operation, taken)),
    ];
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The smallest of the numbers that so large a share of them don't exceed. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function describe(what: string, taken: readonly number[]): string {
  const [half, most] = [percentile(taken, 0.5), percentile(taken, 0.95)].map(Math.round);
  return `${String(taken.length).padStart(5)} ${what}: p50 ${half} ms, p95 ${most} ms`;
}
