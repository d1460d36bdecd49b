import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** Where webhooks may lead: to the public network alone, or, to try something out, anywhere. */
export type Targets = 'public' | 'any';

/** Names that lead inward by convention (RFC 6761, 6762, 7686, 8375; ICANN reserves `internal`). */
const INWARD = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|onion)$/;
/** All of IPv6 that is given out for the network that everybody shares. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');
/** Looks public, and is answered by the host of a virtual machine. */
const OF_THE_HOST = ['168.63.129.16'];

/**
 * Whether an address, as a resolver answers it, is one of the public network: no private, loopback,
 * link-local or otherwise reserved one, nor one that wraps another (mapped, 6to4, NAT64, Teredo).
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || OF_THE_HOST.includes(address)) return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL);
}

/** Of a host in an address: without brackets, and without the dot of a name that is whole. */
const bare = (host: string): string => host.replaceAll(/^\[|\]$/g, '').replace(/\.$/, '');

/**
 * What is wrong with an address to post to, as far as it says so itself; where its name leads is
 * looked at when a connection is made.
 *
 * @returns in words, or null
 */
export function faultOfUrl(text: string, targets: Targets): string | null {
  if (!URL.canParse(text)) return 'is no URL';
  const { protocol, username, password, hash, port, hostname } = new URL(text);
  const any = targets === 'any';
  if (protocol !== 'https:' && !(any && protocol === 'http:')) return 'must begin with https://';
  if (username !== '' || password !== '') return 'must hold no credentials';
  if (hash !== '') return 'must have no fragment: it would never be sent';
  if (any) return null;
  if (port !== '' && Number(port) < 1024) return 'must name no port below 1024, but 443';
  const host = bare(hostname);
  if (isIP(host) !== 0) return isPublic(host) ? null : NOT_PUBLIC;
  return INWARD.test(host) || !host.includes('.') ? NOT_PUBLIC : null;
}

export const NOT_PUBLIC = 'leads to an address that is not public';
