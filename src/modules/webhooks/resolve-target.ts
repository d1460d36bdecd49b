import { lookup, Resolver } from 'node:dns/promises';
import { isIPv6, type LookupFunction } from 'node:net';
import { isPublic, NOT_PUBLIC, type Targets } from './targets.rules.js';

/** The addresses of a name, of both kinds; none where it has none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** Milliseconds for an answer of a name server, asked twice. */
const PATIENCE = { timeout: 2000, tries: 2 };

/** The name leads nowhere, or where nothing is posted to. */
export class TargetRefused extends Error {}

/**
 * Asks the name servers. It takes none of the threads that files are read with, so that a name whose
 * servers are slow delays nothing else.
 */
async function askServers(name: string): Promise<readonly string[]> {
  const resolver = new Resolver(PATIENCE);
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

/** As this machine knows names: `localhost`, say. */
const askMachine: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

export const resolverFor = (targets: Targets): Resolve =>
  targets === 'any' ? askMachine : askServers;

/**
 * Looks a name up for a connection, which goes to the very addresses that were looked at: whatever
 * the name leads to a moment later. One address that is not public refuses them all.
 */
export const lookupOf =
  (resolve: Resolve, targets: Targets): LookupFunction =>
  (name, options, done) => {
    void lookUp();
    async function lookUp(): Promise<void> {
      let addresses;
      try {
        addresses = await checkedAddresses(resolve, targets, name);
      } catch (error) {
        done(error as Error, []);
        return;
      }
      if (options.all) done(null, addresses);
      else done(null, addresses[0]!.address, addresses[0]!.family);
    }
  };

async function checkedAddresses(resolve: Resolve, targets: Targets, name: string) {
  const addresses = await resolve(name);
  if (addresses.length === 0) throw new TargetRefused('the name has no address');
  if (targets === 'public' && !addresses.every(isPublic)) {
    throw new TargetRefused(`the name ${NOT_PUBLIC}`);
  }
  return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
}
