import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { StartRefused } from './start-refused.js';

/**
 * Reads what stands in a folder as data, a YAML file each, in the order of their names; a folder that
 * is not there has none.
 *
 * @param what the files are called where one is refused
 * @throws StartRefused for a file that is none
 */
export function readFolder<S extends z.ZodType>(
  folder: string,
  { schema, what }: { readonly schema: S; readonly what: string },
): z.infer<S>[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.toSorted().map((name) => {
    const from = path.join(folder, name);
    const parsed = schema.safeParse(parse(readFileSync(from, 'utf8')));
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`);
    throw new StartRefused(`The ${what} in ${from} cannot be read:\n${faults.join('\n')}`);
  });
}
