import type { PublicReader } from '../../platform/database/public-reader.js';
import { unknownFilter } from '../../platform/http/validation.js';
import { stateExists } from './directory.repository.js';

/** @throws Refused `invalid-parameter` for a filter by a State that the directory lacks */
export async function assertStateFilter(
  reader: PublicReader,
  parameter: string,
  iso3: string | undefined,
): Promise<void> {
  if (iso3 !== undefined && !(await stateExists(reader, iso3))) throw unknownFilter(parameter);
}
