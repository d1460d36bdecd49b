import { FINDINGS, type Finding } from './finding.js';

/** So many of each kind that 200 are never exceeded, and no kind crowds out another. */
const MAX_OF_A_KIND = Math.floor(200 / FINDINGS.length);
const MAX_VALUE = 200;

/** Gathers what is found in a file: each thing once, in short. */
export class Findings {
  private readonly kept = new Map<string, Finding>();
  private readonly counts = new Map<string, number>();

  add(what: Finding['what'], where: string, value: string | null = null): void {
    const finding = {
      what,
      where: short(where) ?? '',
      value: value === null ? null : short(value),
    };
    const key = JSON.stringify(finding);
    const count = this.counts.get(what) ?? 0;
    if (this.kept.has(key) || count >= MAX_OF_A_KIND) return;
    this.kept.set(key, finding);
    this.counts.set(what, count + 1);
  }

  list(): Finding[] {
    return [...this.kept.values()];
  }
}

/** One line, without what a terminal or a page would act upon. */
function short(value: string): string | null {
  const line = value
    .slice(0, 10 * MAX_VALUE)
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  const letters = [...line];
  if (letters.length === 0) return null;
  return letters.length > MAX_VALUE ? `${letters.slice(0, MAX_VALUE - 1).join('')}…` : line;
}
