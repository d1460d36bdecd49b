// The receivers' process, as the one that sends to them sees it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { guard } from '../scripts/guard.mjs';

const program = fileURLToPath(new URL('receivers.mjs', import.meta.url));

/**
 * @param secret of all webhooks; null where signatures are not looked at
 * @returns {Promise<{smtp: string, webhook: string, count: () => Promise<object>,
 *   repeated: () => Promise<{mail: string[], webhook: string[]}>, forget: () => Promise<void>,
 *   stop: () => Promise<void>}>} addresses to send to; what has arrived; the ids of what arrived more than
 *   once
 */
export async function startReceivers(secret) {
  const child = fork(program, []);
  guard(child, 'SIGTERM');
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`the receivers ended (${code})`);
  });
  gone.catch(() => undefined);
  const asked = async (message) => {
    child.send(message);
    const [answer] = await Promise.race([once(child, 'message'), gone]);
    return answer;
  };
  const addresses = await asked({ secret });
  return {
    ...addresses,
    count: () => asked('count'),
    repeated: () => asked('repeated'),
    forget: () => asked('forget'),
    async stop() {
      child.kill('SIGTERM');
      await gone.catch(() => undefined);
    },
  };
}
