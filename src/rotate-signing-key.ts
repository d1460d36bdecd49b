/**
 * For operators: goes over to a new key that signs receipts. The keys before it stay published, and
 * what they signed stays good; with `--revoke` the last one's is believed no more, for it was stolen.
 *
 *     DATABASE_URL=postgres://administrator@… node dist/src/rotate-signing-key.js [--revoke]
 *
 * Exits 0 when the new key is published, and signs.
 */
import { parseArgs } from 'node:util';
import { loadBootstrap } from './config/bootstrap-environment.js';
import { inProject } from './config/project-root.js';
import { runCommand } from './platform/run-command.js';
import { publishSigningKeys } from './platform/signing/publish-keys.js';
import { addSigningKey } from './platform/signing/signing-keys.js';

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { revoke: { type: 'boolean' } } });
  const { DATABASE_URL, COMITY_SIGNING_KEYS } = loadBootstrap();
  const file = inProject(COMITY_SIGNING_KEYS);
  const { revoke = false } = values;
  const { current, keys } = await addSigningKey(file, { revoke });
  await publishSigningKeys(DATABASE_URL, file);
  process.stdout.write(
    `${current} signs from now on; ${Object.keys(keys).length - 1} keys before it stay published` +
      `${revoke ? ', the last one revoked' : ''}. Keep a copy of ${file}, apart from the backups.\n`,
  );
  return 0;
}

await runCommand(import.meta.url, 'The signing key was not changed', main);
