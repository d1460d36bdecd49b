import type { World } from './world.js';

/** The States of the troika. */
export const TROIKA = ['ALB', 'BRA', 'NOR'];

/** What the newest version asks for before its report: the list circulated, the draft signed off. */
export async function signOff(world: World, review: string, troika = TROIKA): Promise<void> {
  const url = `/v1/reviews/${review}`;
  const { body } = await world.secretariat.get(url).expect(200);
  // Earlier versions ask for neither.
  if ((body as { mechanismVersion: number }).mechanismVersion < 3) return;
  await world.secretariat.post(`${url}/circulations`).expect(201);
  const { documentId, version } = await draftOf(world, review);
  for (const state of troika) {
    const who = await world.delegation(state);
    await who.post(`${url}/sign-offs`, { documentId, version }).expect(201);
  }
}

/** The draft report, and the version of it that stands. */
export async function draftOf(
  { secretariat }: World,
  review: string,
): Promise<{ documentId: string; version: number }> {
  const query = { kind: 'working-group-report' };
  const list = await secretariat.get(`/v1/reviews/${review}/documents`, query).expect(200);
  const [{ id }] = (list.body as { items: [{ id: string }] }).items;
  const { body } = await secretariat.get(`/v1/documents/${id}`).expect(200);
  const { versions } = body as { versions: { n: number; status: string }[] };
  const filed = versions.filter(({ status }) => status === 'submitted');
  return { documentId: id, version: Math.max(...filed.map(({ n }) => n)) };
}
