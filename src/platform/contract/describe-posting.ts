import type { z } from 'zod';
import type { oas31, ZodOpenApiOperationObject } from 'zod-openapi';

/** What the house posts to addresses that people name. */
export interface Posting {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly headers: z.ZodObject;
  /** In JSON. */
  readonly body: oas31.SchemaObject;
  /** What each status of the receiver's answer means to the house. */
  readonly answers: Readonly<Record<`${1 | 2 | 3 | 4 | 5}${string}`, string>>;
}

/** A posting as the contract tells it to whoever receives it. */
export const describePosting = (posting: Posting): ZodOpenApiOperationObject => ({
  operationId: posting.id,
  tags: [posting.tag],
  summary: posting.summary,
  description: posting.description,
  security: [],
  requestParams: { header: posting.headers },
  requestBody: {
    required: true,
    content: { 'application/json': { schema: posting.body } },
  },
  responses: Object.fromEntries(
    Object.entries(posting.answers).map(([status, description]) => [status, { description }]),
  ),
});
