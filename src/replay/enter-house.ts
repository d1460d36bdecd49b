import { ComityProblem, type Comity } from '../../client/index.js';
import { ReplayFault } from './replay-fault.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/**
 * Signs in as an administrator of the house.
 *
 * @throws ReplayFault `wrong-credentials`, `not-an-administrator`, `unreachable`
 */
export async function enterHouse(house: Comity, { email, password }: Credentials): Promise<Comity> {
  const person = await house.signIn({ email, password }).catch((error: unknown) => {
    if (!(error instanceof ComityProblem && error.code === 'wrong-credentials')) throw error;
    const what = `${house.url} doesn’t know ${email} by this password`;
    throw new ReplayFault('wrong-credentials', what);
  });
  const { administrator } = await person.get('/v1/me');
  if (administrator) return person;
  throw new ReplayFault('not-an-administrator', `${email} administers nothing at ${house.url}`);
}
