import type pg from 'pg';
import { StartRefused } from '../../config/start-refused.js';
import { asOwner } from '../database/as-owner.js';
import { privateKeyOf, publicPartOf, readSigningKeys, type SigningKeys } from './signing-keys.js';

interface Published {
  readonly id: string;
  readonly publicKey: string;
  readonly ended: boolean;
}

/**
 * Publishes the public parts of the keys of a file, and that those before the current one have
 * ended. What is published stays so for ever.
 *
 * @throws KeysUnusable
 * @throws StartRefused where the file is another's, or older than what was published
 */
export async function publishSigningKeys(adminUrl: string, file: string): Promise<void> {
  const keys = await readSigningKeys(file);
  await asOwner(adminUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('LOCK TABLE reference.signing_key IN SHARE ROW EXCLUSIVE MODE');
    await publish(client, keys);
    await client.query('COMMIT');
  });
}

async function publish(client: pg.ClientBase, { current, keys }: SigningKeys): Promise<void> {
  const { rows } = await client.query<Published>(
    `SELECT id, public_key AS "publicKey", valid_until IS NOT NULL AS ended
     FROM reference.signing_key`,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const parts = Object.entries(keys).map(([id, key]) => ({
    id,
    ...key,
    publicKey: publicPartOf(privateKeyOf(key.seed)),
  }));
  for (const { id, publicKey } of parts) {
    if (known.has(id) && known.get(id)!.publicKey !== publicKey) {
      throw new StartRefused(`The signing key ${id} is published with another public part.`);
    }
  }
  if (known.get(current)?.ended) {
    throw new StartRefused(
      `The signing key ${current} has ended, as published: the file of signing keys is an old one. ` +
        'Put back the newest, or go over to a new key (npm run rotate-signing-key).',
    );
  }
  // What the file does not have any more has ended too. The current one comes last: there is one.
  await client.query(
    'UPDATE reference.signing_key SET valid_until = now() WHERE valid_until IS NULL AND id <> $1',
    [current],
  );
  const inOrder = parts.toSorted((a, b) => Number(a.id === current) - Number(b.id === current));
  for (const { id, publicKey, from, until, revoked } of inOrder) {
    await client.query(
      `INSERT INTO reference.signing_key VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET
         valid_until = coalesce(excluded.valid_until, signing_key.valid_until),
         revoked_at = coalesce(signing_key.revoked_at, excluded.revoked_at)`,
      [id, publicKey, from, until ?? null, revoked ?? null],
    );
  }
}
