import { openFront } from '../../src/modules/accounts/index.js';
import { addParticipant, Engine } from '../../src/modules/proceedings/index.js';
import { append } from '../../src/platform/journal/journal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { hashToken, SESSION_IDLE } from '../../src/platform/identity/tokens.js';
import type { Seat, Viewer } from '../../src/platform/identity/viewer.js';
import { queried } from '../database/direct.js';
import type { Client } from '../setup/api.js';
import type { World } from './world.js';

const workOf = (world: World): UnitOfWork => world.api.app.get(UnitOfWork);

/** Who bears this client's token, with the seats held at this moment. */
export async function viewerOf(world: World, client: Client): Promise<Viewer> {
  const hash = hashToken(client.token!);
  const given: [`identity.${string}`, string[]] = client.token!.startsWith('comity_case_')
    ? ['identity.redeem_case_key', [hash]]
    : ['identity.redeem', [hash, SESSION_IDLE]];
  const row = await workOf(world).identity<{ answer: Viewer }>(...given);
  return row!.answer;
}

/** A side of which somebody, or an organization of theirs, stands behind. */
export async function frontOf(
  world: World,
  client: Client,
  behind: string | null = null,
): Promise<Seat> {
  const viewer = await viewerOf(world, client);
  return workOf(world).write(viewer, (tx) => openFront(tx, behind));
}

/** Makes a side take part in a review, as a State of its troika would, and has the committee told of it. */
export async function takePart(world: World, review: string, { principalId }: Seat): Promise<void> {
  const engine = world.api.app.get(Engine, { strict: false });
  const viewer = await viewerOf(world, world.secretariat);
  await workOf(world).write(viewer, async (tx) => {
    const { proceeding } = await engine.standing(tx, review);
    await tx.asProcedure(review, async () => {
      await addParticipant(tx, review, { role: 'rapporteur', principalId, basis: 'planted' });
      await engine.refreshAccess(tx, proceeding);
      const entry = { proceedingId: review, compartment: 'committee', what: 'reason-corrected' };
      await append(tx, { ...entry, by: 'secretariat:upr', at: tx.now, facts: {} });
    });
  });
}

/** A client with a new case key. */
export async function bearer(world: World): Promise<Client> {
  const { body } = await world.api.as().send('post', '/v1/case-keys').expect(201);
  return world.api.as((body as { key: string }).key);
}

/** The same, of which it is noted that it was used, and not again. */
export async function heldKey(world: World): Promise<Client> {
  const client = await bearer(world);
  const noted = `UPDATE identity.case_key SET used_at = now() + interval '1 day' WHERE secret_hash = $1`;
  await queried(world.api.database.adminUrl, noted, [hashToken(client.token!)]);
  return client;
}
