// Load from a process of its own, so that it doesn't share a thread with what it measures.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { guard } from '../scripts/guard.mjs';

const generatorOf = (name) => fileURLToPath(new URL(`${name}-process.mjs`, import.meta.url));

/**
 * Sends requests over `connections` for `seconds`; every answer must be of class 2xx.
 * @param {{url: string, paths: string[], headers?: object, seconds: number, connections?: number}} load
 *   `paths` are asked for in turn
 * @returns {Promise<number>} answers a second
 */
export const rateOf = (load) => loadOf('load', { connections: 32, ...load });

/** The same by another generator: its answer is `{rate, failed}`. */
export function loadOf(name, load) {
  return new Promise((resolve, reject) => {
    const child = fork(generatorOf(name), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    guard(child, 'SIGKILL');
    let measured;
    child.once('message', (message) => (measured = message));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (measured === undefined) return reject(new Error(`the load generator ended (${code})`));
      if (measured.failed > 0)
        return reject(new Error(`${load.url}: ${measured.failed} answers were no success`));
      resolve(measured.rate);
    });
    child.send(load);
  });
}

/**
 * Measures two servers in turn, round after round, so that a noisy moment hits both.
 * @param {{ours: () => Promise<number>, bare: () => Promise<number>, rounds: number,
 *   settled?: () => Promise<void>}} of `settled` waits before each of them
 * @returns {Promise<{ours: number, bare: number, ratio: number}>} medians; the ratio is that of
 *   the medians
 */
export async function compare({ ours, bare, rounds, settled = async () => {} }) {
  const rates = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    await settled();
    rates.bare.push(await bare());
    await settled();
    rates.ours.push(await ours());
  }
  const [mine, theirs] = [median(rates.ours), median(rates.bare)];
  return { ours: mine, bare: theirs, ratio: mine / theirs };
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
