import type { Schemas } from './operations.js';

type Problem = Schemas['Problem'];
/** From the catalogue of the contract; the last where something else than Comity answered. */
export type ProblemCode = Problem['code'] | 'no-problem-document';

/** A refusal: a problem document (RFC 9457), with the request that it answers. */
export class ComityProblem extends Error {
  override readonly name = 'ComityProblem';
  readonly status: number;
  /** Stable: what a program should look at. */
  readonly code: ProblemCode;
  /** What would mend it. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Where in the request the faults are. */
  readonly errors: NonNullable<Problem['errors']>;
  /** Quote it when you report a fault. */
  readonly correlationId: string | null;

  constructor(
    /** Method and address. */
    readonly request: string,
    response: Response,
    body: unknown,
  ) {
    const problem = isProblem(body) ? body : undefined;
    const code = problem?.code ?? 'no-problem-document';
    const errors = problem?.errors ?? [];
    const faults = errors.map(({ pointer, parameter, detail }) =>
      `${pointer ?? parameter ?? ''} ${detail}`.trim(),
    );
    const detail = [problem?.detail, ...faults].filter(Boolean).join('; ');
    super([`${request}: ${response.status} ${code}`, detail].filter(Boolean).join(', '));
    this.status = response.status;
    this.code = code;
    this.facts = problem?.facts ?? {};
    this.errors = errors;
    this.correlationId = response.headers.get('x-correlation-id');
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && typeof (body as Problem).code === 'string';
