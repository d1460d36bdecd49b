import type { World } from './world.js';

/** A session with the reviews of several States, by State; all have the same hours. */
export async function openSession<S extends string>(
  world: World,
  states: readonly [S, ...S[]],
): Promise<{ sessionId: string; reviews: Record<S, string> }> {
  const { sessionId, slotId } = await world.slot(states[0]);
  const reviews = {} as Record<S, string>;
  for (const state of states) {
    const place = state === states[0] ? slotId : await placeIn(world, sessionId, state);
    const { body } = await world.secretariat.post('/v1/reviews', { slotId: place }).expect(201);
    reviews[state] = (body as { id: string }).id;
  }
  return { sessionId, reviews };
}

async function placeIn(world: World, sessionId: string, state: string): Promise<string> {
  const times = {
    starts: '2027-05-03T09:00:00+02:00',
    ends: '2027-05-03T12:30:00+02:00',
    outcomeStarts: '2027-09-23T10:00:00+02:00',
  };
  const url = `/v1/sessions/${sessionId}/schedule`;
  const { body } = await world.secretariat.post(url, { state, ...times }).expect(201);
  return (body as { id: string }).id;
}
