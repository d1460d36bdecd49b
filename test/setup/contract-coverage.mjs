import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../../scripts/command.mjs';

const METHODS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'];

/**
 * Whether every operation of the contract was answered successfully in a run of the tests; names
 * those that were not.
 *
 * @param {string} dir the folder that the run was given as TEST_EXERCISED
 * @returns {boolean}
 */
export function assertExercised(dir) {
  const { paths } = parse(readFileSync(path.join(root, 'openapi.yaml'), 'utf8'));
  const all = Object.values(paths).flatMap((item) =>
    METHODS.flatMap((method) => item[method]?.operationId ?? []),
  );
  const exercised = new Set(
    readdirSync(dir).flatMap((file) => readFileSync(path.join(dir, file), 'utf8').split('\n')),
  );
  const missing = all.filter((id) => !exercised.has(id));
  console.log(`${all.length - missing.length} of ${all.length} operations exercised`);
  if (missing.length > 0) console.log(`No test exercises: ${missing.join(', ')}`);
  return missing.length === 0;
}
