import type { Client } from '../setup/api.js';
import type { World } from './world.js';

/** A regional body of the directory, with its head. */
export async function regionalBody(
  world: World,
  name: string,
): Promise<{ id: string; side: string; head: Client }> {
  const given = { name, kind: 'regional-body' };
  const { body } = await world.secretariat.post('/v1/organizations', given).expect(201);
  const { id, side } = body as { id: string; side: string };
  return { id, side, head: await world.person(side) };
}

/** An organization that the State under review has named; answers the assistant's id. */
export async function plantAssistant(
  world: World,
  review: string,
  name = 'Forum of the Islands',
): Promise<string> {
  const { id: organization } = await regionalBody(world, name);
  const { body } = await world.secretariat.get(`/v1/reviews/${review}`).expect(200);
  const head = await world.delegation((body as { stateUnderReview: string }).stateUnderReview);
  const url = `/v1/reviews/${review}/assistants`;
  const named = await head.post(url, { organization }).expect(201);
  return (named.body as { id: string }).id;
}
