import type { z } from 'zod';
import { parseBody } from '../../platform/http/validation.js';
import { Refused } from '../../platform/refused.js';

/**
 * What was filled in, as the body of the operation that takes it; what is empty is not said.
 *
 * @throws Refused `invalid-content`, whose facts name the field
 */
export function bodyOf<S extends z.ZodType>(
  schema: S,
  given: Readonly<Record<string, unknown>>,
): z.infer<S> {
  const said = Object.fromEntries(Object.entries(given).filter(([, text]) => text !== ''));
  try {
    return parseBody(schema, said);
  } catch (error) {
    if (!(error instanceof Refused) || error.faults.length === 0) throw error;
    const [{ pointer = '', detail }] = error.faults as [(typeof error.faults)[number]];
    throw new Refused(error.code, { field: pointer.split('/').at(-1), detail });
  }
}
