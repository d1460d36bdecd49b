import type { Client, TestApi } from '../setup/api.js';

/** Somebody has lost the password and the mailbox, and asks for a way back. */
export async function lostPassword(api: TestApi, who: Client): Promise<void> {
  const { body } = await who.get('/v1/me').expect(200);
  const { email } = body as { email: string };
  const asked = { email, mailbox: false };
  await api.as().send('post', '/v1/auth/recoveries').send(asked).expect(202);
}
