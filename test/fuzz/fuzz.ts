import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { attemptsAt } from './attempts.js';
import { curl, type Attempt } from './draft.js';
import { VIEWERS, type House } from './house.js';
import type { Described } from './schema.js';
import { Trials } from './trials.js';
import { MARK } from './valid.js';

interface Finding {
  readonly operation: string;
  readonly faults: readonly string[];
  readonly request: string;
}

interface Report {
  readonly seed: number;
  readonly sent: number;
  readonly seconds: number;
  /** How often each result came of each operation. */
  readonly operations: Readonly<Record<string, Record<string, number>>>;
  readonly findings: readonly Finding[];
  /** Resident megabytes of the API: when it was warm, and at the end. */
  readonly memory: { readonly warm: number; readonly end: number };
}

interface Failed {
  readonly attempt: Attempt;
  readonly faults: readonly string[];
}

interface Given {
  readonly seed: number;
  readonly requests: number;
  /** Ids of the operations that are meant; all, when there are none. */
  readonly only: readonly string[];
  readonly say: (line: string) => void;
}

/** Of one operation, before it is left alone; and requests spent on making each smaller. */
const MOST = { findings: 4, shrinks: 150 };
/** Growth that is no leak: heaps breathe. */
const BREATH = { factor: 1.35, megabytes: 60 };

/** What differs from one finding to the next of its kind. */
const kindOf = (faults: readonly string[]): string =>
  faults
    .join('; ')
    .replaceAll(/[0-9a-f-]{36}|\d{4,}/g, '…')
    .slice(0, 120);

/** Sends about so many requests to the operations of the contract, each its share. */
export class Fuzzer {
  readonly #trials: Trials;
  readonly #counts: Record<string, Record<string, number>> = {};
  readonly #findings: Finding[] = [];
  #sent = 0;

  constructor(
    private readonly house: House,
    private readonly given: Given,
  ) {
    this.#trials = new Trials(house);
  }

  async run(): Promise<Report> {
    const { seed, requests, only, say } = this.given;
    const { operations: all } = this.house.contract;
    const operations = all.filter(({ id }) => only.length === 0 || only.includes(id));
    const started = Date.now();
    const weights = operations.map(weightOf);
    const whole = weights.reduce((a, b) => a + b, 0);
    let warm: number | undefined;
    for (const [at, operation] of operations.entries()) {
      const share = Math.max(4, Math.round((requests * weights[at]!) / whole));
      await this.house.watch.readmit();
      await this.attack(operation, share, seed + ownOf(operation.id));
      if (at >= operations.length / 3) warm ??= await this.house.target.memory();
      say(this.line(operation, at + 1, started));
    }
    await this.lookBack();
    const end = await this.house.target.memory();
    this.#trials.close();
    if (end > warm! * BREATH.factor + BREATH.megabytes)
      this.find({
        operation: 'all',
        faults: [`memory grew from ${warm} to ${end} MB`],
        request: '',
      });
    return {
      seed,
      sent: this.#sent,
      seconds: (Date.now() - started) / 1000,
      operations: this.#counts,
      findings: this.#findings,
      memory: { warm: Math.round(warm!), end: Math.round(end) },
    };
  }

  /** Until its share is spent; after a finding the rest goes on with another seed. */
  private async attack(operation: Described, share: number, seed: number): Promise<void> {
    const { contract, known } = this.house;
    const viewers = operation.open ? OPEN : CLOSED;
    const attempts = attemptsAt(contract, known, operation, viewers);
    let left = share;
    for (let round = 0; left > 0 && round < MOST.findings; round += 1) {
      const { runs, failed } = await this.goRound(operation, attempts, {
        numRuns: left,
        seed: seed + round,
      });
      left -= runs;
      if (failed) this.find({ operation: operation.id, ...shown(failed, this.house.target.url) });
      if (!this.house.target.alive) throw new Error(`the API ended at ${operation.id}`);
    }
  }

  /** Until something is found, and made smaller. */
  private async goRound(
    operation: Described,
    attempts: fc.Arbitrary<Attempt>,
    given: { numRuns: number; seed: number },
  ): Promise<{ runs: number; failed: Failed | undefined }> {
    let shrinks = 0;
    let failed: Failed | undefined;
    const property = fc.asyncProperty(attempts, async (attempt) => {
      if (failed && (shrinks += 1) > MOST.shrinks) return true;
      const { result, faults } = await this.#trials.run(attempt);
      this.count(operation, result);
      if (faults.length === 0) return true;
      failed = { attempt, faults };
      return false;
    });
    const { numRuns } = await fc.check(property, given);
    return { runs: numRuns, failed };
  }

  private count({ id }: Described, result: string): void {
    const counts = (this.#counts[id] ??= {});
    counts[result] = (counts[result] ?? 0) + 1;
    this.#sent += 1;
  }

  private find(finding: Finding): void {
    const known = this.#findings.some(
      ({ operation, faults }) =>
        operation === finding.operation && kindOf(faults) === kindOf(finding.faults),
    );
    if (!known) this.#findings.push(finding);
  }

  /** What can be seen only at the end: a server that still serves, and a log that tells nothing. */
  private async lookBack(): Promise<void> {
    const { target, canaries, tokens } = this.house;
    const faults = await this.#trials.aliveFaults();
    const log = target.logged();
    const secrets = [
      ...canaries,
      MARK,
      ...Object.values(tokens).filter((each) => each !== undefined),
    ];
    for (const secret of secrets) {
      const told = log.split('\n').find((line) => line.includes(secret));
      if (told !== undefined) faults.push(`the log tells ${secret}: ${told.slice(0, 500)}`);
    }
    if (faults.length > 0) this.find({ operation: 'all', faults, request: '' });
  }

  private line({ id }: Described, n: number, started: number): string {
    const counts = Object.entries(this.#counts[id] ?? {}).map(
      ([result, times]) => `${result}×${times}`,
    );
    const seconds = Math.round((Date.now() - started) / 1000);
    const all = this.house.contract.operations.length;
    return `${seconds} s  ${n}/${all}  ${id}: ${counts.join(' ')}`;
  }
}

const OPEN = ['nobody', 'stranger', 'secretariat'];
/** Who gets furthest is asked most. */
const CLOSED = VIEWERS.flatMap((viewer, at) =>
  Array.from({ length: [6, 5, 4, 2, 1, 1][at]! }, () => viewer),
);

/** Of each operation: one that is added changes nothing of what the others are asked. */
const ownOf = (id: string): number =>
  createHash('sha256').update(id).digest().readUInt16BE() * 1_000;

/** More for what takes a body: there is more to get wrong. */
const weightOf = ({ mediaType, method }: Described): number =>
  mediaType === undefined ? (method === 'GET' ? 2 : 3) : 5;

const shown = ({ attempt, faults }: Failed, url: string): Omit<Finding, 'operation'> => ({
  faults,
  request: curl(attempt, url),
});
