import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/**
 * What a file holds, in the shape that is asked for.
 *
 * @throws Error that names the file and what is wrong with it
 */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file} is not what it should be: ${issue!.path.join('.')}: ${issue!.message}`);
}
