import { z } from 'zod';
import { ApiProblem, type Api, type Session } from './api-client.js';
import { signIn } from './people.js';
import { ReplayFault } from './replay-fault.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const Me = z.looseObject({ administrator: z.boolean() });

/**
 * Signs in as an administrator of the house.
 *
 * @throws ReplayFault `wrong-credentials`, `not-an-administrator`, `unreachable`
 */
export async function enterHouse(api: Api, { email, password }: Credentials): Promise<Session> {
  const session = await signIn(api, { email, password }).catch((error: unknown) => {
    if (!(error instanceof ApiProblem && error.code === 'wrong-credentials')) throw error;
    throw new ReplayFault('wrong-credentials', `${api.url} doesn’t know ${email} by this password`);
  });
  const { administrator } = await session.get('/v1/me', Me);
  if (administrator) return session;
  throw new ReplayFault('not-an-administrator', `${email} administers nothing at ${api.url}`);
}
