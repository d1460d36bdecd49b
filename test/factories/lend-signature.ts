import type { Client } from '../setup/api.js';

const HOUR = 3_600_000;
const after = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

/** The head of Slovenia lends their signature to the drafter, for now and for later. */
export async function lendTwice(head: Client, drafter: Client): Promise<void> {
  const { body } = await drafter.get('/v1/me').expect(200);
  const { email } = body as { email: string };
  for (const [from, until] of [
    [0, 1],
    [2, 3],
  ] as const) {
    const span = { from: after(from), until: after(until) };
    await head.post('/v1/signatures', { side: 'state:SVN', email, ...span }).expect(201);
  }
}
