import type { Client } from '../setup/api.js';

/** Makes a voluntary pledge: drafted and submitted. Answers its id. */
export async function pledge(who: Client, review: string, text: string): Promise<string> {
  const draft = await who.post(`/v1/reviews/${review}/pledges`, { text }).expect(201);
  const { id, version } = draft.body as { id: string; version: number };
  await who.post(`/v1/pledges/${id}/submit`, undefined, { version }).expect(200);
  return id;
}
